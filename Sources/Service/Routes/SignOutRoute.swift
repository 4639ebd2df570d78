internal import Access
internal import HTTPServer

/// Where a browser ends its session.
struct SignOutRoute: Route {
  static let address = "/sign-out"

  let name = "signOut"
  let path = Self.address
  let methods = ["POST"]
  let access = RouteAccess.open

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    try call.checkOrigin()
    if let session = call.request.cookie(ServiceState.cookie) { call.service.sessions.end(session) }
    var response = HTTPResponse.redirect(to: SignInRoute.address)
    response.headers.append(call.sessionCookie("", seconds: 0))
    return .made(response)
  }
}
