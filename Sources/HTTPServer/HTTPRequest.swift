/// What a client asks, as far as a handler is told.
package struct HTTPRequest: Sendable {
  /// As the client sent it, such as `GET`.
  package var method: String
  /// Path and query as they were sent, percent signs and all.
  package var target: String
  /// The headers that somebody looks at; of a header that comes twice, the first.
  package var headers: Headers
  /// At most `HTTPLimits.bodyBytes`.
  package var body: [UInt8]
  /// The client's address in numbers, without its port.
  package var peer: String
  /// Whether the client is this machine itself.
  package var isFromLoopback: Bool

  /// Header fields of RFC 9110 and of Partner Center.
  package struct Headers: Sendable {
    package var authorization: String?
    package var cookie: String?
    package var host: String?
    package var origin: String?
    package var accept: String?
    package var acceptEncoding: String?
    package var forwardedFor: String?
    package var forwarded: String?
    package var requestId: String?
    package var correlationId: String?

    /// None at all.
    package init() {}
  }

  /// A request without a body, as tests make it.
  package init(
    method: String = "GET", target: String, headers: Headers = Headers(), body: [UInt8] = [],
    peer: String = "127.0.0.1", isFromLoopback: Bool = true
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.peer = peer
    self.isFromLoopback = isFromLoopback
  }
}
