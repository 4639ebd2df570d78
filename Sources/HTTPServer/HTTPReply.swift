internal import CMicroHTTPD
internal import Synchronization

/// The answer that a connection waits for.
@safe package final class HTTPReply: Sendable {
  private let core: ServerCore
  private let request: PendingRequest
  private let asked: HTTPRequest
  // SAFETY: a suspended connection lives until it is resumed, which happens once.
  nonisolated(unsafe) private let connection: OpaquePointer
  private let isSent = Atomic<Bool>(false)

  init(
    _ core: ServerCore, _ request: PendingRequest, _ asked: HTTPRequest, _ connection: OpaquePointer
  ) {
    self.core = core
    self.request = request
    self.asked = asked
    unsafe self.connection = connection
  }

  /// Answers; only the first call counts, and only its answer is made.
  package func send(_ make: @autoclosure () -> HTTPResponse) {
    guard !isSent.exchange(true, ordering: .relaxed) else { return }
    let response = make()
    request.change { $0.response = response }
    unsafe MHD_resume_connection(connection)
    // Only now: a server that stops must not end before the connection is woken.
    core.end(self)
  }

  /// Answers that the server stops.
  func refuse() { send(core.handler.refuse(asked, status: 503)) }
}
