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

  /// The share of a group that was lost in the last `days` days, drawn towards that of the source, to whole
  /// fiftieths.
  ///
  /// Further decimals tell which group on which day it is: a learner that splits between them remembers what
  /// became of that group.
  ///
  /// - Parameters:
  ///   - group: the cohort or the reseller.
  ///   - days: 28 or 91.
  /// - Returns: NaN without a group, and with fewer than ten others in the source.
  func lostShare(of group: LossCounts?, inLast days: Int) -> Double {
    let lost = source.lost(inLast: days)
    guard let group, source.present + lost >= Self.fewestPeers else { return .nan }
    let share = group.lostShare(
      inLast: days, usual: Double(lost) / Double(source.present + lost))
    return (share * Self.shareSteps).rounded() / Self.shareSteps
  }

  private static let shareSteps = 50.0

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

  /// How surprising it is that the subscription did not use, in 91 days, what others used; NaN with too few
  /// others.
  var silence: Double {
    guard let alike, let cohort, cohort.present >= Self.fewestPeers else { return .nan }
    return alike.silence(of: use, isMember: ownCount > 0)
  }

  /// Days with usage among the last 28, less the mean of the others, to whole days; NaN with too few
  /// others.
  ///
  /// The decimals would tell which cohort on which day it is, as those of `lostShare` would.
  var activeDaysAbove: Double {
    guard let cohort, cohort.present >= Self.fewestPeers else { return .nan }
    return Double(use.recentActiveDays)
      - (Double(cohort.activeDays) / Double(cohort.present)).rounded()
  }

  /// What was used in the last 28 days against the others who used the same: the mean, over the services
  /// that enough others used, of ln(own quantity / geometric mean of theirs); NaN when there are none.
  var level: Double {
    let ratios = use.services.compactMap { own -> Double? in
      guard own.recentQuantity > 0 else { return nil }
      let sum = ServiceSum(own)
      guard let others = others(of: own.number, own: sum), others.users28 >= Self.fewestPeers else {
        return nil
      }
      return sum.meanLogQuantity - others.meanLogQuantity
    }
    return ratios.isEmpty ? .nan : ratios.reduce(0, +) / Double(ratios.count) * log(2)
  }

  /// All that was used against the others who have used the same: the mean, over the services that enough
  /// others have used, of the distance of its logarithm from the mean of theirs, in their standard
  /// deviations, at most 3 either way; NaN when there are none.
  ///
  /// Drawn towards 0 as by two services more: one alone says little.
  var levelKnown: Double {
    let distances = use.servicesKnown.compactMap { number, quantity -> Double? in
      let sum = ServiceSum(total: quantity)
      guard let others = others(of: number, own: sum), others.usersKnown >= Self.fewestPeers else {
        return nil
      }
      let (mean, deviation) = others.spreadOfTotals
      let distance = (sum.spreadOfTotals.mean - mean) / max(deviation, Self.leastDeviation)
      return min(max(distance, -3), 3)
    }
    return distances.isEmpty
      ? .nan : distances.reduce(0, +) / Double(distances.count + Self.typicalServices)
  }

  /// Where all others used the same, a twentieth more or less is not far away: log₂ 1.05.
  private static let leastDeviation = 0.07
  private static let typicalServices = 2

  /// What the others used of a service; nil where nobody did.
  private func others(of number: Int32, own: ServiceSum) -> ServiceSum? {
    guard let sum = alike?.sum(ofService: number) else { return nil }
    return ownCount > 0 ? sum - own : sum
  }
}
