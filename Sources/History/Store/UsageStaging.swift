internal import ForkJoin

// Usage lines on their way from a file into packed blobs.
//
//   line ──► append ──► [ key, quantity ] … up to `capacity` ──► sort ──► parts ──► pack
//
//   key = subscription · 2^36 + day · 2^20 + meter          28, 16 and 20 bits
//
// Sorting first deals the lines out to parts, each a range of subscriptions with about as many lines,
// and then sorts every part by itself, on all cores:
//
//   lines    ┌ dealt ─► part 0 │ part 1 │ part 2 │ …      a part of `lines` and the same part of
//   scratch  └────────► part 0 │ part 1 │ part 2 │ …      `scratch` are one chunk's to swap between
//
// Both steps are stable: of two lines with the same key the later one of the file stays later. Within
// a part it is a radix sort from the lowest byte up; bytes that are the same in all keys cost no pass.
// Memory is bounded by two times 16 bytes per line; a bigger file is flushed in several chunks.

/// Collects usage lines and brings them into the order of (subscription, day, meter, file).
struct UsageStaging {
  struct Line: Sendable {
    var key: UInt64
    var quantity: Double

    var subscription: Int64 { Int64(key >> 36) }
    var daysSinceEpoch: Int32 { Int32(truncatingIfNeeded: key >> 20 & 0xFFFF) }
    var meter: Int64 { Int64(key & 0xF_FFFF) }
  }

  /// Row ids must be below these, days from 1970-01-01 on.
  static let subscriptionLimit: Int64 = 1 << 28
  static let meterLimit: Int64 = 1 << 20
  static let dayLimit: Int32 = 1 << 16

  /// Lines before a flush; two blocks of this many are held while sorting.
  let capacity: Int
  private(set) var lines: [Line] = []
  private var scratch: [Line] = []

  init(capacity: Int) { self.capacity = capacity }

  var isFull: Bool { lines.count >= capacity }

  /// Adds a line; the ids and the day must be within the limits above.
  mutating func append(subscription: Int64, day: CalendarDay, meter: Int64, quantity: Double) {
    let key =
      UInt64(subscription) << 36 | UInt64(day.daysSinceEpoch) << 20 | UInt64(meter)
    lines.append(Line(key: key, quantity: quantity))
  }

  /// Ranges of `lines`, each with all lines of its subscriptions; after `sort`.
  private(set) var parts: [Range<Int>] = []

  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    parts = []
  }

  /// Orders the lines by key; equal keys keep the order in which they came.
  mutating func sort() {
    parts = []
    guard !lines.isEmpty else { return }
    if scratch.count < lines.count {
      scratch = [Line](repeating: Line(key: 0, quantity: 0), count: lines.count)
    }
    deal()
    withConcurrentRanges(of: &lines, &scratch, ranges: parts) { _, lines, scratch in
      Self.sort(&lines, &scratch)
    }
  }

  /// More parts than cores, so that none waits long for the last one.
  private static let partCount = 16
  private static let bucketCount = 1 << 12

  /// Brings the lines of each part together and says where they are.
  private mutating func deal() {
    var (lowest, highest) = (UInt64.max, UInt64(0))
    for line in lines {
      lowest = min(lowest, line.key >> 36)
      highest = max(highest, line.key >> 36)
    }
    var shift: UInt64 = 0
    while (highest - lowest) >> shift >= UInt64(Self.bucketCount) { shift += 1 }
    var counts = [Int](repeating: 0, count: Self.bucketCount)
    for line in lines { counts[Int((line.key >> 36 - lowest) >> shift)] += 1 }
    // Buckets of neighbouring subscriptions make up a part.
    let wanted = (lines.count + Self.partCount - 1) / Self.partCount
    var partOfBucket = [Int](repeating: 0, count: Self.bucketCount)
    var start = 0
    var count = 0
    for bucket in counts.indices {
      partOfBucket[bucket] = parts.count
      count += counts[bucket]
      if count >= wanted || bucket == counts.count - 1, count > 0 {
        parts.append(start..<start + count)
        start += count
        count = 0
      }
    }
    guard parts.count > 1 else { return }
    var next = parts.map(\.lowerBound)
    for line in lines {
      let part = partOfBucket[Int((line.key >> 36 - lowest) >> shift)]
      scratch[next[part]] = line
      next[part] += 1
    }
    let lineCount = lines.count
    swap(&lines, &scratch)
    // The scratch block may be longer, from an earlier and bigger chunk.
    if lines.count > lineCount { lines.removeSubrange(lineCount...) }
  }

  /// Sorts `lines`; leaves anything in `scratch`, which is as long.
  private static func sort(_ lines: inout MutableSpan<Line>, _ scratch: inout MutableSpan<Line>) {
    let first = lines[0].key
    var differing: UInt64 = 0
    for index in lines.indices { differing |= lines[index].key ^ first }
    var isInScratch = false
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
      if isInScratch {
        pass(shift, from: scratch, into: &lines)
      } else {
        pass(shift, from: lines, into: &scratch)
      }
      isInScratch.toggle()
    }
    if isInScratch {
      for index in lines.indices { lines[index] = scratch[index] }
    }
  }

  private static func pass(
    _ shift: UInt64, from: borrowing MutableSpan<Line>, into target: inout MutableSpan<Line>
  ) {
    var starts = InlineArray<257, Int>(repeating: 0)
    for index in from.indices { starts[Int(from[index].key >> shift & 0xFF) + 1] += 1 }
    for digit in 0..<256 { starts[digit + 1] += starts[digit] }
    for index in from.indices {
      let digit = Int(from[index].key >> shift & 0xFF)
      target[starts[digit]] = from[index]
      starts[digit] += 1
    }
  }
}
