internal import Access
internal import Files

extension TokensRoute {
  func operation(_ method: String) -> Operation {
    guard method == "POST" else {
      return Operation(
        summary: "The tokens that the role may manage, without secrets",
        answers: [.json("TokenPage", "The oldest first, all of them.")], errors: [.badRequest])
    }
    return Operation(
      summary: "Makes a token",
      form: Operation.RequestBody(
        type: "application/json", schema: OpenAPIDocument.schema("TokenRequest")),
      answers: [.json("NewToken", "The token, with what its owner presents.", status: 201)],
      errors: [.badRequest, .failure], changes: true)
  }
}

extension TokenRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "Revokes a token",
      description: "One that was revoked before stays as it is.",
      parameters: [
        [
          "name": "id", "in": "path", "required": true, "description": "The token's id.",
          "schema": ["type": "string", "pattern": "^[0-9a-f]{12}$"],
        ]
      ],
      answers: [.json("Token", "The token, revoked.")], errors: [.notFound, .failure],
      changes: true)
  }
}

extension ActivityRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "The activity log",
      description: "It is kept for \(ActivityFolder.retentionDays) days.",
      parameters: [
        ParameterSchema.day("from", "The first day."), ParameterSchema.day("to", "The last day."),
        ParameterSchema.top, ParameterSchema.skip,
      ],
      answers: [.json("ActivityPage", "The newest last.")], errors: [.badRequest, .failure])
  }
}
