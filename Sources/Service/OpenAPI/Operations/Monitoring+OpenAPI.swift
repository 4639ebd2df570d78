internal import Files

extension HealthRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "Whether the service can answer",
      answers: [.json("Health", "It can."), .json("Health", "It cannot.", status: 503)])
  }
}

extension MetricsRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "Figures for Prometheus",
      description:
        "Open to the machine itself while the service listens to it alone; else it needs a token.",
      answers: [
        Operation.Answer(
          status: 200, description: "The text format of Prometheus, version 0.0.4.",
          type: "text/plain", schema: ["type": "string"])
      ], errors: [.failure])
  }
}

extension OpenAPIRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "This document",
      answers: [
        Operation.Answer(
          status: 200, description: "OpenAPI 3.0.3.", type: "application/json",
          schema: ["type": "object"])
      ])
  }
}
