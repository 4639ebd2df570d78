internal import CMicroHTTPD
internal import Glibc
internal import Synchronization

/// What all threads of a server share.
final class ServerCore: Sendable {
  let handler: any HTTPHandler
  let limits: HTTPLimits
  private let state = Mutex(State())
  private let isStopping = Atomic<Bool>(false)
  /// Requests that are whole and not answered to the end.
  private let answering = Atomic<Int>(0)
  /// Of the bodies that are on their way.
  private let answerBytes = Atomic<Int>(0)

  private struct State {
    var connections: [ObjectIdentifier: ServerConnection] = [:]
    /// What waits for an answer of another thread.
    var waiting: [ObjectIdentifier: HTTPReply] = [:]
    /// Nothing more may wait.
    var isRefusing = false
  }

  init(_ handler: some HTTPHandler, _ limits: HTTPLimits) {
    self.handler = handler
    self.limits = limits
  }

  // MARK: - Connections

  func add(_ connection: ServerConnection) {
    state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
  }

  func remove(_ connection: ServerConnection) {
    _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
  }

  func endOverdueConnections() {
    let now = monotonicSeconds()
    state.withLock { state in
      var limits = limits
      if state.connections.count >= limits.connections - limits.connections / 8 {
        limits.secondsToRequest = min(limits.secondsToRequest, limits.secondsToRequestInCrowd)
      }
      if answerBytes.load(ordering: .relaxed) > limits.answerBytes / 2 {
        limits.secondsToAnswer = min(limits.secondsToAnswer, limits.secondsToAnswerInCrowd)
      }
      // The lock keeps a connection from closing its socket, whose number another one could get.
      for connection in state.connections.values { connection.endIfOverdue(now, limits) }
    }
  }

  // MARK: - Requests

  /// Whether the server still takes what has to wait for an answer.
  func begin(_ reply: HTTPReply) -> Bool {
    state.withLock { state in
      guard !state.isRefusing else { return false }
      state.waiting[ObjectIdentifier(reply)] = reply
      return true
    }
  }

  func end(_ reply: HTTPReply) {
    _ = state.withLock { $0.waiting.removeValue(forKey: ObjectIdentifier(reply)) }
  }

  func countAnswer(by change: Int) { answering.wrappingAdd(change, ordering: .relaxed) }

  // MARK: - Answers

  /// Takes a body for a client to be sent; false where clients are sent too much already.
  ///
  /// A body that many get is in memory once and counts once; small ones always find room, so that whoever
  /// asks for health gets it.
  func hold(_ body: HTTPBody) -> Bool {
    guard body.beginUse() else { return true }
    let bytes = answerBytes.wrappingAdd(body.count, ordering: .relaxed).newValue
    guard bytes > limits.answerBytes, bytes > body.count, body.count > Self.smallBody else {
      return true
    }
    letGo(body)
    return false
  }

  func letGo(_ body: HTTPBody) {
    if body.endUse() { answerBytes.wrappingSubtract(body.count, ordering: .relaxed) }
  }

  private static let smallBody = 16 << 10

  // MARK: - Stopping

  var isClosing: Bool { isStopping.load(ordering: .relaxed) }

  /// Whether this was the first call.
  func beginStopping() -> Bool { !isStopping.exchange(true, ordering: .relaxed) }

  func awaitAnswers(seconds: Int) {
    let end = monotonicSeconds() + seconds
    while answering.load(ordering: .relaxed) > 0, monotonicSeconds() < end { usleep(10_000) }
  }

  /// A daemon can only stop when no connection waits.
  func refuseWaiting() {
    let waiting = state.withLock { state in
      state.isRefusing = true
      return Array(state.waiting.values)
    }
    for reply in waiting { reply.refuse() }
    // Another thread may be about to wake one.
    while state.withLock({ !$0.waiting.isEmpty }) { usleep(1_000) }
    if !waiting.isEmpty { awaitAnswers(seconds: 1) }
  }
}

/// Seconds of a clock that only goes forward.
func monotonicSeconds() -> Int {
  var time = timespec()
  // SAFETY: `time` outlives the call.
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec
}
