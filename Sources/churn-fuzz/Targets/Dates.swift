import History

/// Dates: a day that was read is written and read as the same, and plain days agree with the calendar.
struct Dates: FuzzTarget {
  let name = "dates"
  let longestInput = 64

  func run(_ bytes: [UInt8]) {
    let date = ParsedDate(utf8: bytes.span)
    if case .day(let day) = date {
      expect(ParsedDate("\(day)") == date || day.civil.year == 1, "\(day) is read as another day")
      expect(CalendarDay("\(day)") == day, "\(day) is another day")
    }
    guard let text = String(validating: bytes, as: UTF8.self), let day = CalendarDay(text) else {
      return
    }
    switch date {
    case .day(let found): expect(found == day, "not the day of the calendar")
    case .unset: expect(day.civil.year == 1, "a day that is unset")
    case .noEnd: expect(day.civil.year >= ParsedDate.firstEndlessYear, "a day without end")
    case .invalid, .ambiguous: expect(false, "a day that is \(date)")
    }
  }
}
