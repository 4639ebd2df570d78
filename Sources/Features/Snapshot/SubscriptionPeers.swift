internal import Glibc
internal import History

/// The other subscriptions like one, in numbers: every group less the subscription itself.
struct SubscriptionPeers: Sendable {
  /// How many others it takes to say what is usual.
  static let fewestPeers = 10

  /// Those of the same product and commitment end; nil when it is in no cohort.
  let cohort: LossCounts?
  /// Those of the same reseller; nil without one.
  let reseller: LossCounts?
  /// All of the source.
  let source: LossCounts
  /// The cohort with the subscription itself.
  private let alike: Cohort?
  private let use: RecentUse
  /// 1 when the subscription itself is among those who are counted.
  private let ownCount: Int

  /// - Parameters:
  ///   - timeline: the subscription's.
  ///   - count: how many of its observations were made up to the landmark.
  ///   - use: what it used.
  ///   - context: the landmark.
  init(
    _ timeline: SubscriptionTimeline, _ count: Int, use: RecentUse, at context: LandmarkContext
  ) {
    self.use = use
    guard count > 0 else {
      (cohort, reseller, source, alike, ownCount) = (nil, nil, LossCounts(), nil, 0)
      return
    }
    let last = timeline.history.observations[count - 1]
    let facts = timeline.facts[last.state]
    guard facts.isAzureOrUntyped else {
      (cohort, reseller, source, alike, ownCount) = (nil, nil, LossCounts(), nil, 0)
      return
    }
    let peers = context.peers
    let standing = CohortStanding(
      timeline, count, on: context.asOf, completeDays: context.completeDays)
    let own =
      standing.map { LossCounts($0, facts.state, use, on: context.asOf) } ?? LossCounts()
    alike = facts.cohort(of: last.source).flatMap { peers.cohorts[$0] }
    cohort = alike.map { $0.counts - own }
    reseller = facts.reseller(of: last.source).flatMap { peers.resellers[$0] }.map { $0 - own }
    source = (peers.sources[last.source] ?? own) - own
    ownCount = own.present
  }

  /// The share of a group that was lost in the last `days` days, drawn towards that of the source.
  ///
  /// - Parameters:
  ///   - group: the cohort or the reseller.
  ///   - days: 28 or 91.
  /// - Returns: NaN without a group, and with fewer than ten others in the source.
  func lostShare(of group: LossCounts?, inLast days: Int) -> Double {
    let lost = source.lost(inLast: days)
    guard let group, source.present + lost >= Self.fewestPeers else { return .nan }
    return group.lostShare(
      inLast: days, usual: Double(lost) / Double(source.present + lost))
  }

  /// How many services at least 40 % of the others used in a window, and how many of these the
  /// subscription did not use in it; nil with too few others.
  func commonServices(in window: PeerWindow) -> (count: Int, missed: Int)? {
    guard let alike, let cohort, cohort.present >= Self.fewestPeers else { return nil }
    let enough = Cohort.commonShare * Double(cohort.present)
    var (count, missed) = (0, 0)
    for (number, allUsers) in alike.maybeCommon(in: window) {
      let isUsed = use.uses(number, in: window)
      let users = allUsers - (isUsed ? ownCount : 0)
      guard users > 0, Double(users) >= enough else { continue }
      count += 1
      if !isUsed { missed += 1 }
    }
    return (count, missed)
  }

  /// Days with usage among the last 28, less the mean of the others, to whole days; NaN with too few
  /// others.
  ///
  /// The decimals would be those of the mean and so tell which cohort on which day it is: a learner that
  /// splits between them remembers what became of that cohort.
  var activeDaysAbove: Double {
    guard let cohort, cohort.present >= Self.fewestPeers else { return .nan }
    return Double(use.recentActiveDays)
      - (Double(cohort.activeDays) / Double(cohort.present)).rounded()
  }

  /// What was used in the last 28 days against the others who used the same: the mean, over the services
  /// that enough others used, of ln(own quantity / geometric mean of theirs); NaN when there are none.
  var level: Double {
    guard let services = alike?.services else { return .nan }
    var (sum, count) = (0.0, 0)
    for own in use.services where own.recentQuantity > 0 {
      let place = services.partitionIndex { $0.number >= own.number }
      guard place < services.count, services[place].number == own.number else { continue }
      let ownSum = ServiceSum(own)
      let users = Int(services[place].sum.users28) - ownCount
      guard users >= Self.fewestPeers else { continue }
      let theirs = services[place].sum.logQuantity - Int64(ownCount) * ownSum.logQuantity
      sum +=
        Double(ownSum.logQuantity) / ServiceSum.steps
        - Double(theirs) / ServiceSum.steps / Double(users)
      count += 1
    }
    return count > 0 ? sum / Double(count) * log(2) : .nan
  }
}
