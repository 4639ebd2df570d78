internal import CMicroHTTPD
internal import Synchronization

/// The answer that a connection waits for.
@safe package final class HTTPReply: Sendable {
  private let core: ServerCore
  private let request: PendingRequest
  // SAFETY: a suspended connection lives until it is resumed, which happens once.
  nonisolated(unsafe) private let connection: OpaquePointer
  private let isSent = Atomic<Bool>(false)

  init(_ core: ServerCore, _ request: PendingRequest, _ connection: OpaquePointer) {
    self.core = core
    self.request = request
    unsafe self.connection = connection
  }

  /// Answers; only the first call counts.
  package func send(_ response: HTTPResponse) {
    guard !isSent.exchange(true, ordering: .relaxed) else { return }
    request.change { $0.response = response }
    core.end(self)
    unsafe MHD_resume_connection(connection)
  }
}
