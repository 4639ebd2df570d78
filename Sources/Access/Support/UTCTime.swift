internal import Glibc
package import History

/// A moment, to the millisecond.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
  package var milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// What the system's clock says.
  package static func now() -> UTCTime {
    var time = timespec()
    // SAFETY: `time` outlives the call.
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(milliseconds: time.tv_sec * 1_000 + time.tv_nsec / 1_000_000)
  }

  /// A moment written as `2026-11-26T19:36:35.123Z`, exactly; nil for anything else.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."),
      bytes[23] == UInt8(ascii: "Z"),
      let day = CalendarDay(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    func number(_ range: Range<Int>, below limit: Int) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value < limit ? value : nil
    }
    guard let hour = number(11..<13, below: 24), let minute = number(14..<16, below: 60),
      let second = number(17..<19, below: 60), let milli = number(20..<23, below: 1_000)
    else { return nil }
    let minutes = (Int(day.daysSinceEpoch) * 24 + hour) * 60 + minute
    milliseconds = (minutes * 60 + second) * 1_000 + milli
  }

  /// Whole seconds since 1970.
  package var seconds: Int { milliseconds.flooredDivided(by: 1_000) }

  /// The UTC day.
  package var day: CalendarDay {
    CalendarDay(daysSinceEpoch: Int32(seconds.flooredDivided(by: 86_400)))
  }

  /// `2026-11-26T19:36:35.123Z`.
  package var description: String {
    let ofDay = milliseconds - Int(day.daysSinceEpoch) * 86_400_000
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let (hour, minute) = (ofDay / 3_600_000, ofDay / 60_000 % 60)
    return "\(day)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(ofDay / 1_000 % 60, 2))"
      + ".\(padded(ofDay % 1_000, 3))Z"
  }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

extension Int {
  /// The quotient, rounded down: −1 by 86,400 is −1.
  fileprivate func flooredDivided(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
