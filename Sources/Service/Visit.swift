internal import Access
internal import HTTPServer

/// A request and what is noted of it.
struct Visit: Sendable {
  private let request: HTTPRequest
  private let state: ServiceState
  private let begin = UTCTime.now()
  private let clock = ContinuousClock.now
  var route = "unknown"
  var reader: Reader?

  init(_ request: HTTPRequest, _ state: ServiceState) {
    self.request = request
    self.state = state
  }

  /// In whose turn the work is done.
  var owner: String { reader?.token.id ?? "" }

  /// Completes an answer, and notes it in the log and the metrics; called once.
  func end(_ answer: MadeAnswer) -> HTTPResponse {
    var response = answer.response
    if let error = answer.error, request.wantsHTML {
      response =
        error.status == 401 && request.method == "GET"
        ? .redirect(to: SignInRoute.address(leadingTo: request.target))
        : SmallPage.problem(error, reader)
    }
    if answer.error != nil { response.headers.append(.init("Vary", "Accept")) }
    response.headers += Self.always
    if state.isSecure { response.headers.append(Self.strictTransport) }
    for (name, value) in [
      ("MS-RequestId", request.headers.requestId),
      ("MS-CorrelationId", request.headers.correlationId),
    ] {
      if let value, Self.isPlain(value) { response.headers.append(.init(name, value)) }
    }
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    state.metrics.count(route: route, status: response.status, seconds: seconds)
    let reader = answer.signedIn ?? reader
    var entry = ActivityEntry(
      time: begin, via: reader?.via ?? .none, peer: request.peer, method: request.method,
      action: route, query: answer.error?.summary ?? answer.query, status: response.status,
      rows: answer.rows,
      bytes: response.body.count, milliseconds: seconds * 1_000)
    if let token = reader?.token ?? answer.refused { entry.note(token) }
    state.activity.record(entry)
    return response
  }

  private static let always: [HTTPResponse.Header] = [
    .init("Cache-Control", "no-store"), .init("X-Content-Type-Options", "nosniff"),
    .init("Referrer-Policy", "same-origin"),
  ]
  private static let strictTransport = HTTPResponse.Header(
    "Strict-Transport-Security", "max-age=31536000")

  /// Whether an id of a request may be sent back: letters, digits and hyphens.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= 64
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
