internal import History

/// What is counted of a group of subscriptions on one day.
struct LossCounts: SummableCounts, Hashable {
  /// Active subscriptions.
  private(set) var present: Int32 = 0
  /// Those lost in the last 28 and 91 days.
  private(set) var lost28: Int32 = 0
  private(set) var lost91: Int32 = 0
  /// Over the present: days with usage among the last 28.
  private(set) var activeDays: Int32 = 0
  /// The present of which auto-renew is known, and those that renew.
  private(set) var autoRenewKnown: Int32 = 0
  private(set) var autoRenewOn: Int32 = 0

  init() {}

  /// One subscription.
  init(
    _ standing: CohortStanding, _ autoRenew: Bool?, _ use: RecentUse, on day: CalendarDay
  ) {
    switch standing {
    case .present:
      present = 1
      activeDays = use.activeDays
      autoRenewKnown = autoRenew == nil ? 0 : 1
      autoRenewOn = autoRenew ?? false ? 1 : 0
    case .lost(let since):
      lost28 = day - since < 28 ? 1 : 0
      lost91 = day - since < 91 ? 1 : 0
    }
  }

  static func += (sum: inout Self, other: Self) { sum.combine(other, &+) }

  static func - (sum: Self, other: Self) -> Self {
    var difference = sum
    difference.combine(other, &-)
    return difference
  }

  @inline(__always)
  private mutating func combine(_ other: Self, _ operation: (Int32, Int32) -> Int32) {
    present = operation(present, other.present)
    lost28 = operation(lost28, other.lost28)
    lost91 = operation(lost91, other.lost91)
    activeDays = operation(activeDays, other.activeDays)
    autoRenewKnown = operation(autoRenewKnown, other.autoRenewKnown)
    autoRenewOn = operation(autoRenewOn, other.autoRenewOn)
  }

  /// Subscriptions lost in the last `days` days, 28 or 91.
  func lost(inLast days: Int) -> Int32 { days <= 28 ? lost28 : lost91 }

  /// The share lost in the last `days` days, drawn towards `usual` as by twenty subscriptions.
  ///
  /// A group of two says little of its own.
  func lostShare(inLast days: Int, usual: Double) -> Double {
    let lost = Double(lost(inLast: days))
    return (lost + Self.prior * usual) / (Double(present) + lost + Self.prior)
  }

  private static let prior = 20.0

  var isEmpty: Bool { present == 0 && lost91 == 0 }
}
