/// A UTC calendar day in the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Every date of Partner Center is bucketed into one of these at the door: the source mixes naive
/// timestamps, offsets and dates, and a local-time conversion moves a whole period by a day.
///
/// Conversions follow Howard Hinnant, "chrono-compatible low-level date algorithms" (2013),
/// `days_from_civil` and `civil_from_days`: years start in March, so the leap day is the last.
public struct CalendarDay:
  BitwiseCopyable, Sendable, Hashable, Comparable, CustomStringConvertible
{
  /// Whole days since 1970-01-01; negative before it.
  public var daysSinceEpoch: Int32

  /// The day so many days after 1970-01-01.
  @inlinable
  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  /// The day of a civil date, or nil when there is no such day (2025-02-29).
  ///
  /// - Parameters:
  ///   - year: 1 … 9999.
  ///   - month: 1 … 12.
  ///   - day: 1 … the length of that month.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The day written as `YYYY-MM-DD`, exactly; nil for anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1 … 12) and day of the month (1 … 31).
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(daysSinceEpoch) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// 0 = Monday … 6 = Sunday.
  @inlinable
  public var weekday: Int {
    let sinceMonday = (Int(daysSinceEpoch) + 3) % 7
    return sinceMonday < 0 ? sinceMonday + 7 : sinceMonday
  }

  /// The day as `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = civil
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// 28 … 31, for a month from 1 to 12.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2:
      (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Each is one instruction, and is asked for millions of times. They and the type are public because only
  // what is public is inlined into other modules.

  /// Whether both are the same day.
  @inlinable @inline(__always)
  public static func == (left: Self, right: Self) -> Bool {
    left.daysSinceEpoch == right.daysSinceEpoch
  }

  /// Whether `left` comes first.
  @inlinable @inline(__always)
  public static func < (left: Self, right: Self) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// Whether `left` comes first or is the same day.
  @inlinable @inline(__always)
  public static func <= (left: Self, right: Self) -> Bool {
    left.daysSinceEpoch <= right.daysSinceEpoch
  }

  /// Whether `left` comes last.
  @inlinable @inline(__always)
  public static func > (left: Self, right: Self) -> Bool {
    left.daysSinceEpoch > right.daysSinceEpoch
  }

  /// Whether `left` comes last or is the same day.
  @inlinable @inline(__always)
  public static func >= (left: Self, right: Self) -> Bool {
    left.daysSinceEpoch >= right.daysSinceEpoch
  }

  /// The day `days` later (earlier when negative).
  @inlinable @inline(__always)
  public static func + (day: Self, days: Int) -> Self {
    Self(daysSinceEpoch: day.daysSinceEpoch + Int32(days))
  }

  /// The day `days` earlier (later when negative).
  @inlinable @inline(__always)
  public static func - (day: Self, days: Int) -> Self { day + -days }

  /// Whole days from `earlier` to `later`; negative when `later` comes first.
  @inlinable @inline(__always)
  public static func - (later: Self, earlier: Self) -> Int {
    Int(later.daysSinceEpoch) - Int(earlier.daysSinceEpoch)
  }
}
