internal import Dispatch
internal import Synchronization

/// A map over numbers that other threads have begun with, while the caller does something else.
///
/// ```
///   caller   init ──── reads what comes next ──── finish: joins in, waits, takes the results
///   others      0 1 2 …                              … 7 8 9
/// ```
/// Like `concurrentMap` it draws from one supply of threads, and its results are in the order of the
/// numbers, whoever made them. Whoever starts one must finish it.
package final class PendingMap<Result: Sendable>: Sendable {
  private let count: Int
  private let body: @Sendable (Int) -> Result
  private let next = Atomic<Int>(0)
  private let results: Monitor<[Result?]>
  private let helpers = DispatchGroup()

  /// Starts.
  ///
  /// - Parameters:
  ///   - count: How many numbers, ≥ 0.
  ///   - body: The work of one number.
  package init(count: Int, _ body: @escaping @Sendable (_ index: Int) -> Result) {
    self.count = count
    self.body = body
    results = Monitor(Array(repeating: nil, count: count))
    for _ in 0..<(count > 0 ? SpareThreads.take(upTo: count) : 0) {
      DispatchQueue.global().async(group: helpers) {
        self.work()
        SpareThreads.giveBack()
      }
    }
  }

  /// Takes part in what is left, waits for the others, and returns the results; call it once.
  package func finish() -> [Result] {
    work()
    helpers.wait()
    return results.changeQuietly { results in
      let done = results.compactMap { $0 }
      results = []
      return done
    }
  }

  private func work() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let result = body(index)
      results.changeQuietly { $0[index] = result }
    }
  }
}
