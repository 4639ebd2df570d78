internal import History

/// What a subscription used in the 91 days through L − lag, service by service, and which services it has
/// ever used.
///
/// The same walk makes the numbers of one subscription and, added up, those of all others, so that both
/// speak of the same days. Where all usage ends earlier, it ends for everyone, and a comparison of one
/// with the others stays fair.
struct RecentUse: Sendable {
  /// How far back use is looked at, and how far back it is called recent, in days.
  static let longestDays = 91
  static let recentDays = 28

  /// What was used of one service, in the unit of its meters.
  struct Service: Sendable {
    /// As in `MeterTraits.services`.
    let number: Int32
    /// Its index in `SubscriptionMeters.services`.
    let index: Int32
    /// On all days known, > 0.
    var quantityKnown = 0.0
    /// In the last 91 days, ≥ 0.
    var quantity = 0.0
    /// In the last 28 of them, ≥ 0.
    var recentQuantity = 0.0
    /// The numbers of the first and the last active day of the 91 that used it; -1 without one.
    var firstDay: Int32 = -1
    var lastDay: Int32 = -1

    /// Whether it was used on at least two of the 91 days.
    var isRegular: Bool { lastDay > firstDay }
  }

  /// All that were used on any day known, by number.
  let services: [Service]
  /// Days with usage among the last 28.
  let recentActiveDays: Int
  /// What the lines of the 91 days tell without their quantities.
  let lines: RecentLines
  /// Week by week, the last one first.
  let weekly: WeeklyIndex
  /// How the last week compares with the usual one; see `WeeklyIndex.logRatioToMedian`.
  let weekChange: Double

  /// No use.
  init() {
    (services, recentActiveDays, lines) = ([], 0, RecentLines())
    (weekly, weekChange) = (WeeklyIndex(), .nan)
  }

  /// - Parameters:
  ///   - known: what was known on L.
  ///   - last: L − lag.
  init(_ known: KnownUsage, through last: CalendarDay) {
    let first = known.firstIndex(from: last - (Self.longestDays - 1))
    let recent = known.firstIndex(from: last - (Self.recentDays - 1))
    recentActiveDays = known.count - recent
    let settled = known.settledCount
    var services = known.timeline.services.uses(
      before: settled, from: min(first, settled), recent: min(recent, settled), known.meters)
    if let open = known.openLines {
      Self.add(open, behind: settled, from: first, recent: recent, known.meters, to: &services)
    }
    var (lines, weekly) = (RecentLines(), WeeklyIndex())
    if first < known.count {
      if let meterLines = known.timeline.meterLines {
        lines = RecentLines(meterLines, known, from: first, recent: recent)
      }
      weekly = WeeklyIndex(since: known.day(0), through: last)
      if weekly.isComparable {
        known.forEachPart(ofDays: first..<known.count) { usage, days in
          Self.add(usage, days, through: last, known.meters, services, to: &weekly)
        }
      }
    }
    if services.contains(where: { $0.quantityKnown == 0 }) {
      services.removeAll { $0.quantityKnown == 0 }
    }
    (self.services, self.lines, self.weekly) = (services, lines, weekly)
    weekChange = weekly.logRatioToMedian
  }

  /// Adds lines behind those of the settled days, one by one.
  private static func add(
    _ open: DailyUsage, behind settled: Int, from first: Int, recent: Int,
    _ meters: SubscriptionMeters, to services: inout [Service]
  ) {
    for day in open.days.indices {
      let number = settled + day
      for line in open.firstLine(ofDay: day)..<open.lineEnds[day] {
        let service = Int(meters.serviceOfPlace[Int(open.places[line])])
        let quantity = open.quantities[line]
        services[service].quantityKnown += quantity
        guard number >= first else { continue }
        services[service].quantity += quantity
        if number >= recent { services[service].recentQuantity += quantity }
        if services[service].firstDay < 0 { services[service].firstDay = Int32(number) }
        services[service].lastDay = Int32(number)
      }
    }
  }

  /// Adds the lines of some days to their weeks, each as a share of its service.
  private static func add(
    _ usage: DailyUsage, _ numbers: Range<Int>, through last: CalendarDay,
    _ meters: SubscriptionMeters, _ services: [Service], to weekly: inout WeeklyIndex
  ) {
    let (dates, ends) = (usage.days.span, usage.lineEnds.span)
    let (places, quantities) = (usage.places.span, usage.quantities.span)
    let placeServices = meters.serviceOfPlace
    let serviceOfPlace = placeServices.span
    let services = services.span
    var line = usage.firstLine(ofDay: numbers.lowerBound)
    // The lines before may have begun the first week; all later ones begin here.
    var week = (last - dates[numbers.lowerBound]) / 7
    var weekEnd = last - 7 * week
    var sum = weekly[week]
    for number in numbers {
      if dates[number] > weekEnd {
        weekly[week] = sum
        week = (last - dates[number]) / 7
        (weekEnd, sum) = (last - 7 * week, 0)
      }
      while line < ends[number] {
        let service = Int(serviceOfPlace[Int(places[line])])
        sum += quantities[line] / services[service].quantity
        line += 1
      }
    }
    weekly[week] = sum
  }
}

extension RecentUse {
  /// What was used through L − `lag`, as known on L.
  init(_ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int) {
    let last = landmark - lag
    self.init(KnownUsage(timeline, on: landmark, lag: lag, through: last), through: last)
  }
}
