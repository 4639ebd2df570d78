internal import Glibc
internal import Synchronization

/// A connection, from its beginning to its end.
///
/// One event loop has it; only the step and its time are read by others.
final class ServerConnection: @unchecked Sendable {
  /// What the connection is at.
  enum Step: UInt8, AtomicRepresentable { case requesting, computing, answering }

  let peer: PeerAddress
  private let socket: Int32
  private let step = Atomic<Step>(.requesting)
  private let since = Atomic<Int>(monotonicSeconds())
  // SAFETY: touched by the event loop that has the connection only.
  var request: PendingRequest?

  init(peer: PeerAddress, socket: Int32) {
    self.peer = peer
    self.socket = socket
  }

  func enter(_ next: Step) {
    since.store(monotonicSeconds(), ordering: .relaxed)
    step.store(next, ordering: .relaxed)
  }

  func endIfOverdue(_ now: Int, _ limits: HTTPLimits) {
    let limit =
      switch step.load(ordering: .relaxed) {
      case .requesting: limits.secondsToRequest
      case .computing: Int.max
      case .answering: limits.secondsToAnswer
      }
    if now - since.load(ordering: .relaxed) > limit { shutdown(socket, Int32(SHUT_RDWR)) }
  }
}

/// A request that is being read or answered.
final class PendingRequest: Sendable {
  let target: String
  private let state = Mutex(State())

  struct State {
    var isHeadRead = false
    /// Empty where there is more than the limit.
    var body: [UInt8] = []
    var bodySize = 0
    /// Set by whoever answers, from any thread.
    var response: HTTPResponse?
    /// The handler was asked.
    var isAsked = false
    var isCounted = false
  }

  init(target: String) { self.target = target }

  func change<Result: Sendable>(_ body: (inout sending State) -> sending Result) -> Result {
    state.withLock { body(&$0) }
  }
}
