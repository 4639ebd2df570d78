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
  private(set) var services: [Service] = []
  /// Days with usage among the last 28.
  private(set) var recentActiveDays = 0
  /// Lines of the 91 days: all, those for development and tests, and reserved ones.
  private(set) var lines = 0
  private(set) var devTestLines = 0
  private(set) var reservedLines = 0
  /// Different meters of the last 28 and 91 days.
  private(set) var recentMeterCount = 0
  private(set) var meterCount = 0
  /// Different regions used in the 91 days.
  private(set) var regionCount = 0
  /// Week by week, the last one first.
  private(set) var weekly = WeeklyIndex()
  /// How the last week compares with the usual one; see `WeeklyIndex.logRatioToMedian`.
  private(set) var weekChange = Double.nan

  init() {}

  /// - Parameters:
  ///   - known: what was known on L.
  ///   - last: L − lag.
  init(_ known: KnownUsage, through last: CalendarDay) {
    let first = known.firstIndex(from: last - (Self.longestDays - 1))
    let recent = known.firstIndex(from: last - (Self.recentDays - 1))
    recentActiveDays = known.count - recent
    let settled = known.settledCount
    services = known.timeline.services.uses(
      before: settled, from: min(first, settled), recent: min(recent, settled), known.meters)
    if let open = known.openLines {
      addServices(of: open, behind: settled, from: first, recent: recent, known.meters)
    }
    if first < known.count {
      if let meterLines = known.timeline.meterLines {
        addLines(meterLines, known, from: first, recent: recent)
      }
      weekly = WeeklyIndex(since: known.day(0), through: last)
      if weekly.isComparable {
        known.forEachPart(ofDays: first..<known.count) { usage, days in
          Self.add(usage, days, through: last, known.meters, services, to: &weekly)
        }
        weekChange = weekly.logRatioToMedian
      }
    }
    if services.contains(where: { $0.quantityKnown == 0 }) {
      services.removeAll { $0.quantityKnown == 0 }
    }
  }

  /// Adds lines behind those of the settled days, one by one.
  private mutating func addServices(
    of open: DailyUsage, behind settled: Int, from first: Int, recent: Int,
    _ meters: SubscriptionMeters
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

  /// Counts lines, meters and regions.
  private mutating func addLines(
    _ settledLines: MeterLineCounts, _ known: KnownUsage, from first: Int, recent: Int
  ) {
    let meters = known.meters
    let settled = known.settledCount
    var (used, usedRecently, regions) = (SmallNumbers(), SmallNumbers(), SmallNumbers())
    func add(_ place: Int, _ count: Int) {
      lines += count
      if meters.devTestPlaces.contains(place) { devTestLines += count }
      if meters.reservedPlaces.contains(place) { reservedLines += count }
      used.insert(place)
      let region = Int(meters.regionOfPlace[place])
      if region >= 0 { regions.insert(region) }
    }
    settledLines.forEachUsed(onDays: min(first, settled)..<settled, add)
    settledLines.forEachUsed(onDays: min(recent, settled)..<settled) { place, _ in
      usedRecently.insert(place)
    }
    if let open = known.openLines {
      for day in open.days.indices where settled + day >= first {
        for line in open.firstLine(ofDay: day)..<open.lineEnds[day] {
          add(Int(open.places[line]), 1)
          if settled + day >= recent { usedRecently.insert(Int(open.places[line])) }
        }
      }
    }
    (meterCount, recentMeterCount, regionCount) = (used.count, usedRecently.count, regions.count)
  }

  /// Adds the lines of some days to their weeks, each as a share of its service.
  private static func add(
    _ usage: DailyUsage, _ numbers: Range<Int>, through last: CalendarDay,
    _ meters: SubscriptionMeters, _ services: [Service], to weekly: inout WeeklyIndex
  ) {
    let (dates, ends) = (usage.days.span, usage.lineEnds.span)
    let (places, quantities) = (usage.places.span, usage.quantities.span)
    let serviceOfPlace = meters.serviceOfPlace
    let services = services.span
    var line = usage.firstLine(ofDay: numbers.lowerBound)
    var week = WeeklyIndex.mostWeeks
    var sum = 0.0
    for number in numbers {
      let weekOfDay = (last - dates[number]) / 7
      if weekOfDay != week {
        weekly[week] = sum
        (week, sum) = (weekOfDay, weekly[weekOfDay])
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
