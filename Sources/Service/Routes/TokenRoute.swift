internal import Access
internal import Files
internal import HTTPServer

/// One token, which can be revoked.
struct TokenRoute: Route {
  let name = "token"
  let path = "\(TokensRoute.address)/{id}"
  let methods = ["DELETE"]
  let access = RouteAccess.change(.tokens)

  /// The route, where a path names a token.
  static func route(for path: String) -> TokenRoute? {
    path.hasPrefix(TokensRoute.address + "/") ? TokenRoute() : nil
  }

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard let reader = call.reader else { throw .notFound }
    let id = String(call.path.dropFirst(TokensRoute.address.count + 1))
    let (path, roles) = (call.service.tokensPath, reader.permissions.mayManage)
    return .ask(.control) {
      do {
        let record: TokenRecord
        switch try TokenFile.revoke(id, in: path, on: today(), mayManage: roles) {
        case .revoked(let token), .wasRevoked(let token): record = token
        }
        return MadeAnswer(
          response: .json(Array((TokensRoute.json(record).serialized() + "\n").utf8)),
          query: "id=\(record.id)")
      } catch let error as AccessError {
        throw ServiceError(error)
      }
    }
  }
}
