internal import Access
internal import Analytics
internal import Files
internal import HTTPServer

/// A request that is not answered as it was meant.
///
/// The body is that of Partner Center's API:
/// `{ "code": "invalidFilter", "description": "…", "data": ["filter", "column 12"], "source": "churn-risk" }`.
/// Source: https://learn.microsoft.com/partner-center/developer/error-codes
struct ServiceError: Error, Sendable, Hashable {
  var status: Int
  /// A word for programs.
  var code: String
  /// What is wrong, what was expected and what to do, in full sentences.
  var description: String
  /// Where: the parameter, and the column in it.
  var data: [String] = []
  var headers: [HTTPResponse.Header] = []
  /// The token that was not accepted, for the log.
  var token: TokenRecord?

  /// As the documentation bounds it, in characters.
  static let longestDescription = 1_024

  var response: HTTPResponse {
    let body: JSONValue = [
      "code": .string(code),
      "description": .string(String(description.prefix(Self.longestDescription))),
      "data": .array(data.map { .string($0) }), "source": .string(ServiceError.source),
    ]
    return HTTPResponse(
      status, headers: [HTTPResponse.Header("Content-Type", "application/json")] + headers,
      body: HTTPBody(Array((body.serialized(pretty: false) + "\n").utf8)))
  }

  static let source = "churn-risk"

  /// What was refused, for the activity log: none of what was sent.
  var summary: String { ([("refused=" + code)] + data.prefix(2)).joined(separator: "&") }
}

extension ServiceError {
  static let notFound = ServiceError(
    status: 404, code: "notFound",
    description: "There is no such address. The addresses that there are stand in /openapi.json.")

  static func methodNotAllowed(_ allowed: [String]) -> ServiceError {
    let list = allowed.joined(separator: ", ")
    return ServiceError(
      status: 405, code: "methodNotAllowed",
      description: "This address does not take that method. Expected \(list).",
      headers: [HTTPResponse.Header("Allow", list)])
  }

  /// Who sent no token, or one that is not accepted; `reason` says which.
  static func unauthorized(_ code: String, _ reason: String) -> ServiceError {
    ServiceError(
      status: 401, code: code, description: reason,
      headers: [HTTPResponse.Header("WWW-Authenticate", "Bearer realm=\"churn-risk\"")])
  }

  static func forbidden(_ reason: String) -> ServiceError {
    ServiceError(status: 403, code: "forbidden", description: reason)
  }

  static let bodyTooLong = ServiceError(
    status: 413, code: "bodyTooLong",
    description: "The body is longer than any that is expected here. Send 16 KB at most.")

  static let ambiguous = ServiceError(
    status: 400, code: "ambiguousRequest",
    description:
      "The headers do not say clearly where the request ends. Send one Content-Length, or one Transfer-Encoding."
  )

  static let busy = ServiceError(
    status: 503, code: "busy",
    description: "More is asked than can be answered just now. Ask again in a second.",
    headers: [HTTPResponse.Header("Retry-After", "1")])

  static let stopping = ServiceError(
    status: 503, code: "stopping", description: "The service is being stopped. Ask again later.",
    headers: [HTTPResponse.Header("Retry-After", "10")])

  /// A parameter that is wrong.
  static func parameter(_ name: String, _ reason: String) -> ServiceError {
    ServiceError(
      status: 400, code: "invalid" + name.prefix(1).uppercased() + name.dropFirst(),
      description: "\(name): \(reason)", data: [name])
  }

  init(_ error: QueryError) {
    let name = error.parameter.queryName
    self = .parameter(name, error.message)
    if error.isForbidden {
      status = 403
      code = "forbiddenField"
    }
    if let column = error.column { data.append("column \(column)") }
  }
}
