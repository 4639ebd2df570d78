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
  /// Present subscriptions that used it in the last 28 and 91 days, and on any day known.
  var users28: Int32 = 0
  var users91: Int32 = 0
  var usersKnown: Int32 = 0
  /// Over the users of the last 28 days: log₂ of what they used, in 1/1,024.
  var logQuantity: Int64 = 0

  init() {}

  /// One user of any time; the last 91 days come on top.
  static var user: ServiceSum {
    var sum = ServiceSum()
    sum.usersKnown = 1
    return sum
  }

  /// One user of the last 91 days.
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
    sum.usersKnown += other.usersKnown
    sum.logQuantity += other.logQuantity
  }

  /// Subscriptions that used the service.
  func users(in window: PeerWindow) -> Int {
    switch window {
    case .days28: Int(users28)
    case .days91: Int(users91)
    case .known: Int(usersKnown)
    }
  }

  var isEmpty: Bool { usersKnown == 0 && users91 == 0 }
}

/// One cohort on one day.
struct Cohort: Sendable {
  let counts: LossCounts
  /// The services that were used, by number.
  let services: [(number: Int32, sum: ServiceSum)]
  /// For each window those that may be common among the others of any member, by number.
  private let common: [PeerWindow: [(number: Int32, users: Int)]]

  /// A service that this share of the others uses is common.
  static let commonShare = 0.4

  init(counts: LossCounts, services: [(number: Int32, sum: ServiceSum)]) {
    self.counts = counts
    self.services = services
    let enough = Self.commonShare * Double(counts.present - 1)
    var common: [PeerWindow: [(number: Int32, users: Int)]] = [:]
    for window in PeerWindow.allCases {
      common[window] = services.compactMap { number, sum in
        let users = sum.users(in: window)
        return users > 0 && Double(users) >= enough ? (number, users) : nil
      }
    }
    self.common = common
  }

  /// Services with their users that may be common among the others of any member.
  func maybeCommon(in window: PeerWindow) -> [(number: Int32, users: Int)] {
    common[window, default: []]
  }
}
