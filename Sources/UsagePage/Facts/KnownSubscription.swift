internal import Features
package import History

/// What the sections need to know of one subscription on the day of the page.
package struct KnownSubscription: Sendable {
  package let id: GUID
  /// The newest row; nothing for a subscription that only usage speaks of.
  package let state: SubscriptionState
  /// Whether an export has shown it.
  package let isObserved: Bool
  /// By its type; without a type by its usage.
  package let isAzure: Bool
  let activity: Activity
  let usage: UsedSubscription
  /// The first and the last export that showed it.
  package let firstSeen, lastSeen: CalendarDay?
  /// The first export of the source that showed it first: from then on a loss would have been seen.
  package let followedFrom: CalendarDay?
  /// The first complete export that no longer shows it; nil while it is there.
  package let absentSince: CalendarDay?
  /// The days on which it renewed, each once, ascending.
  package let renewals: [CalendarDay]
  /// When it left by transfer, migration or otherwise, and whether a day of that is unknown.
  let departures: [CalendarDay]
  let hasUndatedDeparture: Bool
  /// Fraud, internal or test: no customer's subscription.
  let isNoCustomers: Bool

  package var soldDate: CalendarDay? { state.soldDate }
  package var startDate: CalendarDay? { state.startDate }
  package var losses: [Loss] { activity.losses }

  /// Whether it was there, active, on a day.
  func isActive(on day: CalendarDay) -> Bool {
    activity.isActive(on: day) && absentSince.map { day < $0 } ?? true
  }

  /// Whether it was there, active, on one of the days.
  func isActive(in days: ClosedRange<CalendarDay>) -> Bool {
    guard let absentSince else { return activity.isActive(in: days) }
    guard absentSince > days.lowerBound else { return false }
    return activity.isActive(in: days.lowerBound...min(days.upperBound, absentSince - 1))
  }

  /// - Parameters:
  ///   - history: cut at the day of the page.
  ///   - tenant: the customer it is grouped by.
  ///   - frame: what all subscriptions have in common.
  init(_ history: SubscriptionHistory, of tenant: String, _ frame: FactsFrame) {
    let observations = history.observations
    id = history.id
    state = observations.last.map { history.states[$0.state] } ?? SubscriptionState()
    isObserved = !observations.isEmpty
    usage = UsedSubscription(history, frame.period, frame.buckets)
    isAzure =
      state.isAzureOrUntyped && (state.subscriptionType != nil || usage.lastDay != nil)
    activity = Activity(history)
    firstSeen = observations.first?.day
    lastSeen = observations.last?.day
    followedFrom = observations.first.flatMap { frame.firstDays[$0.source] }
    absentSince = LandmarkContext.firstAbsence(
      after: observations[...], completeDays: frame.completeDays)
    renewals = Set(
      history.states.compactMap(\.lastRenewalDate).filter { $0 <= frame.period.asOf }
    ).sorted()
    let tenants = Set([tenant] + history.states.compactMap(\.customerTenantId))
    let left = frame.exclusions.departures(subscription: id, customerTenantIds: tenants)
    departures = left.days.filter { $0 <= frame.period.asOf }
    hasUndatedDeparture = left.hasUndated
    isNoCustomers =
      frame.exclusions.exclusion(
        subscription: id, customerTenantId: tenant, on: frame.period.asOf, isGone: false
      ).map { !$0.isDeparture } ?? false
  }
}

/// What all subscriptions of a page have in common.
struct FactsFrame: Sendable {
  let period: PagePeriod
  let buckets: [DayBucket]
  let exclusions: ExclusionTable
  /// For each source the days on which absence means something.
  let completeDays: [[CalendarDay]]
  /// For each source its first export.
  let firstDays: [CalendarDay?]

  init(_ history: some HistorySource, _ period: PagePeriod) {
    self.period = period
    buckets = period.buckets
    exclusions = ExclusionTable(history.exclusions)
    completeDays = history.sources.map { $0.days.filter(\.isComplete).map(\.day) }
    firstDays = history.sources.map { $0.days.first?.day }
  }
}
