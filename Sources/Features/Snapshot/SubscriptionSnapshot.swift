package import History

/// Everything known about one subscription on one day, and nothing later.
///
/// Built only from a `LandmarkContext`; no member can answer about a later day. Before the first
/// export of any source only facts that carry a date of their own are known (`isObserved` is false
/// then).
package struct SubscriptionSnapshot: Sendable {
  package let id: GUID
  /// The tenant of the row as last seen, else the one the customer's subscriptions are grouped by.
  package let customerTenantId: String
  /// The fields as last seen on or before the landmark; dated facts only when not observed yet.
  package let state: SubscriptionState
  /// Whether an export on or before the landmark showed the subscription.
  package let isObserved: Bool
  /// Whether this is an Azure subscription: by its type, or by its usage where no type is given.
  package let isAzure: Bool
  /// Whether it was shown as DEPROVISIONED, or its `deprovisionedDate` has come.
  package let isDeprovisioned: Bool
  /// The observations up to the landmark, by day.
  let observations: ArraySlice<Observation>
  /// The states that `observations` index; states first seen later are not in it.
  let states: ArraySlice<SubscriptionState>
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
  /// What was used in the 91 days through L − lag.
  let recentUse: RecentUse
  /// The others like it, and those of its reseller and source.
  let peers: SubscriptionPeers
  private let asOf: CalendarDay

  /// Fails when nothing about the subscription was known on the landmark.
  ///
  /// - Parameters:
  ///   - history: everything ever seen of the subscription; cut here, at `asOf`.
  ///   - timeline: its usage.
  ///   - customerTenantId: the tenant the customer's subscriptions are grouped by.
  ///   - context: the landmark.
  init?(
    _ history: SubscriptionHistory, usage timeline: UsageTimeline, customerTenantId: String,
    at context: LandmarkContext
  ) {
    let all = history.observations
    let observations = all[..<all.partitionIndex { $0.day > context.asOf }]
    let known: SubscriptionState
    if let last = observations.last {
      known = history.states[last.state]
    } else if let first = all.first, let exportsFrom = context.firstExportDay,
      context.asOf < exportsFrom,
      let dated = history.states[first.state].datedFacts(on: context.asOf)
    {
      known = dated
    } else {
      return nil
    }
    id = history.id
    self.customerTenantId = known.customerTenantId ?? customerTenantId
    state = known
    isObserved = !observations.isEmpty
    isDeprovisioned = known.isDeprovisioned(on: context.asOf)
    self.observations = observations
    states = history.states.prefix((observations.lazy.map(\.state).max() ?? -1) + 1)
    // The source that last showed it; before the first export the one that will.
    let source = observations.last?.source ?? all.first?.source
    let span = source.map { context.usageOfSources[$0] } ?? context.usage
    usageSpan = span
    usage = UsageSnapshot(timeline, at: context, through: span.through)
    billed = history.usage.costs.isEmpty ? nil : history.usage
    isAzure = known.subscriptionType.map { $0.lowercased() == "azure" } ?? (usage.lastDay != nil)
    let reported = Self.reportedLastUsage(observations).map { min($0, span.through) }
    lastUsageDate = [usage.lastDay, reported].compactMap(\.self).max()
    absentSince = LandmarkContext.firstAbsence(
      after: observations, completeDays: context.completeDays)
    asOf = context.asOf
    recentUse = RecentUse(
      timeline, on: context.asOf, lag: context.lag, context.meterTraits)
    peers = SubscriptionPeers(observations, states, use: recentUse, at: context)
  }

  /// The newest `lastUsageDate` that a row has shown; an export can leave the field out again.
  private static func reportedLastUsage(_ observations: ArraySlice<Observation>) -> CalendarDay? {
    for observation in observations.reversed() {
      // No row can tell of usage after the day it was exported on.
      if let day = observation.lastUsageDate { return min(day, observation.day) }
    }
    return nil
  }

  /// The first day of the subscription: `effectiveStartDate`, else `creationDate`.
  package var startDate: CalendarDay? { state.effectiveStartDate ?? state.creationDate }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  var closedDate: CalendarDay? {
    guard isObserved else { return isDeprovisioned ? state.deprovisionedDate : nil }
    return CohortStanding.closedDate(observations, states, on: asOf)
  }

  /// The day since which it is closed or absent; nil while it is there.
  var goneSince: CalendarDay? {
    isDeprovisioned || state.status == .suspended ? closedDate : absentSince
  }
}
