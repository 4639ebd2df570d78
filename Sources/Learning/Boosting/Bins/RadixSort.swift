/// Sorts finite numbers in time proportional to their count.
///
/// Six passes of 11 bits, least first, over a key whose unsigned order is that of the numbers: the
/// sign bit turned for positive numbers, all bits turned for negative ones. −0 sorts before 0.
enum RadixSort {
  private static let digitBits = 11

  /// The numbers in ascending order.
  ///
  /// - Precondition: no NaN.
  static func sorted(_ numbers: [Double]) -> [Double] {
    guard numbers.count > 256 else { return numbers.sorted() }
    var keys = numbers.map { key($0) }
    var other = keys
    for shift in stride(from: 0, to: 64, by: digitBits) {
      var starts = [Int](repeating: 0, count: (1 << digitBits) + 1)
      let mask = UInt64((1 << digitBits) - 1)
      for key in keys { starts[Int((key >> UInt64(shift)) & mask) + 1] += 1 }
      // A digit that all share moves nothing.
      if starts.contains(keys.count) { continue }
      for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
      for key in keys {
        let digit = Int((key >> UInt64(shift)) & mask)
        other[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&keys, &other)
    }
    return keys.map { number($0) }
  }

  private static func key(_ number: Double) -> UInt64 {
    let bits = number.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func number(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
