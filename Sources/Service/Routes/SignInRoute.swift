internal import Access
internal import HTTPServer

/// Where a browser presents its token once, and gets a session for it.
struct SignInRoute: Route {
  static let address = "/sign-in"

  let name = "signIn"
  let path = Self.address
  let methods = ["GET", "HEAD", "POST"]
  let access = RouteAccess.open

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard call.request.method == "POST" else { return .made(SmallPage.signIn(trouble: nil)) }
    try call.checkOrigin()
    let token = try call.form()["token"] ?? ""
    let state = call.service
    do {
      let record = try state.accepted(try state.registry().verify(token, on: today()))
      let session = state.sessions.begin(tokenId: record.id, now: UTCTime.now().seconds)
      var response = HTTPResponse.redirect(to: Self.home(of: record))
      response.headers.append(call.sessionCookie(session, seconds: SessionStore.lifeSeconds))
      return .made(MadeAnswer(response: response, signedIn: Reader(record, via: .session)))
    } catch {
      guard error.status == 401 else { throw error }
      return .made(SmallPage.signIn(trouble: error))
    }
  }

  /// What a role sees first: the page, where it may.
  private static func home(of token: TokenRecord) -> String {
    Permissions(token.role).allows(.page) ? "/" : AccountRoute.address
  }
}

extension Call {
  /// Forms come from our own pages only.
  func checkOrigin() throws(ServiceError) {
    guard let origin = request.headers.origin else { return }
    let host = origin.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init)
    guard host == request.headers.host else {
      throw .forbidden("This form was sent by another site.")
    }
  }

  func sessionCookie(_ value: String, seconds: Int) -> HTTPResponse.Header {
    HTTPResponse.Header(
      "Set-Cookie",
      "\(ServiceState.cookie)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        + (service.isSecure ? "; Secure" : ""))
  }
}
