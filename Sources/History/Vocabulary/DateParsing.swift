// Dates as Partner Center and its users write them.
//
//   2016-02-04                       a day
//   2016-02-04T19:29:38.037          no zone: UTC; any number of fraction digits
//   2017-06-07T17:00:00-07:00        an offset moves it: this one is 2017-06-08 in UTC
//   2015-11-25T06: 41: 12Z           stray spaces, as in one of the documented samples
//   0001-01-01T00:00:00              "unset"
//   9999-12-31T00:00:00              "no end", like every year from 2100 on
//   2025-02-29                       no such day: an error of the row, not a guess
//
// The result is always a UTC calendar day; the time of day only matters for moving it there.

/// What a date field says.
package enum ParsedDate: Sendable, Hashable {
  case day(CalendarDay)
  /// Empty, or a date in the year 1, which Partner Center writes for "unset".
  case unset
  /// A date in 2100 or later, which is written for "no end".
  case noEnd
  /// Day and month may stand in either order.
  case ambiguous
  /// Not a date, or a day that does not exist.
  case invalid

  /// The first year that stands for "no end".
  package static let firstEndlessYear = 2100

  /// Reads a date with an optional time and zone from a text.
  package init(_ text: String) {
    self.init(utf8: Array(text.utf8).span)
  }

  /// Reads a date with an optional time and zone; the top of the file lists the forms.
  package init(utf8 text: Span<UInt8>) {
    var position = 0
    skipSpaces(text, &position)
    if position == text.count {
      self = .unset
      return
    }
    guard let year = number(text, &position, digits: 4), take("-", text, &position),
      let month = number(text, &position, digits: 2), take("-", text, &position),
      let dayOfMonth = number(text, &position, digits: 2),
      let day = CalendarDay(year: year, month: month, day: dayOfMonth),
      let shift = dayShift(ofTime: text, &position)
    else {
      self = .invalid
      return
    }
    self.init(day, shift: shift)
  }

  /// What a calendar day stands for; `shift` days later is its UTC day.
  init(_ day: CalendarDay, shift: Int = 0) {
    // The offset may move a date into another year, and that one counts.
    switch (day + shift).civil.year {
    case ...1: self = .unset
    case Self.firstEndlessYear...: self = .noEnd
    default: self = .day(day + shift)
    }
  }

  /// Why a date cannot be used, in words that hold no value of the row.
  var problem: String {
    switch self {
    case .ambiguous:
      "day and month of the date may stand in either order; say which with --date-order"
    default: "the date is impossible or not a date"
    }
  }
}

// The scanner: each function reads at `position` and moves it; nil and false mean "not here".

/// Reads what follows the date up to the end of the text.
///
/// - Returns: The days by which the zone's offset moves the date to UTC (-1, 0 or 1), or nil when
///   this is no time.
private func dayShift(ofTime text: Span<UInt8>, _ position: inout Int) -> Int? {
  if position == text.count { return 0 }
  guard take("T", text, &position) || take("t", text, &position) || take(" ", text, &position)
  else { return nil }
  skipSpaces(text, &position)
  if position == text.count { return 0 }
  guard let hour = number(text, &position, digits: 2), hour <= 23,
    take(":", text, &position),
    let minute = spacedNumber(text, &position), minute <= 59
  else { return nil }
  skipSpaces(text, &position)
  if take(":", text, &position) {
    guard let second = spacedNumber(text, &position), second <= 60 else { return nil }
    if take(".", text, &position) || take(",", text, &position) {
      let start = position
      while position < text.count, isDigit(text[position]) { position += 1 }
      guard position > start else { return nil }
    }
  }
  skipSpaces(text, &position)
  var offset = 0
  if position < text.count, !take("Z", text, &position), !take("z", text, &position) {
    let isWest = take("-", text, &position)
    guard isWest || take("+", text, &position),
      let hours = number(text, &position, digits: 2), hours <= 14
    else { return nil }
    _ = take(":", text, &position)
    let minutes = position < text.count ? number(text, &position, digits: 2) : 0
    guard let minutes, minutes <= 59 else { return nil }
    offset = (isWest ? -1 : 1) * (hours * 60 + minutes)
  }
  skipSpaces(text, &position)
  guard position == text.count else { return nil }
  let minuteInUTC = hour * 60 + minute - offset
  return minuteInUTC < 0 ? -1 : minuteInUTC >= 24 * 60 ? 1 : 0
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func skipSpaces(_ text: Span<UInt8>, _ position: inout Int) {
  while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
}

private func take(_ character: Unicode.Scalar, _ text: Span<UInt8>, _ position: inout Int) -> Bool {
  guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
  position += 1
  return true
}

/// Exactly `digits` digits.
private func number(_ text: Span<UInt8>, _ position: inout Int, digits: Int) -> Int? {
  guard position + digits <= text.count else { return nil }
  var value = 0
  for index in position..<position + digits {
    guard isDigit(text[index]) else { return nil }
    value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
  }
  position += digits
  return value
}

/// Two digits after any spaces.
private func spacedNumber(_ text: Span<UInt8>, _ position: inout Int) -> Int? {
  skipSpaces(text, &position)
  return number(text, &position, digits: 2)
}
