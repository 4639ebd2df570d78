internal import History

/// One subscription's lines added up week by week.
///
/// Every window that features look at is a whole number of weeks: sums over lines become sums over a few
/// weeks, and weeks that end on the same day of the week are added up once for all landmarks.
///
/// ```
///   week            0     1     2   …          n − 1
///   firstDay ├─────┼─────┼─────┼─ … ─┼─────┤ the last landmark's last day of usage
///   quantities   one for each place and week
///   totals       up to the end of each week, and up to firstDay: of each service
///   counts       the same: of all lines
/// ```
/// Whole numbers are kept as totals, of which differences are exact. Quantities are kept week by week: the
/// sum of a window is the same whatever came before it.
final class UsageWeeks: Sendable {
  /// No feature looks back further.
  static let longest = 26

  /// Totals over all lines.
  struct Counts: Sendable {
    /// Days with usage, and those of them that are Saturdays or Sundays.
    fileprivate(set) var days: Int32 = 0
    fileprivate(set) var weekendDays: Int32 = 0
    /// Weeks with usage.
    fileprivate(set) var weeks: Int32 = 0
    fileprivate(set) var lines: Int32 = 0
    /// Lines for development and tests, and those that a reservation paid for.
    fileprivate(set) var devTestLines: Int32 = 0
    fileprivate(set) var reservedLines: Int32 = 0
  }

  /// Totals over the lines of one service.
  struct ServiceTotals: Sendable {
    /// In the unit of its meters.
    fileprivate(set) var quantity = 0.0
    /// Days with usage.
    fileprivate(set) var days: Int32 = 0
    /// log₂ of the quantity; see `ServiceSum.logSteps`.
    fileprivate(set) var logSteps: Int32 = 0
  }

  let span: WeekSpan
  let serviceCount: Int
  /// Place by place, one for each week; empty where nobody asks for places.
  let quantities: [Double]
  /// Service by service, one for each week.
  let serviceQuantities: [Double]
  /// Week by week, after those of all that was before the first one: one for each service.
  let serviceTotals: [ServiceTotals]
  /// Week by week, after that of all that was before the first one.
  let counts: [Counts]

  /// - Parameters:
  ///   - usage: lines, of which those of days after the span do not count.
  ///   - dayCount: how many of the days count, from the first one on.
  ///   - meters: of the subscription.
  ///   - span: the weeks.
  ///   - hasPlaces: whether anybody asks for places.
  init(
    _ usage: DailyUsage, dayCount: Int, _ meters: SubscriptionMeters, _ span: WeekSpan,
    hasPlaces: Bool
  ) {
    let (weekCount, serviceCount) = (span.count, meters.services.count)
    var quantities = Array(
      repeating: 0.0, count: hasPlaces ? meters.numbers.count * weekCount : 0)
    var serviceQuantities = Array(repeating: 0.0, count: serviceCount * weekCount)
    var serviceTotals = Array(
      repeating: ServiceTotals(), count: serviceCount * (weekCount + 1))
    var counts: [Counts] = []
    counts.reserveCapacity(weekCount + 1)
    let (days, ends) = (usage.days.span, usage.lineEnds.span)
    let (places, lineQuantities) = (usage.places.span, usage.quantities.span)
    let placeServices = meters.serviceOfPlace
    let serviceOfPlace = placeServices.span
    let (devTest, reserved) = (meters.devTestPlaces, meters.reservedPlaces)
    let hasTraits = !devTest.isEmpty || !reserved.isEmpty
    var byPlace = quantities.mutableSpan
    var byService = serviceQuantities.mutableSpan
    var totals = serviceTotals.mutableSpan
    var allLastDays = Array(repeating: -1, count: serviceCount)
    var lastDays = allLastDays.mutableSpan
    var total = Counts()
    var (day, line, weekOfDay) = (0, 0, Int.min)
    // Days before the span come first, all together.
    for week in -1..<weekCount {
      let weekEnd = span.firstDay + (7 * week + 6)
      let row = (week + 1) * serviceCount
      if week >= 0 {
        precondition(row + serviceCount <= totals.count, "UsageWeeks: too few totals")
        for entry in row..<row + serviceCount {
          unsafe totals[unchecked: entry] = totals[unchecked: entry &- serviceCount]
        }
      }
      let firstDay = day
      while day < dayCount, days[day] <= weekEnd {
        let present = week >= 0 ? week : -1 - (weekEnd - days[day]) / 7
        if present != weekOfDay { total.weeks += 1 }
        weekOfDay = present
        if days[day].weekday >= 5 { total.weekendDays += 1 }
        total.lines += Int32(ends[day] - line)
        while line < ends[day] {
          let (place, quantity) = (Int(places[line]), lineQuantities[line])
          let service = Int(serviceOfPlace[place])
          if week >= 0 {
            if hasPlaces { byPlace[place * weekCount + week] += quantity }
            byService[service * weekCount + week] += quantity
          }
          totals[row + service].quantity += quantity
          if lastDays[service] != day { totals[row + service].days += 1 }
          lastDays[service] = day
          if hasTraits {
            if devTest.contains(place) { total.devTestLines += 1 }
            if reserved.contains(place) { total.reservedLines += 1 }
          }
          line += 1
        }
        day += 1
      }
      total.days += Int32(day - firstDay)
      // Nobody looks at the totals of earlier weeks.
      if week >= Self.longest - 1, day > firstDay || week == Self.longest - 1 {
        for service in 0..<serviceCount
        where lastDays[service] >= (week == Self.longest - 1 ? 0 : firstDay) {
          totals[row + service].logSteps = Int32(
            ServiceSum.logSteps(totals[row + service].quantity))
        }
      }
      counts.append(total)
    }
    (self.span, self.serviceCount) = (span, serviceCount)
    (self.quantities, self.serviceQuantities) = (quantities, serviceQuantities)
    (self.serviceTotals, self.counts) = (serviceTotals, counts)
  }
}
