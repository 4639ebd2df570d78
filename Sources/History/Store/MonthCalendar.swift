/// Splits days into months and days of the month; remembers the month it was asked about last.
struct MonthCalendar {
  private var firstDay: Int32 = 0
  private var length: Int32 = 0
  private var month: Int32 = 0

  /// The month as year · 12 + month - 1, and the day of the month from 1.
  mutating func split(_ daysSinceEpoch: Int32) -> (month: Int32, dayOfMonth: UInt8) {
    if daysSinceEpoch < firstDay || daysSinceEpoch >= firstDay + length {
      let civil = CalendarDay(daysSinceEpoch: daysSinceEpoch).civil
      month = Int32(civil.year * 12 + civil.month - 1)
      firstDay = daysSinceEpoch - Int32(civil.day - 1)
      length = Int32(CalendarDay.length(ofMonth: civil.month, year: civil.year))
    }
    return (month, UInt8(daysSinceEpoch - firstDay + 1))
  }

  /// The day before the first day of a month, so that adding a day of the month gives a day.
  static func dayBefore(month: Int32) -> Int32 {
    let first = CalendarDay(year: Int(month) / 12, month: Int(month) % 12 + 1, day: 1)
    return (first?.daysSinceEpoch ?? 0) - 1
  }
}
