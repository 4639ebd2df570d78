import Synchronization
import Testing

@testable import ForkJoin

@Suite(.serialized) struct OrderedPipelineTests {
  private struct Stop: Error {}

  /// A pipeline over the numbers below `count`, each squared.
  private static func squares(
    _ count: Int, limit: Int, threads: Int,
    work: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> OrderedPipeline<Int, Int> {
    let next = Atomic<Int>(0)
    return OrderedPipeline(limit: limit, threads: threads) {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    } work: { number, slot in
      work(number, slot)
      return number * number
    }
  }

  @Test(arguments: [1, 2, 3, 8]) func `takes every product once, in the order of the jobs`(
    threads: Int
  ) {
    defer { ThreadCount.set(0) }
    ThreadCount.set(threads)
    for count in [0, 1, 2, 500] {
      for limit in [1, 2, 16] {
        var taken: [Int] = []
        let isDone = Self.squares(count, limit: limit, threads: threads).run { product in
          taken.append(product)
          return true
        }
        #expect(isDone)
        #expect(taken == (0..<count).map { $0 * $0 })
      }
    }
  }

  @Test func `goes on after a pause where it stopped, with no thread at work in between`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(3)
    let working = Mutex(0)
    let pipeline = Self.squares(200, limit: 8, threads: 3) { _, _ in
      working.withLock { $0 += 1 }
      for _ in 0..<2_000 { _ = working.withLock { $0 } }
      working.withLock { $0 -= 1 }
    }
    var taken: [Int] = []
    var pauses = 0
    while !pipeline.run({ product in
      taken.append(product)
      return !taken.count.isMultiple(of: 7)
    }) {
      pauses += 1
      #expect(working.withLock { $0 } == 0)
    }
    #expect(pauses == 200 / 7)
    #expect(taken == (0..<200).map { $0 * $0 })
  }

  @Test func `an error of who takes ends it, and the next run takes what follows`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(2)
    let pipeline = Self.squares(20, limit: 4, threads: 2)
    var taken: [Int] = []
    #expect(throws: Stop.self) {
      try pipeline.run { (product) throws(Stop) in
        guard product < 25 else { throw Stop() }
        taken.append(product)
        return true
      }
    }
    #expect(
      pipeline.run { product in
        taken.append(product)
        return true
      })
    #expect(taken == (0..<20).filter { $0 != 5 }.map { $0 * $0 })
  }

  @Test func `no more jobs are on their way than there is room for`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(4)
    let fetched = Atomic<Int>(0)
    let pipeline = OrderedPipeline<Int, Int>(limit: 5, threads: 4) {
      let number = fetched.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < 300 ? number : nil
    } work: { number, _ in
      number
    }
    var most = 0
    var taken = 0
    _ = pipeline.run { _ in
      taken += 1
      // The one that is taken right now has left the pipeline.
      most = max(most, min(fetched.load(ordering: .relaxed), 300) - taken)
      return true
    }
    #expect(taken == 300)
    #expect(most <= 5)
  }

  @Test func `a slot has one job at a time, and its jobs ascend`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(4)
    let slots = Mutex<[[Int]]>(Array(repeating: [], count: 4))
    let busy = Mutex<Set<Int>>([])
    let pipeline = Self.squares(400, limit: 16, threads: 4) { number, slot in
      #expect(busy.withLock { $0.insert(slot).inserted })
      slots.withLock { $0[slot].append(number) }
      #expect(busy.withLock { $0.remove(slot) } == slot)
    }
    #expect(pipeline.run { _ in true })
    let seen = slots.withLock { $0 }
    #expect(seen.flatMap { $0 }.sorted() == Array(0..<400))
    for jobs in seen { #expect(jobs == jobs.sorted()) }
  }
}
