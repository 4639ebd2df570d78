// Usage lines on their way from a file into packed blobs.
//
//   line ──► append ──► [ key, quantity ] … up to `capacity` ──► sort ──► runs of one
//                                                             (subscription, month) ──► pack
//
//   key = subscription · 2^36 + day · 2^20 + meter          28, 16 and 20 bits
//
// The sort is a radix sort from the lowest byte up, which is stable: of two lines with the same key
// the later one of the file stays later. Bytes that are the same in all keys cost no pass. Memory
// is bounded by two times 16 bytes per line; a bigger file is flushed in several chunks.

/// Collects usage lines and brings them into the order of (subscription, day, meter, file).
struct UsageStaging {
  struct Line {
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

  mutating func removeAll() { lines.removeAll(keepingCapacity: true) }

  /// Orders the lines by key; equal keys keep the order in which they came.
  mutating func sort() {
    guard let first = lines.first?.key else { return }
    var differing: UInt64 = 0
    for line in lines { differing |= line.key ^ first }
    if scratch.count < lines.count {
      scratch = [Line](repeating: Line(key: 0, quantity: 0), count: lines.count)
    }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
      pass(shift)
    }
  }

  private mutating func pass(_ shift: UInt64) {
    var starts = [Int](repeating: 0, count: 257)
    for line in lines { starts[Int(line.key >> shift & 0xFF) + 1] += 1 }
    for digit in 0..<256 { starts[digit + 1] += starts[digit] }
    for line in lines {
      let digit = Int(line.key >> shift & 0xFF)
      scratch[starts[digit]] = line
      starts[digit] += 1
    }
    let count = lines.count
    swap(&lines, &scratch)
    // The scratch block may be longer from an earlier, bigger chunk.
    if lines.count > count { lines.removeSubrange(count...) }
  }
}
