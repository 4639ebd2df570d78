internal import Files

/// An answer that many routes give; the raw value is its status.
enum CommonAnswer: Int, Sendable, CaseIterable {
  case signInFirst = 303
  case badRequest = 400
  case unauthorized = 401
  case forbidden = 403
  case notFound = 404
  case bodyTooLong = 413
  case addressTooLong = 414
  case headTooLong = 431
  case failure = 500
  case unavailable = 503

  /// Its key among the components.
  var name: String {
    switch self {
    case .signInFirst: "SignInFirst"
    case .badRequest: "BadRequest"
    case .unauthorized: "Unauthorized"
    case .forbidden: "Forbidden"
    case .notFound: "NotFound"
    case .bodyTooLong: "BodyTooLong"
    case .addressTooLong: "AddressTooLong"
    case .headTooLong: "HeadTooLong"
    case .failure: "Failure"
    case .unavailable: "Unavailable"
    }
  }

  var answer: Operation.Answer {
    switch self {
    case .signInFirst:
      Operation.Answer(
        status: rawValue,
        description: "A browser without a valid session is led to \(SignInRoute.address).",
        headers: [("Location", "Where to sign in.")])
    case .badRequest: error("A parameter or the body is wrong; data says which, and where in it.")
    case .unauthorized:
      error(
        "There is no token, or one that is unknown, expired or revoked.",
        [("WWW-Authenticate", "The scheme that is expected.")])
    case .forbidden: error("The role does not allow it, or not this field.")
    case .notFound: error("There is no such thing.")
    case .bodyTooLong: error("The body is too long.")
    case .addressTooLong: bare("The address is too long.")
    case .headTooLong: bare("The headers are too long.")
    case .failure:
      error("The service has failed; whoever runs it finds the reason in its messages.")
    case .unavailable:
      error(
        "The service is busy or stops, or its files cannot be read.",
        [("Retry-After", "Seconds until it is worth while to ask again, where that is known.")])
    }
  }

  private func error(
    _ description: String, _ headers: [(name: String, meaning: String)] = []
  ) -> Operation.Answer {
    var answer = Operation.Answer.json("Error", description, status: rawValue)
    answer.headers = headers
    answer.hasPage = true
    return answer
  }

  /// From before a route is known, so without a body for programs.
  private func bare(_ description: String) -> Operation.Answer {
    Operation.Answer(status: rawValue, description: description)
  }

  static var components: JSONValue {
    .object(JSONObject(allCases.map { ($0.name, $0.answer.json(hasBody: true)) }))
  }

  static let errorSchema: JSONValue = [
    "type": "object",
    "description":
      "A request that was not answered as it was meant; the error body of Partner Center.",
    "required": ["code", "description", "data", "source"], "additionalProperties": false,
    "properties": [
      "code": ["type": "string", "minLength": 1, "description": "A word for programs."],
      "description": [
        "type": "string", "minLength": 1, "maxLength": .integer(ServiceError.longestDescription),
        "description": "What is wrong, what was expected and what to do, in English.",
      ],
      "data": [
        "type": "array", "items": ["type": "string"],
        "description": "Where: the parameter, and the column in it, such as 'column 12'.",
      ],
      "source": ["type": "string", "enum": [.string(ServiceError.source)]],
    ],
  ]
}
