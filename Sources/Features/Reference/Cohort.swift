internal import Glibc
internal import History

/// What is counted of a group of subscriptions on one day.
struct LossCounts: SummableCounts, Hashable {
  /// Active subscriptions.
  var present = 0
  /// Those lost in the last 28 and 91 days.
  var lost28 = 0
  var lost91 = 0
  /// Over the present: days with usage among the last 28.
  var activeDays = 0
  /// The present of which auto-renew is known, and those that renew.
  var autoRenewKnown = 0
  var autoRenewOn = 0

  init() {}

  /// One subscription.
  init(
    _ standing: CohortStanding, _ state: SubscriptionState, _ use: RecentUse, on day: CalendarDay
  ) {
    switch standing {
    case .present:
      present = 1
      activeDays = use.recentActiveDays
      autoRenewKnown = state.autoRenewEnabled == nil ? 0 : 1
      autoRenewOn = state.autoRenewEnabled ?? false ? 1 : 0
    case .lost(let since):
      lost28 = day - since < 28 ? 1 : 0
      lost91 = day - since < 91 ? 1 : 0
    }
  }

  static func += (sum: inout Self, other: Self) { sum.combine(other, +) }

  static func - (sum: Self, other: Self) -> Self {
    var difference = sum
    difference.combine(other, -)
    return difference
  }

  private mutating func combine(_ other: Self, _ operation: (Int, Int) -> Int) {
    present = operation(present, other.present)
    lost28 = operation(lost28, other.lost28)
    lost91 = operation(lost91, other.lost91)
    activeDays = operation(activeDays, other.activeDays)
    autoRenewKnown = operation(autoRenewKnown, other.autoRenewKnown)
    autoRenewOn = operation(autoRenewOn, other.autoRenewOn)
  }

  /// Subscriptions lost in the last `days` days, 28 or 91.
  func lost(inLast days: Int) -> Int { days <= 28 ? lost28 : lost91 }

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

/// What is counted of one service in one cohort on one day.
struct ServiceSum: SummableCounts, Hashable {
  /// Present subscriptions that used it in the last 28 and 91 days.
  var users28: Int32 = 0
  var users91: Int32 = 0
  /// Over the users of the last 28 days: log₂ of what they used, in 1/1,024.
  var logQuantity: Int64 = 0

  init() {}

  /// One user.
  init(_ use: RecentUse.Service) {
    users91 = 1
    guard use.recentQuantity > 0 else { return }
    users28 = 1
    // Sums of the largest numbers there are may be infinite.
    logQuantity = Int64((min(log2(use.recentQuantity), 1_100) * Self.steps).rounded())
  }

  static let steps = 1_024.0

  static func += (sum: inout Self, other: Self) {
    sum.users28 += other.users28
    sum.users91 += other.users91
    sum.logQuantity += other.logQuantity
  }

  /// Subscriptions that used the service in the last `days` days, 28 or 91.
  func users(inLast days: Int) -> Int { Int(days <= 28 ? users28 : users91) }

  var isEmpty: Bool { users91 == 0 }
}

/// One cohort on one day.
struct Cohort: Sendable {
  let counts: LossCounts
  /// The services that were used, by number.
  let services: [(number: Int32, sum: ServiceSum)]
  /// Those that may be common among the others of any member, by number: in 28 and in 91 days.
  private let common28: [(number: Int32, users: Int)]
  private let common91: [(number: Int32, users: Int)]

  /// A service that this share of the others uses is common.
  static let commonShare = 0.4

  init(counts: LossCounts, services: [(number: Int32, sum: ServiceSum)]) {
    self.counts = counts
    self.services = services
    func common(inLast days: Int) -> [(number: Int32, users: Int)] {
      services.compactMap { number, sum in
        let users = sum.users(inLast: days)
        let isCommon = users > 0 && Double(users) >= Self.commonShare * Double(counts.present - 1)
        return isCommon ? (number, users) : nil
      }
    }
    common28 = common(inLast: 28)
    common91 = common(inLast: 91)
  }

  /// Services with their users that may be common among the others of any member; 28 or 91 days.
  func maybeCommon(inLast days: Int) -> [(number: Int32, users: Int)] {
    days <= 28 ? common28 : common91
  }
}
