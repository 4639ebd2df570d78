internal import Dispatch

// A serial source, work on all cores, and a serial end, each job passing through all three.
//
//   next     job 0   job 1   job 2   job 3  …        one thread at a time, whoever is free
//   work        A ───┐ B ─────┐ A ──┐ B ─────┐       all threads
//   take            0         1     2        3       the caller's thread, in the order of the jobs
//
// A few jobs are fetched ahead, so that no thread waits for the one that fetches, and at most `limit`
// of them are between `next` and `take`, so memory is bounded. Invariant: what is taken, and in which
// order, does not depend on the number of threads.

/// Jobs that are worked on by all threads and taken in their order.
package final class OrderedPipeline<Job: Sendable, Product: Sendable>: Sendable {
  private let next: @Sendable () -> Job?
  private let work: @Sendable (_ job: Job, _ slot: Int) -> Product
  private let limit: Int
  private let threads: Int
  private let state = Monitor(State())

  private struct State {
    /// Fetched and not begun, from number `begun` on.
    var waiting: [Job] = []
    /// By the number of the job.
    var products: [Int: Product] = [:]
    var begun = 0
    var taken = 0
    var isFetching = false
    var isAtEnd = false
    var isPausing = false

    /// What a thread does that takes nothing; nil when all it can do is wait.
    mutating func work(limit: Int, ahead: Int) -> Work? {
      let onTheirWay = begun + waiting.count - taken
      if !isFetching, !isAtEnd, waiting.count < ahead, onTheirWay < limit {
        isFetching = true
        return .fetch
      }
      guard !waiting.isEmpty else { return nil }
      begun += 1
      return .job(waiting.removeFirst(), number: begun - 1)
    }

    var isDone: Bool { isAtEnd && waiting.isEmpty }
  }

  private enum Work {
    case fetch
    case job(Job, number: Int)
  }

  private enum Step {
    case take(Product)
    case work(Work)
    case end
  }

  /// - Parameters:
  ///   - limit: jobs that may be on their way, > 0.
  ///   - threads: the most that work, > 0.
  ///   - next: the next job, nil behind the last; never called by two threads at once.
  ///   - work: is told which of the threads does the job, from 0: a slot has one job at a time, and its
  ///     jobs ascend. Must not write what another slot reads or writes.
  package init(
    limit: Int, threads: Int = ThreadCount.current, next: @escaping @Sendable () -> Job?,
    work: @escaping @Sendable (_ job: Job, _ slot: Int) -> Product
  ) {
    precondition(
      limit > 0 && threads > 0, "ForkJoin: a pipeline of \(threads) threads for \(limit) jobs")
    self.limit = limit
    self.threads = threads
    self.next = next
    self.work = work
  }

  /// Takes products on the calling thread, on and on; may be called again after a pause.
  ///
  /// - Parameter take: Given each product once, in the order of the jobs; false makes a pause.
  /// - Returns: whether all are taken. In a pause no other thread works on a job.
  /// - Throws: what `take` throws; the product that it was given counts as taken.
  package func run<Failure: Error>(
    _ take: (Product) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    let helpers = SpareThreads.take(upTo: threads - 1)
    let group = DispatchGroup()
    for helper in 0..<helpers {
      DispatchQueue.global().async(group: group) {
        self.help(slot: helper + 1)
        SpareThreads.giveBack()
      }
    }
    defer {
      state.change { $0.isPausing = true }
      group.wait()
      state.change { $0.isPausing = false }
    }
    while true {
      switch state.wait(until: step) {
      case .take(let product):
        guard try take(product) else { return false }
        // There is room for a job more.
        state.change { _ in }
      case .work(let work): perform(work, slot: 0)
      case .end: return true
      }
    }
  }

  /// What the caller's thread does next.
  private func step(_ state: inout State) -> Step? {
    if let product = state.products.removeValue(forKey: state.taken) {
      state.taken += 1
      return .take(product)
    }
    if state.isDone, state.taken == state.begun { return .end }
    return state.work(limit: limit, ahead: threads).map { .work($0) }
  }

  /// Works until there are no more jobs, or a pause comes.
  private func help(slot: Int) {
    while true {
      let work = state.wait { state -> Work?? in
        if state.isPausing || state.isDone { return .some(nil) }
        return state.work(limit: self.limit, ahead: self.threads).map { .some($0) }
      }
      guard let work else { return }
      perform(work, slot: slot)
    }
  }

  private func perform(_ step: Work, slot: Int) {
    switch step {
    case .fetch:
      let job = next()
      state.change { state in
        state.isFetching = false
        if let job { state.waiting.append(job) } else { state.isAtEnd = true }
      }
    case .job(let job, let number):
      let product = work(job, slot)
      state.change { $0.products[number] = product }
    }
  }
}
