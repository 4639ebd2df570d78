/// Answers requests.
package protocol HTTPHandler: Sendable {
  /// Answers one request.
  ///
  /// It is called on the thread that serves many connections: what takes longer than some microseconds
  /// belongs into `HTTPAnswer.later`.
  func answer(_ request: HTTPRequest) -> HTTPAnswer

  /// Answers a request that the server refuses by itself: 400 where its end is unclear, 413 where its body is
  /// too long, 503 where the server stops before there is an answer.
  func refuse(_ request: HTTPRequest, status: Int) -> HTTPResponse
}

extension HTTPHandler {
  package func refuse(_ request: HTTPRequest, status: Int) -> HTTPResponse { HTTPResponse(status) }
}

/// How a request is answered.
package enum HTTPAnswer: Sendable {
  case now(HTTPResponse)
  /// The connection waits, and costs no thread, until `send` of the reply is called, on any thread.
  case later(@Sendable (HTTPReply) -> Void)
}

/// Bounds of what clients can make the server hold.
package struct HTTPLimits: Sendable {
  /// Connections at a time, where the system has descriptors for them; further ones wait in its queue.
  package var connections = 2_048
  /// Bytes of a request's line and headers; more are answered with 414 or 431.
  package var headBytes = 64 << 10
  /// Bytes of a request's body; more are answered with 413.
  package var bodyBytes = 16 << 10
  /// Bytes of answers that are on their way, of those that several clients get once; with more, 503 is answered.
  package var answerBytes = 256 << 20
  /// Seconds until a request must have come whole, from the connection or the last answer on.
  package var secondsToRequest = 30
  /// The same while nearly all connections there may be are there, so that others get a turn.
  package var secondsToRequestInCrowd = 3
  /// Seconds until an answer must have been taken.
  package var secondsToAnswer = 300
  /// The same while half of the bytes there may be are on their way.
  package var secondsToAnswerInCrowd = 15

  /// Those of a small service.
  package init() {}
}
