internal import Glibc
internal import History

/// What a subscription used against the others of its cohort, service by service.
struct CohortComparison: Sendable {
  /// How surprising it is that it did not use, in 91 days, what others used; in nats, ≥ 0.
  private(set) var silence = Double.nan
  /// What was used in the last 28 days against the others who used the same: the mean, over the services
  /// that enough others used, of ln(own quantity / geometric mean of theirs); NaN when there are none.
  private(set) var level = Double.nan
  /// All that was used against the others who have used the same: the mean, over the services that enough
  /// others have used, of the distance of its logarithm from the mean of theirs, in their standard
  /// deviations, at most 3 either way; NaN when there are none.
  ///
  /// Drawn towards 0 as by two services more: one alone says little.
  private(set) var levelKnown = Double.nan
  /// How many services at least 40 % of the others used in the last 28 and 91 days, and on any day known,
  /// and the subscription did not; nil with too few others.
  private(set) var missed28: Int?
  private(set) var missed91: Int?
  private(set) var missedKnown: Int?

  /// Where all others used the same, a twentieth more or less is not far away: log₂ 1.05.
  private static let leastDeviation = 0.07
  private static let typicalServices = 2.0

  init() {}

  /// - Parameters:
  ///   - weeks: what the subscription used, through L − lag; nil for nothing.
  ///   - meters: of the subscription.
  ///   - cohort: with the subscription, where that is one of the present.
  ///   - isMember: whether it is.
  init(_ weeks: WeeksBack?, _ meters: SubscriptionMeters, _ cohort: Cohort, isMember: Bool) {
    let others = Int(cohort.counts.present) - (isMember ? 1 : 0)
    var missing = cohort.sums(isMember: isMember)
    var (ratios, ratioCount) = (0.0, 0.0)
    var (distances, distanceCount) = (0.0, 0.0)
    var place = 0
    weeks?.forEachService(meters) { own, _, _ in
      place = cohort.index(ofService: own.number, from: place)
      guard place < cohort.services.count, cohort.services[place].number == own.number else {
        return
      }
      let service = cohort.services[place]
      missing.remove(service, usedLike: own, of: others, isMember: isMember)
      let sum = ServiceSum(user: own)
      let theirs = isMember ? service.sum - sum : service.sum
      if sum.users28 > 0, theirs.users28 >= SubscriptionPeers.fewestPeers {
        ratios += sum.meanLogQuantity - theirs.meanLogQuantity
        ratioCount += 1
      }
      if theirs.usersKnown >= SubscriptionPeers.fewestPeers {
        let (mean, deviation) = theirs.spreadOfTotals
        let distance = (sum.spreadOfTotals.mean - mean) / max(deviation, Self.leastDeviation)
        distances += min(max(distance, -3), 3)
        distanceCount += 1
      }
    }
    if ratioCount > 0 { level = ratios / ratioCount * log(2) }
    if distanceCount > 0 { levelKnown = distances / (distanceCount + Self.typicalServices) }
    guard others >= SubscriptionPeers.fewestPeers else { return }
    silence = Double(missing.surprise) / Cohort.surpriseSteps
    (missed28, missed91) = (missing.common28, missing.common91)
    missedKnown = missing.commonKnown
  }
}
