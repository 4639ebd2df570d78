package import History

/// What was known of one subscription on one day, and nothing later.
///
/// What it takes to say where it stands; who is a row has a `SubscriptionSnapshot` as well. Built only from a
/// `LandmarkContext`. Before the first export of any source only facts that carry a date of their own are
/// known (`isObserved` is false then).
///
/// A class, because features hand it around: a copy of a structure would count every text and array in it.
package final class KnownSubscription: Sendable {
  package let id: GUID
  /// Its index among the customer's subscriptions, as the history gives them.
  let place: Int
  /// What follows from the fields as last seen on or before the landmark; from dated facts only when not
  /// observed yet.
  let facts: StateFacts
  /// Whether an export on or before the landmark showed the subscription.
  package let isObserved: Bool
  /// Whether this is an Azure subscription: by its type, or by its usage where no type is given.
  package let isAzure: Bool
  /// Whether it was shown as DEPROVISIONED, or its `deprovisionedDate` has come.
  package let isDeprovisioned: Bool
  /// The source that last showed it; before the first export the one that will, as nobody knows better.
  let source: Int
  /// What the observations up to the landmark tell.
  let changes: ObservedChanges
  /// The groups that the newest of them puts it in.
  let groups: ReferenceFrame.Groups
  /// From when to when usage of its source is known.
  package let usageSpan: UsageSpan
  /// Last day of usage known, at most `usageSpan.through`; from usage lines and the newest
  /// `lastUsageDate` that a row has shown, whichever is later.
  package let lastUsageDate: CalendarDay?
  /// Its lines.
  let usage: KnownUsage
  /// The first complete export that no longer shows the subscription; nil while it is present.
  package let absentSince: CalendarDay?
  /// When it last moved between partners, alone or with its customer.
  let lastTransfer: CalendarDay?
  private let asOf: CalendarDay
  /// Also what came later: for snapshots of the same landmark, which cut it there, and nobody else.
  let timeline: SubscriptionTimeline

  /// Fails when nothing about the subscription was known on the landmark.
  ///
  /// - Parameters:
  ///   - timeline: everything ever seen of the subscription; cut here, at `asOf`.
  ///   - place: its index among the customer's subscriptions.
  ///   - context: the landmark.
  init?(_ timeline: SubscriptionTimeline, place: Int, at context: LandmarkContext) {
    precondition(
      timeline.belongs(to: context),
      "KnownSubscription: the timeline was put together for the landmarks of another history")
    let day = context.asOf
    guard let shown = timeline.shown(on: context) else { return nil }
    let (count, facts) = (shown.observationCount, shown.facts)
    (id, self.place, asOf) = (timeline.history.id, place, day)
    self.timeline = timeline
    self.facts = facts
    source = shown.source
    isObserved = count > 0
    isDeprovisioned = facts.isDeprovisioned(on: day)
    let changes = count > 0 ? timeline.changes[count - 1] : ObservedChanges()
    let groups = count > 0 ? timeline.groups[count - 1] : ReferenceFrame.Groups()
    (self.changes, self.groups) = (changes, groups)
    let span = context.usageOfSources[shown.source]
    usageSpan = span
    usage = KnownUsage(timeline.usage, on: day, lag: context.lag, through: span.through)
    let lastUsed = usage.lastDay
    isAzure = facts.isTyped ? facts.isAzureOrUntyped : lastUsed != nil
    let reported = changes.reportedLastUsage.map { min($0, span.through) }
    lastUsageDate = reported.map { max($0, lastUsed ?? $0) } ?? lastUsed
    let absentSince = timeline.firstAbsence(
      after: count, lastCompleteDay: { context.lastCompleteDays[$0] },
      completeDays: context.completeDays)
    self.absentSince = absentSince
    lastTransfer = timeline.lastTransfer(on: day, state: shown.state)
  }

  /// The fields as last seen on or before the landmark; dated facts only when not observed yet.
  package var state: SubscriptionState { facts.state }

  /// The tenant of the row as last seen, else the one the customer's subscriptions are grouped by.
  package var customerTenantId: String {
    facts.customerTenantId ?? timeline.customerTenantId
  }

  /// The first day of the subscription: `effectiveStartDate`, else `creationDate`.
  package var startDate: CalendarDay? { facts.startDate }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  var closedDate: CalendarDay? {
    guard isObserved else { return isDeprovisioned ? facts.deprovisionedDate : nil }
    return CohortStanding.closedDate(facts, changes, on: asOf)
  }

  /// The day since which it is closed or absent; nil while it is there.
  package var goneSince: CalendarDay? {
    isDeprovisioned || facts.isSuspended ? closedDate : absentSince
  }

  /// What the subscription cost week by week through `usageSpan.through`, as known on the landmark.
  ///
  /// - Parameter context: the landmark that it was known on.
  /// - Returns: nil when no line has a cost.
  func costs(at context: LandmarkContext) -> CostsBack? {
    guard timeline.hasCosts else { return nil }
    if !usage.areOwn {
      for weeks in timeline.costWeeks {
        if let week = weeks.span.week(endingOn: usageSpan.through) {
          return CostsBack(all: weeks, last: week)
        }
      }
    }
    let span = WeekSpan(through: usageSpan.through, from: usageSpan.through)
    let own = CostWeeks(
      timeline.history.usage, knownOn: asOf, context.frame.meterCurrencies, span)
    return CostsBack(all: own, last: span.count - 1)
  }

  /// What the subscription cost in the `days` days through `usageSpan.through`, as known on the landmark.
  ///
  /// Costs of different currencies are never added: the one with the most lines counts, of several the
  /// first by name.
  ///
  /// - Parameters:
  ///   - days: how long the window is.
  ///   - context: the landmark that it was known on.
  /// - Returns: nil when no line of the window has a cost.
  package func cost(overDays days: Int, at context: LandmarkContext) -> TrailingCost? {
    timeline.hasCosts
      ? timeline.history.usage.cost(
        in: usageSpan.through - (days - 1)...usageSpan.through, at: context) : nil
  }

  /// Quantity of the `days` days through `usageSpan.through` in typical lines, ≥ 0; what is not known counts
  /// as 0.
  ///
  /// - Parameters:
  ///   - days: how long the window is.
  ///   - context: the landmark that it was known on.
  /// - Returns: what the lines count for against the median lines of their meters.
  package func quantity(overDays days: Int, at context: LandmarkContext) -> Double {
    usage.typicalLines(in: usageSpan.through - (days - 1)...usageSpan.through, on: context)
  }
}
