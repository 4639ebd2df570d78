internal import Dispatch
internal import Synchronization

/// Does work on a few threads; what they cannot begin yet waits in a queue that is bounded.
final class Workers: Sendable {
  private let queue: DispatchQueue
  private let threads: Int
  private let longest: Int
  private let state = Mutex(State())

  private struct State {
    var running = 0
    var waiting: [@Sendable () -> Void] = []
    /// The first that waits; what lies before it is done.
    var first = 0
  }

  /// - Parameters:
  ///   - name: of the threads.
  ///   - threads: that work at a time, ≥ 1.
  ///   - longest: the most that may wait.
  init(_ name: String, threads: Int, longest: Int) {
    queue = DispatchQueue(label: name, attributes: .concurrent)
    self.threads = threads
    self.longest = longest
  }

  /// Begins some work, or has it wait.
  ///
  /// - Returns: false, and the work is not done, where too much waits already.
  func take(_ work: @escaping @Sendable () -> Void) -> Bool {
    enum Place { case now, later, none }
    let place = state.withLock { state -> Place in
      if state.running < threads {
        state.running += 1
        return .now
      }
      guard state.waiting.count - state.first < longest else { return .none }
      state.waiting.append(work)
      return .later
    }
    if place == .now { queue.async { self.run(work) } }
    return place != .none
  }

  private func run(_ work: @Sendable () -> Void) {
    work()
    while let next = next() { next() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.first < state.waiting.count else {
        state.running -= 1
        state.waiting = []
        state.first = 0
        return nil
      }
      defer { state.first += 1 }
      if state.first > 1_024 {
        state.waiting.removeFirst(state.first)
        state.first = 0
      }
      return state.waiting[state.first]
    }
  }
}
