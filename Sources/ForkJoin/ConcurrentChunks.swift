internal import Dispatch
internal import Synchronization

// Blocking fork-join over chunks that are fixed by the problem.
//
//   chunks     0  1  2  3  4  5  6        numbered by the problem, never by the machine
//   threads    A  B  A  A  B  A  B        whoever is free takes the next number
//   results    0  1  2  3  4  5  6        stored by number, combined in this order
//
// Invariant: no result depends on which thread computed it, so the bytes are the same for any
// thread count. Nothing outlives the call; see `PendingMap` for work that does.
//
// Calls nest: a split of the history is fitted by sums over blocks of rows. All calls draw from one
// supply of threads, so that N threads stay N and do not become N²: inside a call that uses all of
// them an inner one runs on its own thread alone.

/// Calls `body` once for every number below `count`, on at most `ThreadCount.current` threads.
///
/// - Parameters:
///   - count: Number of chunks, ≥ 0.
///   - body: The work of one chunk; must not write what another chunk reads or writes.
package func withConcurrentChunks(count: Int, _ body: @Sendable (_ chunk: Int) -> Void) {
  let helpers = count > 1 ? SpareThreads.take(upTo: count - 1) : 0
  guard helpers > 0 else {
    for chunk in 0..<count { body(chunk) }
    return
  }
  let next = Atomic<Int>(0)
  let working = Atomic<Int>(helpers + 1)
  DispatchQueue.concurrentPerform(iterations: helpers + 1) { _ in
    while true {
      let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard chunk < count else { break }
      body(chunk)
    }
    // The last to end is the caller's own thread, or stands for it: it was not taken from the supply.
    if working.wrappingSubtract(1, ordering: .relaxed).newValue > 0 { SpareThreads.giveBack() }
  }
}

/// Calls `body` once per slice of `output`, each slice `stride` elements long, the last maybe shorter.
///
/// - Parameters:
///   - output: Filled in place; slice c is elements c·stride ..< min((c + 1)·stride, count).
///   - stride: Elements per slice, > 0; fixed by the problem.
///   - body: The chunk number and its slice, which no other chunk can touch.
package func withConcurrentChunks<Element: Sendable>(
  of output: inout [Element],
  stride: Int,
  _ body: @Sendable (_ chunk: Int, _ slice: inout MutableSpan<Element>) -> Void
) {
  precondition(stride > 0, "ForkJoin: chunk stride \(stride) is not positive")
  let elementCount = output.count
  let chunkCount = (elementCount + stride - 1) / stride
  unsafe output.withUnsafeMutableBufferPointer { buffer in
    // SAFETY: chunk c touches only its own [c·stride, min((c + 1)·stride, count)), these ranges are
    // disjoint, and `withConcurrentChunks(count:)` blocks until the last is done.
    nonisolated(unsafe) let shared = unsafe buffer
    withConcurrentChunks(count: chunkCount) { chunk in
      let range = chunk * stride..<min((chunk + 1) * stride, elementCount)
      // SAFETY: `range` lies within the buffer: 0 ≤ lower < upper ≤ elementCount.
      var slice = unsafe MutableSpan(_unsafeElements: shared.extracting(range))
      body(chunk, &slice)
    }
  }
}

/// Calls `body` once per range with that part of two arrays, which no other chunk can touch.
///
/// - Parameters:
///   - first: Changed in place.
///   - second: Changed in place, for instance as room to work in.
///   - ranges: Ascending, disjoint, within both arrays; fixed by the problem.
///   - body: The number of the range and the two parts.
package func withConcurrentRanges<Element: Sendable>(
  of first: inout [Element], _ second: inout [Element], ranges: [Range<Int>],
  _ body:
    @Sendable (
      _ chunk: Int, _ first: inout MutableSpan<Element>, _ second: inout MutableSpan<Element>
    ) -> Void
) {
  var end = 0
  for range in ranges {
    precondition(range.lowerBound >= end, "ForkJoin: range \(range) overlaps the one before")
    end = range.upperBound
  }
  precondition(
    end <= first.count && end <= second.count, "ForkJoin: the ranges end at \(end), behind an array"
  )
  unsafe first.withUnsafeMutableBufferPointer { first in
    unsafe second.withUnsafeMutableBufferPointer { second in
      // SAFETY: the ranges are disjoint and lie within both (checked above), chunk c touches only
      // range c, and `withConcurrentChunks(count:)` blocks until the last is done.
      nonisolated(unsafe) let shared = unsafe (first, second)
      withConcurrentChunks(count: ranges.count) { chunk in
        var one = unsafe MutableSpan(_unsafeElements: shared.0.extracting(ranges[chunk]))
        var other = unsafe MutableSpan(_unsafeElements: shared.1.extracting(ranges[chunk]))
        body(chunk, &one, &other)
      }
    }
  }
}

/// The results of `body` for every number below `count`, in the order of the numbers.
package func concurrentMap<Result: Sendable>(
  count: Int, _ body: @Sendable (_ index: Int) -> Result
) -> [Result] {
  var results = [Result?](repeating: nil, count: count)
  withConcurrentChunks(of: &results, stride: 1) { index, slice in slice[0] = body(index) }
  return results.compactMap { $0 }
}
