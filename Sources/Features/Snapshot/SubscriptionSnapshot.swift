package import History

/// Everything that features see of one subscription on one day.
///
/// A class, because features hand it around: a copy of a structure would count every array in it.
package final class SubscriptionSnapshot: Sendable {
  package let known: KnownSubscription
  package let usage: UsageSnapshot
  /// The others like it, and those of its reseller and source.
  let peers: SubscriptionPeers

  /// - Parameters:
  ///   - known: what was known of it on the landmark.
  ///   - context: the landmark.
  init(_ known: KnownSubscription, at context: LandmarkContext) {
    let isCounted = known.isObserved && known.facts.isAzureOrUntyped
    let standing =
      isCounted
      ? CohortStanding(
        known.facts, known.changes, on: context.asOf, isAbsent: known.absentSince != nil) : nil
    var running: CohortComparison.Running?
    if isCounted, let number = known.groups.cohort, let cohort = context.peers.cohorts[number],
      let services = known.timeline.services(sharedWithCohort: number)
    {
      running = CohortComparison.Running(
        cohort, services, onLandmark: context.number, isMember: standing == .present)
      running?.loadAhead()
    }
    let usage = UsageSnapshot(
      known.usage, of: known.timeline.usage, at: context, through: known.usageSpan.through,
      comparedBy: &running)
    if isCounted {
      let own = standing.map {
        LossCounts($0, known.facts.autoRenew, usage.recentUse, on: context.asOf)
      }
      peers = SubscriptionPeers(
        own ?? LossCounts(), known, usage.recentUse, running?.comparison ?? CohortComparison(),
        in: context.peers)
    } else {
      peers = SubscriptionPeers(usage.recentUse)
    }
    self.known = known
    self.usage = usage
  }

  package var id: GUID { known.id }
  package var state: SubscriptionState { known.facts.state }
  package var isObserved: Bool { known.isObserved }
  package var usageSpan: UsageSpan { known.usageSpan }
  package var lastUsageDate: CalendarDay? { known.lastUsageDate }
  package var startDate: CalendarDay? { known.facts.startDate }
  var facts: StateFacts { known.facts }
  var changes: ObservedChanges { known.changes }
  var groups: ReferenceFrame.Groups { known.groups }
  var lastTransfer: CalendarDay? { known.lastTransfer }

  /// See `KnownSubscription.costs`.
  func costs(at context: LandmarkContext) -> CostsBack? { known.costs(at: context) }
}
