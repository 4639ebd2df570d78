internal import Glibc
internal import History

/// The other subscriptions of one subscription's cohort, in numbers: the cohort less itself.
struct CohortPeers: Sendable {
  /// How many others it takes to say what is usual.
  static let fewestPeers = 10
  /// A service that this share of the others uses is common.
  static let commonShare = 0.4
  /// The cohort's share of losses weighs as much against that of its whole source as this many
  /// subscriptions do: a cohort of two says little of its own.
  static let sharePrior = 20.0

  private let others: CohortSum
  private let wholeOthers: CohortSum
  private let services: [(number: Int32, sum: ServiceSum)]
  private let use: RecentUse
  /// 1 when the subscription itself is among those who are counted.
  private let ownCount: Int

  /// - Parameters:
  ///   - cohort: all of it, with the subscription itself.
  ///   - whole: the sum of all cohorts of the source.
  ///   - standing: how the subscription itself is counted; nil when it is not.
  ///   - use: its own.
  ///   - day: the landmark.
  init(
    _ cohort: Cohort, whole: CohortSum, standing: CohortStanding?, use: RecentUse,
    on day: CalendarDay
  ) {
    let own = standing.map { CohortSum($0, use, on: day) } ?? CohortSum()
    others = cohort.sum - own
    wholeOthers = whole - own
    services = cohort.services
    self.use = use
    ownCount = own.present
  }

  /// The share of the others that were lost in the last `days` days, drawn towards that of the source.
  func lostShare(inLast days: Int) -> Double {
    let (lost, wholeLost) = (others.lost(inLast: days), wholeOthers.lost(inLast: days))
    let (all, wholeAll) = (others.present + lost, wholeOthers.present + wholeLost)
    guard wholeAll >= Self.fewestPeers else { return .nan }
    let usual = Double(wholeLost) / Double(wholeAll)
    return (Double(lost) + Self.sharePrior * usual) / (Double(all) + Self.sharePrior)
  }

  /// How many services at least 40 % of the others used in the last `days` days, and how many of these
  /// the subscription did not use; nil with too few others.
  func commonServices(inLast days: Int) -> (count: Int, missed: Int)? {
    guard others.present >= Self.fewestPeers else { return nil }
    let enough = Self.commonShare * Double(others.present)
    var (count, missed) = (0, 0)
    var next = 0
    for (number, sum) in services {
      while next < use.services.count, use.services[next].number < number { next += 1 }
      var isUsed = false
      if next < use.services.count, use.services[next].number == number {
        isUsed = days > RecentUse.recentDays || use.services[next].recentQuantity > 0
      }
      let users = sum.users(inLast: days) - (isUsed ? ownCount : 0)
      guard users > 0, Double(users) >= enough else { continue }
      count += 1
      if !isUsed { missed += 1 }
    }
    return (count, missed)
  }

  /// Days with usage among the last 28, less the mean of the others; NaN with too few others.
  var activeDaysAbove: Double {
    guard others.present >= Self.fewestPeers else { return .nan }
    return Double(use.recentActiveDays) - Double(others.activeDays) / Double(others.present)
  }

  /// What was used in the last 28 days against the others who used the same: the mean, over the services
  /// that enough others used, of ln(own quantity / geometric mean of theirs); NaN when there are none.
  var level: Double {
    var (sum, count) = (0.0, 0)
    var next = 0
    for own in use.services where own.recentQuantity > 0 {
      while next < services.count, services[next].number < own.number { next += 1 }
      guard next < services.count, services[next].number == own.number else { continue }
      let ownSum = ServiceSum(own)
      let users = Int(services[next].sum.users28) - ownCount
      guard users >= Self.fewestPeers else { continue }
      let theirs = services[next].sum.logQuantity - Int64(ownCount) * ownSum.logQuantity
      sum +=
        Double(ownSum.logQuantity) / ServiceSum.steps
        - Double(theirs) / ServiceSum.steps / Double(users)
      count += 1
    }
    return count > 0 ? sum / Double(count) * log(2) : .nan
  }
}
