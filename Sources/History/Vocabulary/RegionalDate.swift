// Dates as spreadsheets of a region write them.
//
//   31/12/2024   12/31/2024 1:45 PM   31-12-2024   day or month first: only some dates tell
//   31.12.2024                                     with points the day comes first everywhere
//   2024/12/31   2024.12.31   2024年12月31日        the year first is never in doubt
//   /Date(1735603200000)/                          what PowerShell 5 makes of a date in JSON
//
// Two digits of a year are no date: 01/02/03 has six readings. A time of day is passed over; without a
// zone it is taken for UTC.

/// Which of day and month comes first in dates such as 03/04/2024.
package enum DateOrder: String, Sendable, Hashable, CaseIterable {
  case dayFirst = "dmy"
  case monthFirst = "mdy"
}

/// A date that is not written as year-month-day.
struct RegionalDate: Hashable {
  /// The numbers as they stand, and what is known about their order.
  private var first: Int
  private var second: Int
  private var year: Int
  /// nil when day and month may stand in either order.
  private var order: DateOrder?

  /// Reads a date; nil when it is none.
  init?(_ text: String) {
    var scanner = Scanner(text)
    if let day = scanner.powerShellDay() {
      (year, first, second) = (day.civil.year, day.civil.month, day.civil.day)
      order = .monthFirst
      return
    }
    guard let (first, digits) = scanner.number() else { return nil }
    guard let separator = scanner.separator() else { return nil }
    guard let (second, secondDigits) = scanner.number(), secondDigits <= 2,
      scanner.take(separator.next),
      let (third, lastDigits) = scanner.number()
    else { return nil }
    if digits == 4, lastDigits <= 2 {
      (year, self.first, self.second, order) = (first, second, third, .monthFirst)
      if separator.next == "月" { guard scanner.take("日") else { return nil } }
    } else if digits <= 2, lastDigits == 4, separator.next != "月" {
      (year, self.first, self.second) = (third, first, second)
      order = separator.next == "." ? .dayFirst : nil
    } else {
      return nil
    }
    guard scanner.isAtEndOrTime else { return nil }
  }

  /// The order that the numbers themselves tell: 31/12 begins with the day.
  var toldOrder: DateOrder? {
    if order != nil { return nil }
    if first > 12, second <= 12 { return .dayFirst }
    return second > 12 && first <= 12 ? .monthFirst : nil
  }

  /// The order in which the date is the first of a month; nil when none is, or both are.
  var monthOrder: DateOrder? {
    guard order == nil, (first == 1) != (second == 1) else { return nil }
    return first == 1 ? .dayFirst : .monthFirst
  }

  /// The day.
  ///
  /// - Parameter column: the order of the dates around it; nil when nobody knows.
  /// - Returns: what the date says; `.ambiguous` when its order cannot be known.
  func parsed(_ column: DateOrder?) -> ParsedDate {
    guard let order = order ?? column ?? toldOrder ?? (first == second ? .dayFirst : nil) else {
      return .ambiguous
    }
    let (month, dayOfMonth) = order == .monthFirst ? (first, second) : (second, first)
    guard let day = CalendarDay(year: year, month: month, day: dayOfMonth) else { return .invalid }
    return ParsedDate(day)
  }
}

/// Takes a text apart, sign by sign.
private struct Scanner {
  private let text: [Character]
  private var position = 0

  init(_ text: String) { self.text = Array(text.trimmingSpaces()) }

  mutating func take(_ character: Character) -> Bool {
    guard position < text.count, text[position] == character else { return false }
    position += 1
    return true
  }

  /// One to four ASCII digits, with their number.
  mutating func number() -> (value: Int, digits: Int)? {
    let start = position
    var value = 0
    while position < text.count, position - start < 4, text[position].isASCII,
      let digit = text[position].wholeNumberValue
    {
      value = value * 10 + digit
      position += 1
    }
    return position > start ? (value, position - start) : nil
  }

  /// What stands between the first two numbers, and what must stand before the third.
  mutating func separator() -> (next: Character, Void)? {
    for character: Character in ["/", ".", "-"] where take(character) { return (character, ()) }
    return take("年") ? ("月", ()) : nil
  }

  /// Whether nothing follows, or a time of day.
  var isAtEndOrTime: Bool {
    guard position < text.count else { return true }
    guard [" ", "T", ",", "\u{A0}", "\u{202F}"].contains(text[position]) else { return false }
    let rest = text[(position + 1)...]
    return rest.contains(":")
      && rest.allSatisfy { $0.isASCII ? $0.isNumber || ":. APMapm".contains($0) : true }
  }

  /// The day of `/Date(milliseconds)/`.
  mutating func powerShellDay() -> CalendarDay? {
    let (prefix, suffix) = (Array("/Date("), Array(")/"))
    guard text.starts(with: prefix), text.count > prefix.count + suffix.count,
      text.suffix(suffix.count).elementsEqual(suffix),
      let milliseconds = Int(String(text[prefix.count..<text.count - suffix.count])),
      abs(milliseconds) < 1 << 52
    else { return nil }
    let days = (Double(milliseconds) / 86_400_000).rounded(.down)
    return CalendarDay(daysSinceEpoch: Int32(clamping: Int(days)))
  }
}
