import History
import TestSupport
import Testing

struct DateParsingTests {
  @Test(arguments: [
    ("2016-02-04", "2016-02-04"), ("2016-02-04T19:29:38", "2016-02-04"),
    ("2016-02-04T19:29:38.037", "2016-02-04"), ("2016-02-04T19:29:38.0370001", "2016-02-04"),
    ("2016-02-04T19:29:38Z", "2016-02-04"), (" 2016-02-04 ", "2016-02-04"),
    ("2016-02-04 19:29", "2016-02-04"), ("2016-02-29T00:00:00", "2016-02-29"),
  ])
  func `reads a naive time as UTC, with or without fraction and time`(text: String, day: String) {
    #expect(ParsedDate(text) == CalendarDay(day).map { .day($0) })
  }

  /// The first is a sample of Partner Center's own (utilization records, 2017).
  @Test(arguments: [
    ("2017-06-07T17:00:00-07:00", "2017-06-08"), ("2017-06-07T16:59:59-07:00", "2017-06-07"),
    ("2017-06-07T01:59:59+02:00", "2017-06-06"), ("2017-06-07T02:00:00+0200", "2017-06-07"),
    ("2017-12-31T23:00:00-01", "2018-01-01"), ("2017-01-01T00:00:00+00:00", "2017-01-01"),
  ])
  func `moves a time with an offset to the UTC day`(text: String, day: String) {
    #expect(ParsedDate(text) == CalendarDay(day).map { .day($0) })
  }

  @Test func `reads the documented sample with spaces inside the time`() {
    #expect(ParsedDate("2015-11-25T06: 41: 12Z") == .day(day("2015-11-25")))
  }

  @Test(arguments: ["", "   ", "0001-01-01T00:00:00", "0001-01-01"])
  func `takes nothing and the year 1 for unset`(text: String) {
    #expect(ParsedDate(text) == .unset)
  }

  @Test(arguments: ["9999-12-31T00:00:00", "2100-01-01", "9999-12-31T23:59:59.9999999Z"])
  func `takes years from 2100 on for no end`(text: String) {
    #expect(ParsedDate(text) == .noEnd)
  }

  /// Found by fuzzing: the year was judged before the offset moved the date out of it.
  @Test func `judges the year of the UTC day`() {
    #expect(ParsedDate("2099-12-31 17:00-07:00") == .noEnd)
    #expect(ParsedDate("2100-01-01T00:00:00+01:00") == .day(day("2099-12-31")))
    #expect(ParsedDate("0001-01-01T00:00:00+14:00") == .unset)
    #expect(ParsedDate("0001-01-01T00:00:00-14:00") == .unset)
  }

  @Test func `takes 2099 for a date`() {
    #expect(ParsedDate("2099-12-31") == .day(day("2099-12-31")))
  }

  @Test(arguments: [
    "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-32", "01/02/2025", "2025-1-2", "20250102",
    "yesterday", "2025-01-01T25:00:00", "2025-01-01T10:61:00", "2025-01-01T10:00:61",
    "2025-01-01T10", "2025-01-01T10:00:00.Z", "2025-01-01T10:00:00+15:00", "2025-01-01x",
    "2025-01-01T10:00:00Zx", "0000-00-00", "2025-01-01T10:00:00+02:75", "-2025-01-01",
  ])
  func `tells an impossible date from a missing one`(text: String) {
    #expect(ParsedDate(text) == .invalid)
  }

  @Test func `agrees with the calendar on every day of two centuries`() {
    for number in Int32(-36_000)..<Int32(47_000) {
      let day = CalendarDay(daysSinceEpoch: number)
      #expect(ParsedDate("\(day)T12:00:00.5Z") == .day(day))
    }
  }
}
