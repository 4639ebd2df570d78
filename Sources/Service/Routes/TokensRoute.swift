internal import Access
internal import Files
internal import History
internal import HTTPServer

/// The tokens that the reader's role may manage: a list of them, without secrets, and a way to add one.
struct TokensRoute: Route {
  static let address = "/tokens"

  let name = "tokens"
  let path = Self.address
  let methods = ["GET", "HEAD", "POST"]
  let access = RouteAccess.resource(.tokens)

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard let reader = call.reader else { throw .notFound }
    guard call.request.method == "POST" else { return .made(try list(call, reader)) }
    try call.service.check(.change(.tokens), reader, call.request)
    let (request, state) = (try Self.request(call), call.service)
    let (path, roles) = (state.tokensPath, reader.permissions.mayManage)
    return .ask(.control) {
      do {
        let issued = try TokenFile.add(request, to: path, on: today(), mayManage: roles)
        guard case .object(var body) = Self.json(issued.record) else { throw ServiceError.notFound }
        body.append("token", .string(issued.token))
        var response = HTTPResponse.json(
          Array((JSONValue.object(body).serialized() + "\n").utf8))
        response.status = 201
        return MadeAnswer(
          response: response, query: "id=\(issued.record.id)&role=\(issued.record.role.rawValue)")
      } catch let error as AccessError {
        throw ServiceError(error)
      }
    }
  }

  private func list(_ call: Call, _ reader: Reader) throws(ServiceError) -> MadeAnswer {
    _ = try call.parameters(only: [])
    let tokens = try call.service.registry().records.filter {
      reader.permissions.mayManage.contains($0.role)
    }
    let body: JSONValue = [
      "Value": .array(tokens.map(Self.json)), "@nextLink": .null,
      "TotalCount": .integer(tokens.count),
    ]
    return MadeAnswer(
      response: .json(Array((body.serialized() + "\n").utf8)), rows: tokens.count)
  }

  /// A token, without its secret or what could stand for it.
  static func json(_ token: TokenRecord) -> JSONValue {
    [
      "id": .string(token.id), "name": .string(token.name), "role": .string(token.role.rawValue),
      "accountManager": .optional(token.accountManager),
      "createdOn": .string(token.createdOn.description),
      "expiresOn": .optional(token.expiresOn?.description),
      "revokedOn": .optional(token.revokedOn?.description),
      "state": .string(token.state(on: today()).rawValue),
    ]
  }

  /// What the body asks for.
  ///
  /// `{ "name": "…", "role": "salesAgent", "accountManager": "…", "expiresOn": "2027-01-31" }`
  private static func request(_ call: Call) throws(ServiceError) -> TokenRequest {
    func wrong(_ reason: String) -> ServiceError {
      ServiceError(status: 400, code: "invalidToken", description: reason)
    }
    guard let json = try? JSONValue(parsing: call.request.body, path: "body"),
      case .object(let object) = json
    else { throw wrong("The body is no JSON object. Expected name, role and maybe more.") }
    let known = ["name", "role", "accountManager", "expiresOn"]
    for (key, value) in object.members {
      guard known.contains(key) else {
        throw wrong(
          "'\(QueryString.short(key))' is unknown. Expected: \(known.joined(separator: ", ")).")
      }
      guard value.string != nil || value == .null else { throw wrong("\(key) is no text.") }
    }
    guard let name = json["name"]?.string else {
      throw wrong("name is missing: who the token is for.")
    }
    let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
    guard let role = json["role"]?.string.flatMap(Role.init) else {
      throw wrong("role is missing or unknown. Expected one of: \(roles).")
    }
    var expiresOn: CalendarDay? = today() + TokenRequest.defaultLifeDays
    if let value = json["expiresOn"] {
      // null: it never expires.
      expiresOn = try value.string.map { (text) throws(ServiceError) in
        try call.day(text, of: "expiresOn")
      }
    }
    return TokenRequest(
      name: name, role: role, accountManager: json["accountManager"]?.string, expiresOn: expiresOn)
  }
}
