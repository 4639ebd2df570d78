internal import Access
internal import Analytics
internal import HTTPServer

/// Where a browser presents its token once, and gets a session for it.
struct SignInRoute: Route {
  static let address = "/sign-in"

  let name = "signIn"
  let path = Self.address
  let methods = ["GET", "HEAD", "POST"]
  let access = RouteAccess.open

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard call.request.method == "POST" else {
      let target = Self.target(try call.parameters(only: ["to"])["to"])
      return .made(SmallPage.signIn(leadingTo: target, trouble: nil))
    }
    try call.checkOrigin()
    let form = try call.form()
    // What was copied from a mail or a terminal may bring the ends of its line.
    let token = String((form["token"] ?? "").filter { !$0.isWhitespace })
    let target = Self.target(form["to"])
    let state = call.service
    do {
      let record = try state.accepted(try state.registry().verify(token, on: today()))
      let session = state.sessions.begin(tokenId: record.id, now: UTCTime.now().seconds)
      var response = HTTPResponse.redirect(to: target ?? Self.home(of: record))
      response.headers.append(call.sessionCookie(session, seconds: SessionStore.lifeSeconds))
      return .made(MadeAnswer(response: response, signedIn: Reader(record, via: .session)))
    } catch {
      guard error.status == 401 else { throw error }
      return .made(SmallPage.signIn(leadingTo: target, trouble: error))
    }
  }

  /// Where a browser was led away from: the page of a period, or the account; nil for anything else.
  static func target(_ text: String?) -> String? {
    guard let text, text.utf8.count <= longestTarget,
      text == "/" || text.hasPrefix("/?") || text == AccountRoute.address,
      text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
    else { return nil }
    return text
  }

  private static let longestTarget = 512

  /// The address of the form, with the way back.
  static func address(leadingTo target: String) -> String {
    guard let target = Self.target(target), target != "/" else { return address }
    return "\(address)?to=\(percentEncoded(target))"
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
    func named(_ host: String?) -> String? {
      // A port that the scheme implies may be told or not.
      guard let host = host?.lowercased() else { return nil }
      for port in [":80", ":443"] where host.hasSuffix(port) {
        return String(host.dropLast(port.count))
      }
      return host
    }
    guard named(host) == named(request.headers.host) else {
      throw .forbidden(
        "This form was sent by another site, or a proxy did not pass on the Host header as the browser sent it."
      )
    }
  }

  func sessionCookie(_ value: String, seconds: Int) -> HTTPResponse.Header {
    HTTPResponse.Header(
      "Set-Cookie",
      "\(ServiceState.cookie)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        + (service.isSecure ? "; Secure" : ""))
  }
}
