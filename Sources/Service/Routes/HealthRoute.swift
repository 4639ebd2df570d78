internal import Files
internal import HTTPServer

/// Whether the service can answer: 200 where it can, 503 where it cannot.
///
/// It tells nothing of the data.
struct HealthRoute: Route {
  let name = "healthz"
  let path = "/healthz"
  let access = RouteAccess.open

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    let state = call.service
    let isReadable = (try? state.data.version(of: .history)) != nil
    let hasTokens = (try? state.registry()) != nil
    let body: JSONValue = [
      "status": .string(isReadable && hasTokens ? "ok" : "unavailable"),
      "history": .string(isReadable ? "ok" : "unavailable"),
      "tokens": .string(hasTokens ? "ok" : "unavailable"),
      "files": .string(state.data.staleFiles == 0 ? "ok" : "stale"),
    ]
    var response = HTTPResponse.json(Array((body.serialized(pretty: false) + "\n").utf8))
    response.status = isReadable && hasTokens ? 200 : 503
    return .made(response)
  }
}
