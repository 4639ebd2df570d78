internal import Glibc
internal import History

/// What is counted of one cohort on one day, in whole numbers: sums of parts are exact in any order.
struct CohortSum: Sendable, Hashable {
  /// Active subscriptions.
  var present = 0
  /// Those lost in the last 28 and 91 days.
  var lost28 = 0
  var lost91 = 0
  /// Over the present: days with usage among the last 28.
  var activeDays = 0

  static let lossWindows = [28, 91]

  /// One subscription.
  init(_ standing: CohortStanding, _ use: RecentUse, on day: CalendarDay) {
    switch standing {
    case .present:
      present = 1
      activeDays = use.recentActiveDays
    case .lost(let since):
      lost28 = day - since < 28 ? 1 : 0
      lost91 = day - since < 91 ? 1 : 0
    }
  }

  init() {}

  static func += (sum: inout Self, other: Self) {
    sum.present += other.present
    sum.lost28 += other.lost28
    sum.lost91 += other.lost91
    sum.activeDays += other.activeDays
  }

  static func - (sum: Self, other: Self) -> Self {
    var difference = sum
    difference.present -= other.present
    difference.lost28 -= other.lost28
    difference.lost91 -= other.lost91
    difference.activeDays -= other.activeDays
    return difference
  }

  /// Subscriptions lost in the last `days` days, 28 or 91.
  func lost(inLast days: Int) -> Int { days <= 28 ? lost28 : lost91 }

  var isEmpty: Bool { present == 0 && lost91 == 0 }
}

/// What is counted of one service in one cohort on one day.
struct ServiceSum: Sendable, Hashable {
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
    logQuantity = Int64((log2(use.recentQuantity) * Self.steps).rounded())
  }

  static let steps = 1_024.0

  static func += (sum: inout Self, other: Self) {
    sum.users28 += other.users28
    sum.users91 += other.users91
    sum.logQuantity += other.logQuantity
  }

  /// Subscriptions that used the service in the last `days` days, 28 or 91.
  func users(inLast days: Int) -> Int { Int(days <= 28 ? users28 : users91) }
}

/// One cohort on one day.
struct Cohort: Sendable {
  var sum = CohortSum()
  /// The services that were used, by number.
  var services: [(number: Int32, sum: ServiceSum)] = []
}
