import Glibc
import Synchronization
import Testing

@testable import ForkJoin
@testable import Learning

/// Serialized, because the thread count is one per process; no result may depend on it anyway.
@Suite(.serialized) struct ConcurrentChunksTests {
  @Test(arguments: [1, 3, 7, 1000, 5000]) func `writes every element once`(stride: Int) {
    var output = [Int](repeating: 0, count: 1000)
    withConcurrentChunks(of: &output, stride: stride) { chunk, slice in
      for index in slice.indices { slice[index] += 1 + chunk * stride + index }
    }
    #expect(output == Array(1...1000))
  }

  @Test func `returns results in the order of their numbers`() {
    #expect(concurrentMap(count: 100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(concurrentMap(count: 0) { $0 } == [])
  }

  @Test func `does not lose results that are nil`() {
    let results: [Int?] = concurrentMap(count: 4) { $0.isMultiple(of: 2) ? $0 : nil }
    #expect(results == [0, nil, 2, nil])
  }

  @Test func `hands each range of two arrays to one chunk`() {
    var first = Array(0..<100)
    var second = [Int](repeating: 0, count: 120)
    let ranges = [0..<10, 10..<10, 20..<99]
    withConcurrentRanges(of: &first, &second, ranges: ranges) { chunk, first, second in
      for index in first.indices {
        second[index] = first[index]
        first[index] = -chunk
      }
    }
    for index in 0..<120 {
      let chunk = ranges.firstIndex { $0.contains(index) }
      #expect(second[index] == (chunk == nil ? 0 : index))
      if index < 100 { #expect(first[index] == (chunk.map { -$0 } ?? index)) }
    }
  }

  @Test func `nests`() {
    let sums = concurrentMap(count: 8) { outer in
      concurrentMap(count: 8) { outer * $0 }.reduce(0, +)
    }
    #expect(sums == (0..<8).map { $0 * 28 })
  }

  @Test(arguments: [1, 2, 3]) func `nested calls share the threads`(threads: Int) {
    defer { ThreadCount.set(0) }
    ThreadCount.set(threads)
    let running = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    withConcurrentChunks(count: 6) { _ in
      withConcurrentChunks(count: 6) { _ in
        let now = running.wrappingAdd(1, ordering: .relaxed).newValue
        most.max(now, ordering: .relaxed)
        // Long enough for every other thread to come by.
        usleep(2_000)
        running.wrappingSubtract(1, ordering: .relaxed)
      }
    }
    #expect(most.load(ordering: .relaxed) <= threads)
  }

  @Test func `an inner call finds no thread left while the outer one uses them all`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(4)
    let granted = Atomic<Int>(-1)
    withConcurrentChunks(count: 8) { chunk in
      // The other chunks last until this one has asked.
      guard chunk == 0 else {
        usleep(5_000)
        return
      }
      let helpers = SpareThreads.take(upTo: 9)
      granted.store(helpers, ordering: .relaxed)
      for _ in 0..<helpers { SpareThreads.giveBack() }
    }
    #expect(granted.load(ordering: .relaxed) == 0)
  }

  @Test func `an inner call gets what a short outer one left over`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(4)
    let granted = concurrentMap(count: 2) { _ in
      let helpers = SpareThreads.take(upTo: 1)
      usleep(20_000)
      for _ in 0..<helpers { SpareThreads.giveBack() }
      return helpers
    }
    #expect(granted == [1, 1])
  }

  @Test func `threads are given back`() {
    defer { ThreadCount.set(0) }
    ThreadCount.set(3)
    for _ in 0..<50 { withConcurrentChunks(count: 5) { _ in } }
    #expect(SpareThreads.take(upTo: 9) == 2)
    for _ in 0..<2 { SpareThreads.giveBack() }
  }

  @Test func `gives the same bytes for one thread and for two`() {
    defer { ThreadCount.set(0) }
    // More than two blocks of 4,096 rows in the last fit, so that sums are really split; enough ones
    // that boosting is a candidate.
    let dataset = LearningSample.dataset(rows: 9000, seed: 5, rowsPerGroup: 3, rowsPerTime: 900)
    let folds = (0..<9000).map { Int32($0 / 900 < 9 ? -1 : 0) }
    let validation = CrossValidation(
      embargo: 5, seed: 1, path: LambdaPath(initial: [0.1, 0.01]))
    let runs = [1, 2].map { threads in
      ThreadCount.set(threads)
      #expect(ThreadCount.current == threads)
      return validation.run(dataset, folds: folds)
    }
    for run in runs.dropFirst() {
      #expect(run.folds[0].learned.model == runs[0].folds[0].learned.model)
      #expect(
        run.probabilities.map(\.bitPattern) == runs[0].probabilities.map(\.bitPattern))
      let (own, first) = (run.folds[0].learned.selection, runs[0].folds[0].learned.selection)
      #expect(own.candidates == first.candidates && own.candidates.count == 3)
      #expect(own.logistic.candidates == first.logistic.candidates)
      #expect(own.boosting?.candidates == first.boosting?.candidates)
    }
  }
}
