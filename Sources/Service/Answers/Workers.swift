internal import Dispatch
internal import Synchronization

/// Does work on a few threads, in turns for those who ask.
///
/// Nobody gets all threads, however much they ask for: work cannot be interrupted, and others have to have a
/// turn. What cannot begin yet waits in queues that are bounded, one for each who asks.
final class Workers: Sendable {
  typealias Work = @Sendable () -> Void

  private let queue: DispatchQueue
  private let threads: Int
  private let threadsForOne: Int
  private let longest: Int
  private let state = Mutex(State())

  private struct State {
    var running = 0
    var waiting = 0
    var runningFor: [String: Int] = [:]
    /// Never empty.
    var queues: [String: [Work]] = [:]
    /// Whoever has a queue, the one whose turn is next first.
    var turns: [String] = []
  }

  /// - Parameters:
  ///   - name: of the threads.
  ///   - threads: that work at a time, ≥ 1.
  ///   - threadsForOne: at most so many of them for one who asks, ≥ 1.
  ///   - longest: the most that may wait, of all; half of it for one.
  init(_ name: String, threads: Int, threadsForOne: Int, longest: Int) {
    queue = DispatchQueue(label: name, attributes: .concurrent)
    self.threads = threads
    self.threadsForOne = threadsForOne
    self.longest = longest
  }

  /// Begins some work, or has it wait.
  ///
  /// - Parameters:
  ///   - owner: who asks.
  ///   - work: what is to be done.
  /// - Returns: false, and the work is not done, where too much waits already.
  func take(for owner: String, _ work: @escaping Work) -> Bool {
    enum Place { case now, later, none }
    let place = state.withLock { state -> Place in
      if state.running < threads, state.runningFor[owner, default: 0] < threadsForOne {
        state.running += 1
        state.runningFor[owner, default: 0] += 1
        return .now
      }
      let own = state.queues[owner]?.count ?? 0
      guard state.waiting < longest, own < max(longest / 2, 1) else { return .none }
      if own == 0 { state.turns.append(owner) }
      state.queues[owner, default: []].append(work)
      state.waiting += 1
      return .later
    }
    if place == .now { queue.async { self.run(work, for: owner) } }
    return place != .none
  }

  private func run(_ work: Work, for owner: String) {
    work()
    var owner = owner
    while let (next, following) = next(after: owner) {
      owner = following
      next()
    }
  }

  /// Ends the work for somebody, and takes the next whose turn it is.
  private func next(after owner: String) -> (work: Work, owner: String)? {
    state.withLock { state in
      state.runningFor[owner, default: 1] -= 1
      if state.runningFor[owner] == 0 { state.runningFor[owner] = nil }
      let place = state.turns.firstIndex { state.runningFor[$0, default: 0] < threadsForOne }
      guard let place else {
        state.running -= 1
        return nil
      }
      let next = state.turns.remove(at: place)
      guard var queue = state.queues.removeValue(forKey: next) else {
        preconditionFailure("a turn without work")
      }
      let work = queue.removeFirst()
      if !queue.isEmpty {
        state.queues[next] = queue
        state.turns.append(next)
      }
      state.waiting -= 1
      state.runningFor[next, default: 0] += 1
      return (work, next)
    }
  }
}
