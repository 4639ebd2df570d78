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
    let quantityKnown: Double
    /// In the last 91 days, ≥ 0.
    fileprivate(set) var quantity = 0.0
    /// In the last 28 of them, ≥ 0.
    fileprivate(set) var recentQuantity = 0.0
    /// The first and the last day of the 91 that used it, counted back from the last.
    fileprivate var firstDaysBack = Int32.min
    fileprivate var lastDaysBack = Int32.max

    /// Whether it was used on at least two of the 91 days.
    var isRegular: Bool { firstDaysBack > lastDaysBack }

    /// Adds a line, behind those of earlier days.
    fileprivate mutating func add(_ line: Double, daysBack: Int32, isRecent: Bool) {
      quantity += line
      recentQuantity += isRecent ? line : 0
      firstDaysBack = max(firstDaysBack, daysBack)
      lastDaysBack = daysBack
    }
  }

  /// The lines of one meter in the 91 days.
  private struct MeterUse {
    var lines: Int32 = 0
    var isRecent = false
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
  ///   - traits: of the history's meters.
  init(_ known: KnownUsage, through last: CalendarDay, _ traits: MeterTraits) {
    let meters = known.meters
    services.reserveCapacity(meters.services.count)
    for index in meters.services.indices {
      services.append(
        Service(
          number: meters.services[index], index: Int32(index),
          quantityKnown: known.total(ofService: index)))
    }
    let first = known.firstIndex(from: last - (Self.longestDays - 1))
    if first < known.count {
      var uses = Array(repeating: MeterUse(), count: meters.numbers.count)
      known.forEachPart(ofDays: first..<known.count) { usage, days in
        recentActiveDays += Self.add(usage, days, through: last, meters, to: &services, &uses)
      }
      addTraits(of: uses, meters, traits)
      weekly = WeeklyIndex(since: known.day(0), through: last)
      if weekly.isComparable {
        known.forEachPart(ofDays: first..<known.count) { usage, days in
          Self.add(usage, days, through: last, meters, services, to: &weekly)
        }
        weekChange = weekly.logRatioToMedian
      }
    }
    if services.contains(where: { $0.quantityKnown == 0 }) {
      services.removeAll { $0.quantityKnown == 0 }
    }
  }

  /// Adds the lines of some days to those of their services and meters.
  ///
  /// - Returns: how many of the days are among the last 28.
  private static func add(
    _ usage: DailyUsage, _ numbers: Range<Int>, through last: CalendarDay,
    _ meters: SubscriptionMeters, to services: inout [Service], _ uses: inout [MeterUse]
  ) -> Int {
    let (dates, ends) = (usage.days.span, usage.lineEnds.span)
    let (places, quantities) = (usage.places.span, usage.quantities.span)
    let serviceOfPlace = meters.serviceOfPlace
    var services = services.mutableSpan
    var uses = uses.mutableSpan
    var recentCount = 0
    var line = usage.firstLine(ofDay: numbers.lowerBound)
    for number in numbers {
      let daysBack = Int32(truncatingIfNeeded: last - dates[number])
      let isRecent = daysBack < Self.recentDays
      if isRecent { recentCount += 1 }
      while line < ends[number] {
        let place = Int(places[line])
        let service = Int(serviceOfPlace[place])
        services[service].add(quantities[line], daysBack: daysBack, isRecent: isRecent)
        uses[place].lines += 1
        uses[place].isRecent = isRecent
        line += 1
      }
    }
    return recentCount
  }

  private mutating func addTraits(
    of uses: [MeterUse], _ meters: SubscriptionMeters, _ traits: MeterTraits
  ) {
    var regions: [Int32] = []
    for place in uses.indices where uses[place].lines > 0 {
      let meter = Int(meters.numbers[place])
      let count = Int(uses[place].lines)
      lines += count
      meterCount += 1
      if uses[place].isRecent { recentMeterCount += 1 }
      if traits.isDevTest[meter] { devTestLines += count }
      if traits.isReserved[meter] { reservedLines += count }
      let region = traits.regions[meter]
      if region >= 0, !regions.contains(region) { regions.append(region) }
    }
    regionCount = regions.count
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
    for number in numbers {
      let week = (last - dates[number]) / 7
      while line < ends[number] {
        let service = Int(serviceOfPlace[Int(places[line])])
        weekly.add(quantities[line] / services[service].quantity, week: week)
        line += 1
      }
    }
  }
}

extension RecentUse {
  /// What was used through L − `lag`, as known on L.
  init(_ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, _ traits: MeterTraits) {
    let last = landmark - lag
    self.init(
      KnownUsage(timeline, on: landmark, lag: lag, through: last), through: last, traits)
  }
}
