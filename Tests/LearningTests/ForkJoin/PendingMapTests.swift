import Synchronization
import Testing

@testable import ForkJoin

/// A map that others have begun with.
///
/// Serialized, because the thread count is one per process.
@Suite(.serialized) struct PendingMapTests {
  @Test(arguments: [1, 2, 4])
  func `threads that are taken come back, and no number of them changes a result`(threads: Int) {
    defer { ThreadCount.set(0) }
    ThreadCount.set(threads)
    for count in [0, 1, 3, 100] {
      #expect(PendingMap(count: count) { $0 + 1 }.finish() == Array(1..<count + 1))
      let spare = SpareThreads.take(upTo: 10)
      for _ in 0..<spare { SpareThreads.giveBack() }
      #expect(spare == threads - 1)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 1_000])
  func `results come in the order of the numbers`(count: Int) {
    let map = PendingMap(count: count) { index in index * index }
    #expect(map.finish() == (0..<count).map { $0 * $0 })
  }

  @Test func `each number is worked on once, though several maps are open`() {
    let counts = Mutex([Int](repeating: 0, count: 100))
    let maps = (0..<5).map { start in
      PendingMap(count: 20) { index in
        counts.withLock { $0[20 * start + index] += 1 }
        return start
      }
    }
    #expect(
      maps.reversed().map { $0.finish() }
        == (0..<5).reversed().map { Array(repeating: $0, count: 20) })
    #expect(counts.withLock { $0 } == Array(repeating: 1, count: 100))
  }

  @Test func `a map inside of a number of another gives the same`() {
    let map = PendingMap(count: 7) { outer in
      PendingMap(count: 5) { inner in 10 * outer + inner }.finish() + concurrentMap(count: 2) { $0 }
    }
    #expect(map.finish() == (0..<7).map { outer in (0..<5).map { 10 * outer + $0 } + [0, 1] })
  }
}
