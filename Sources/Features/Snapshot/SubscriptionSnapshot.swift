package import History

/// Everything known about one subscription on one day, and nothing later.
///
/// Built only from a `LandmarkContext`; no member can answer about a later day. Before the first
/// export of any source only facts that carry a date of their own are known (`isObserved` is false
/// then).
///
/// A class, because features hand it around: a copy of a structure would count every text and array in it.
package final class SubscriptionSnapshot: Sendable {
  package let id: GUID
  /// The tenant of the row as last seen, else the one the customer's subscriptions are grouped by.
  package let customerTenantId: String
  /// The fields as last seen on or before the landmark; dated facts only when not observed yet.
  package var state: SubscriptionState { facts.state }
  /// What follows from them.
  let facts: StateFacts
  /// Whether an export on or before the landmark showed the subscription.
  package let isObserved: Bool
  /// Whether this is an Azure subscription: by its type, or by its usage where no type is given.
  package let isAzure: Bool
  /// Whether it was shown as DEPROVISIONED, or its `deprovisionedDate` has come.
  package let isDeprovisioned: Bool
  /// What the observations up to the landmark tell.
  let changes: ObservedChanges
  /// From when to when usage of its source is known.
  package let usageSpan: UsageSpan
  /// Last day of usage known, at most `usageSpan.through`; from usage lines and the newest
  /// `lastUsageDate` that a row has shown, whichever is later.
  package let lastUsageDate: CalendarDay?
  package let usage: UsageSnapshot
  /// All usage lines where some have a cost; whoever reads it cuts it at the landmark.
  let billed: UsageHistory?
  /// The first complete export that no longer shows the subscription; nil while it is present.
  package let absentSince: CalendarDay?
  /// What was used in the 91 days through L − lag, and which services ever.
  let recentUse: RecentUse
  /// The others like it, and those of its reseller and source.
  let peers: SubscriptionPeers
  /// Different meters used in the last 28 and 91 days through `usageSpan.through`.
  let meterCounts: (recent: Int, all: Int)
  /// When it last moved between partners, alone or with its customer.
  let lastTransfer: CalendarDay?
  /// What its reseller lost; nil where no export of the resellers had shown that.
  let resellerLosses: KnownSurroundings.ResellerLosses?
  private let asOf: CalendarDay

  /// Fails when nothing about the subscription was known on the landmark.
  ///
  /// - Parameters:
  ///   - timeline: everything ever seen of the subscription; cut here, at `asOf`.
  ///   - customerTenantId: the tenant the customer's subscriptions are grouped by.
  ///   - context: the landmark.
  init?(_ timeline: SubscriptionTimeline, customerTenantId: String, at context: LandmarkContext) {
    precondition(
      timeline.belongs(to: context),
      "SubscriptionSnapshot: the timeline was put together for the landmarks of another history")
    let history = timeline.history
    let count = timeline.observationCount(through: context.asOf)
    let known: StateFacts
    let shown: Observation?
    if count > 0 {
      let last = history.observations[count - 1]
      known = timeline.facts[last.state]
      shown = last
    } else if let first = history.observations.first, let exportsFrom = context.firstExportDay,
      context.asOf < exportsFrom,
      let dated = history.states[first.state].datedFacts(on: context.asOf)
    {
      known = StateFacts(dated)
      // The source that will show it: before the first export nobody knows a better one.
      shown = first
    } else {
      return nil
    }
    id = history.id
    self.customerTenantId = known.state.customerTenantId ?? customerTenantId
    facts = known
    isObserved = count > 0
    isDeprovisioned = known.isDeprovisioned(on: context.asOf)
    changes = count > 0 ? timeline.changes[count - 1] : ObservedChanges()
    let span = shown.map { context.usageOfSources[$0.source] } ?? context.usage
    usageSpan = span
    usage = UsageSnapshot(timeline.usage, at: context, through: span.through)
    billed = history.usage.costs.isEmpty ? nil : history.usage
    isAzure =
      known.state.subscriptionType == nil ? usage.lastDay != nil : known.isAzureOrUntyped
    let reported = changes.reportedLastUsage.map { min($0, span.through) }
    let lastDay = usage.lastDay
    lastUsageDate = reported.map { max($0, lastDay ?? $0) } ?? lastDay
    let absentSince = LandmarkContext.firstAbsence(
      after: history.observations[..<count], completeDays: context.completeDays)
    self.absentSince = absentSince
    asOf = context.asOf
    let last = context.asOf - context.lag
    let recentUse: RecentUse
    if span.through == last {
      recentUse = RecentUse(usage.known, through: last, context.meterTraits)
      meterCounts = (recentUse.recentMeterCount, recentUse.meterCount)
    } else {
      recentUse = RecentUse(
        timeline.usage, on: context.asOf, lag: context.lag, context.meterTraits)
      meterCounts = (usage.meterCount(inLast: 28), usage.meterCount(inLast: 91))
    }
    self.recentUse = recentUse
    let ofCustomer = context.frame.customerTransfers
    let transfers = ofCustomer.isEmpty ? [] : ofCustomer[self.customerTenantId] ?? []
    lastTransfer = [timeline.transfers, transfers].compactMap { days in
      days.last { $0 <= context.asOf }
    }.max()
    resellerLosses = context.surroundings.losses(
      ofReseller: count > 0 ? timeline.groups[count - 1].resellerRecord : nil)
    if count > 0, known.isAzureOrUntyped {
      let standing = CohortStanding(
        known, changes, on: context.asOf, isAbsent: absentSince != nil)
      let own = standing.map { LossCounts($0, known.state, recentUse, on: context.asOf) }
      peers = SubscriptionPeers(
        own ?? LossCounts(), timeline.groups[count - 1],
        source: history.observations[count - 1].source, use: recentUse, in: context.peers)
    } else {
      peers = SubscriptionPeers(use: recentUse)
    }
  }

  /// The first day of the subscription: `effectiveStartDate`, else `creationDate`.
  package var startDate: CalendarDay? { state.effectiveStartDate ?? state.creationDate }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  var closedDate: CalendarDay? {
    guard isObserved else { return isDeprovisioned ? state.deprovisionedDate : nil }
    return CohortStanding.closedDate(facts, changes, on: asOf)
  }

  /// The day since which it is closed or absent; nil while it is there.
  package var goneSince: CalendarDay? {
    isDeprovisioned || facts.isSuspended ? closedDate : absentSince
  }
}
