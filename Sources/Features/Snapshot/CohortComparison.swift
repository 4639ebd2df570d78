internal import CPrefetch
internal import Glibc

/// What a subscription used against the others of its cohort, service by service.
struct CohortComparison: Sendable {
  /// How surprising it is that it did not use, in 91 days, what others used; in nats, ≥ 0.
  fileprivate(set) var silence = Double.nan
  /// What was used in the last 28 days against the others who used the same: the mean, over the services
  /// that enough others used, of ln(own quantity / geometric mean of theirs); NaN when there are none.
  fileprivate(set) var level = Double.nan
  /// All that was used against the others who have used the same: the mean, over the services that enough
  /// others have used, of the distance of its logarithm from the mean of theirs, in their standard
  /// deviations, at most 3 either way; NaN when there are none.
  ///
  /// Drawn towards 0 as by two services more: one alone says little.
  fileprivate(set) var levelKnown = Double.nan
  /// How many services at least 40 % of the others used in the last 28 and 91 days, and on any day known,
  /// and the subscription did not; nil with too few others.
  fileprivate(set) var missed28: Int?
  fileprivate(set) var missed91: Int?
  fileprivate(set) var missedKnown: Int?

  init() {}

  /// Compares one service after the other.
  struct Running {
    private let others: Int
    private let isMember: Bool
    private let services: CohortServices.Shared
    private let landmark: Int
    private var missing: Cohort.Sums
    private var (ratios, ratioCount) = (0.0, 0.0)
    private var (distances, distanceCount) = (0.0, 0.0)

    /// Where all others used the same, a twentieth more or less is not far away: log₂ 1.05.
    private static let leastDeviation = 0.07
    private static let typicalServices = 2.0

    /// - Parameters:
    ///   - cohort: with the subscription, where that is one of the present.
    ///   - services: the subscription's among those that the cohort used.
    ///   - landmark: its number.
    ///   - isMember: whether the subscription is one of the present.
    init(
      _ cohort: Cohort, _ services: CohortServices.Shared, onLandmark landmark: Int, isMember: Bool
    ) {
      others = Int(cohort.counts.present) - (isMember ? 1 : 0)
      (self.services, self.landmark, self.isMember) = (services, landmark, isMember)
      missing = cohort.sums(isMember: isMember)
    }

    /// Begins to load what the services will be compared with, which lies far apart in memory.
    func loadAhead() {
      unsafe services.uses.withUnsafeBytes { uses in
        guard let start = uses.baseAddress else { return }
        for place in services.places where place >= 0 {
          let entry = (Int(place) + landmark) * MemoryLayout<CohortServices.Use>.stride
          // SAFETY: of any address can be asked; nothing is read.
          unsafe prefetch(start + entry)
          unsafe prefetch(start + (entry + MemoryLayout<CohortServices.Use>.size - 1))
        }
      }
    }

    /// Takes a service that the subscription has ever used.
    @inline(__always)
    mutating func add(_ own: ServiceUse) {
      let place = Int(services.places[own.index])
      guard place >= 0 else { return }
      let service = services.uses[place + landmark]
      missing.remove(service, usedLike: own, of: others, isMember: isMember)
      let sum = ServiceSum(user: own)
      let theirs = isMember ? service.sum - sum : service.sum
      if sum.users28 > 0, theirs.users28 >= SubscriptionPeers.fewestPeers {
        ratios += ServiceSum.log(ofSteps: sum.logQuantity) - theirs.meanLogQuantity
        ratioCount += 1
      }
      if theirs.usersKnown >= SubscriptionPeers.fewestPeers {
        let (mean, deviation) = theirs.spreadOfTotals
        let distance =
          (ServiceSum.log(ofSteps: sum.logTotal) - mean) / max(deviation, Self.leastDeviation)
        distances += min(max(distance, -3), 3)
        distanceCount += 1
      }
    }

    /// What all services that were added amount to.
    var comparison: CohortComparison {
      var comparison = CohortComparison()
      if ratioCount > 0 { comparison.level = ratios / ratioCount * log(2) }
      if distanceCount > 0 {
        comparison.levelKnown = distances / (distanceCount + Self.typicalServices)
      }
      guard others >= SubscriptionPeers.fewestPeers else { return comparison }
      comparison.silence = Double(missing.surprise) / CohortServices.surpriseSteps
      (comparison.missed28, comparison.missed91) = (missing.common28, missing.common91)
      comparison.missedKnown = missing.commonKnown
      return comparison
    }
  }
}
