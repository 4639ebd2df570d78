internal import Access
internal import HTTPServer

extension ServiceState {
  /// The name of the cookie that a browser keeps after it has signed in.
  static let cookie = "churn_risk_session"

  /// Who asks; nil where the request has neither a token nor a session.
  ///
  /// - Throws: 401 when what it has is not accepted.
  func reader(of request: HTTPRequest) throws(ServiceError) -> Reader? {
    if let text = request.headers.authorization {
      guard let token = Self.bearerToken(text) else {
        throw .unauthorized(
          "invalidToken",
          "The Authorization header is none that is understood. Expected: Bearer TOKEN.")
      }
      return Reader(
        try accepted(try registry().verify(token, on: today())), via: .bearer)
    }
    guard let secret = request.cookie(Self.cookie) else { return nil }
    guard let id = sessions.tokenId(for: secret, now: UTCTime.now().seconds) else {
      throw .unauthorized(
        "sessionEnded", "The session has ended. Sign in again at \(SignInRoute.address).")
    }
    return Reader(
      try accepted(try registry().verification(ofTokenId: id, on: today())), via: .session)
  }

  func registry() throws(ServiceError) -> TokenRegistry {
    // Why not, whoever runs the service was told when the file was read.
    if let registry = try? tokens.value() { return registry }
    throw ServiceError(
      status: 503, code: "noTokens",
      description:
        "The file of tokens cannot be read. Whoever runs the service finds the reason in its messages."
    )
  }

  /// The token of a verification.
  func accepted(_ verification: TokenRegistry.Verification) throws(ServiceError) -> TokenRecord {
    let error: ServiceError
    switch verification {
    case .valid(let token): return token
    case .unknown:
      error = .unauthorized(
        "invalidToken", "The token is not known here. Ask whoever runs the service for one.")
    case .expired(let token):
      error = .refused(
        token, "expiredToken", "The token expired\(token.expiresOn.map { " on \($0)" } ?? "").")
    case .revoked(let token):
      error = .refused(
        token, "revokedToken", "The token was revoked\(token.revokedOn.map { " on \($0)" } ?? "").")
    }
    throw error
  }

  private static func bearerToken(_ text: String) -> String? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }

  /// Whether a reader may call a route.
  ///
  /// - Throws: 401 where nobody signed in, 403 where the role does not allow it.
  func check(_ access: RouteAccess, _ reader: Reader?, _ request: HTTPRequest) throws(ServiceError)
  {
    let resource: ServiceResource
    switch access {
    case .open: return
    case .metrics:
      if isLoopback, !isBehindProxy, request.isMeantForLoopback { return }
      resource = .metrics
    case .signedIn:
      guard reader != nil else { throw Self.nobody }
      return
    case .resource(let wanted): resource = wanted
    case .change(let wanted):
      guard reader?.via != .session else {
        throw .forbidden(
          "A browser's session may look and change nothing. Send the token in an Authorization header."
        )
      }
      resource = wanted
    }
    guard let reader else { throw Self.nobody }
    guard reader.permissions.allows(resource) else {
      throw .forbidden(
        "The role \(reader.token.role.rawValue) gives no access to \(resource.rawValue).")
    }
  }

  private static let nobody = ServiceError.unauthorized(
    "missingToken",
    "There is no token. Send one in a header, Authorization: Bearer TOKEN, or sign in at \(SignInRoute.address)."
  )
}

extension ServiceError {
  /// Whose token is known and not accepted.
  fileprivate static func refused(_ token: TokenRecord, _ code: String, _ reason: String) -> Self {
    var error = unauthorized(code, reason + " Ask whoever runs the service for another.")
    error.token = token
    return error
  }
}
