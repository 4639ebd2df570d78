internal import History

/// The usage of one subscription in a period, as it was known on a day.
struct UsedSubscription: Sendable {
  /// What was used of one meter.
  struct Sum: Sendable {
    var quantity = 0.0
    /// In the currency of the meter; nil where no line had a cost.
    var cost: Double?
  }

  /// By the number of the meter.
  private(set) var sums: [Int32: Sum] = [:]
  /// The last day with usage up to the day on which one looks.
  private(set) var lastDay: CalendarDay?
  /// Which buckets of the period have usage.
  private(set) var usedBuckets: Set<Int> = []
  /// Days of the period with usage; a day counts once.
  private(set) var usedDays = 0

  /// Whether anything was used in the period.
  var isUsed: Bool { !usedBuckets.isEmpty }

  /// Usage counts from its own day on, or from the day of the dated export that brought or corrected it.
  ///
  /// - Parameters:
  ///   - history: cut at the day on which one looks.
  ///   - period: its days and the day on which one looks.
  ///   - buckets: of the period.
  init(_ history: SubscriptionHistory, _ period: PagePeriod, _ buckets: [DayBucket]) {
    let usage = history.usage
    var row = 0
    var lastUsedDay: CalendarDay?
    while row < usage.count, usage.days[row] <= period.asOf {
      let (day, meter) = (usage.days[row], usage.meters[row])
      var end = row
      var known: Int?
      while end < usage.count, usage.days[end] == day, usage.meters[end] == meter {
        if usage.firstKnown[end] <= period.asOf { known = end }
        end += 1
      }
      row = end
      guard let known else { continue }
      let quantity = usage.quantities[known]
      if quantity > 0 { lastDay = max(lastDay ?? day, day) }
      guard period.contains(day) else { continue }
      let cost = usage.costs.isEmpty ? Double.nan : usage.costs[known]
      guard quantity > 0 || !cost.isNaN else { continue }
      sums[meter, default: Sum()].quantity += quantity
      if !cost.isNaN { sums[meter, default: Sum()].cost = (sums[meter]?.cost ?? 0) + cost }
      guard quantity > 0 else { continue }
      if let bucket = buckets.index(of: day) { usedBuckets.insert(bucket) }
      if lastUsedDay != day { (usedDays, lastUsedDay) = (usedDays + 1, day) }
    }
    // Where no usage was imported, the rows' own last day of usage is all that is known.
    for observation in history.observations {
      guard let last = observation.lastUsageDate.map({ min($0, observation.day) }) else { continue }
      lastDay = max(lastDay ?? last, last)
      if period.contains(last), let bucket = buckets.index(of: last) { usedBuckets.insert(bucket) }
    }
  }
}
