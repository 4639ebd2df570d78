internal import Files

extension OpenAPIDocument {
  /// Every route with its methods.
  static var paths: JSONValue {
    .object(
      JSONObject(
        routes.map { route in
          (
            route.path,
            .object(
              JSONObject(
                route.methods.map { ($0.lowercased(), operation(of: route, method: $0)) }))
          )
        }))
  }

  private static func operation(of route: any Route, method: String) -> JSONValue {
    let isHead = method == "HEAD"
    let operation = route.operation(isHead ? "GET" : method)
    var json = JSONObject()
    let name = route.name.prefix(1).uppercased() + route.name.dropFirst()
    json.append("operationId", .string(method.lowercased() + name))
    json.append(
      "summary", .string(isHead ? "The head of the same GET, without its body" : operation.summary))
    if !isHead, !operation.description.isEmpty {
      json.append("description", .string(operation.description))
    }
    if !operation.parameters.isEmpty { json.append("parameters", .array(operation.parameters)) }
    if let form = operation.form {
      json.append(
        "requestBody",
        [
          "required": true,
          "content": .object([form.type: ["schema": form.schema]]),
        ])
    }
    json.append("responses", responses(route, operation, method))
    json.append("security", security(route.access, operation))
    return .object(json)
  }

  private static func responses(
    _ route: any Route, _ operation: Operation, _ method: String
  ) -> JSONValue {
    let own = operation.answers.map { ($0.status, $0.json(hasBody: method != "HEAD")) }
    let common = errors(of: route, operation, method).filter { error in
      !own.contains { $0.0 == error.rawValue }
    }.map { error in
      (
        error.rawValue,
        method == "HEAD"
          ? error.answer.json(hasBody: false) : reference("responses", error.name)
      )
    }
    let all = (own + common).sorted { $0.0 < $1.0 }
    return .object(JSONObject(all.map { ("\($0.0)", $0.1) }))
  }

  /// What can happen before the route is asked, and what the route says of itself.
  private static func errors(
    of route: any Route, _ operation: Operation, _ method: String
  ) -> Set<CommonAnswer> {
    var errors = Set(operation.errors).union([.addressTooLong, .headTooLong])
    if operation.form != nil { errors.insert(.bodyTooLong) }
    guard route.access != .open else { return errors }
    errors.formUnion([.unauthorized, .unavailable])
    if method == "GET" { errors.insert(.signInFirst) }
    if route.access != .signedIn { errors.insert(.forbidden) }
    return errors
  }

  private static func security(_ access: RouteAccess, _ operation: Operation) -> JSONValue {
    let (nobody, token, session): (JSONValue, JSONValue, JSONValue) =
      ([:], ["token": []], ["session": []])
    switch access {
    case .open: return []
    case .metrics: return [nobody, token, session]
    case .change: return [token]
    case .signedIn, .resource: return operation.changes ? [token] : [token, session]
    }
  }
}
