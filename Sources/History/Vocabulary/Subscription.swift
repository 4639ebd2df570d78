/// What a subscription's `status` says.
package enum SubscriptionStatus: Sendable, Hashable {
  case active
  case suspended
  case deprovisioned
  /// A value that the reference does not list; kept as it was written, upper case.
  case unknown(String)
}

/// One row of the subscription analytics resource, without `lastUsageDate`.
///
/// The names are Partner Center's. nil is "null, empty or not in the export". A date in 0001 is nil;
/// an end date in 2100 or later means "no end" and is nil too. `lastUsageDate` changes every day, so
/// it lives in `Observation`; everything here changes rarely and is shared between observations.
package struct SubscriptionState: Sendable, Hashable {
  /// Lower-case GUID, or the text as it was written, trimmed and lower-cased.
  package var customerTenantId: String?
  /// As written; text of the customer, so never to be trusted.
  package var customerName: String?
  /// A country or region code.
  package var customerMarket: String?
  /// On the observation day.
  package var status: SubscriptionStatus = .unknown("")
  /// As written.
  package var productName: String?
  /// As written; only `Azure` (any case) is scored.
  package var subscriptionType: String?
  /// Whether the commitment renews by itself.
  package var autoRenewEnabled: Bool?
  /// The reseller: a GUID in lower case, or another id as written.
  package var partnerId: String?
  /// The name that the customer or the partner gave it.
  package var friendlyName: String?
  /// The name of the reseller.
  package var partnerName: String?
  /// The name of the indirect provider.
  package var providerName: String?
  /// When it was bought.
  package var creationDate: CalendarDay?
  /// When it began; transfers and renewals may move it.
  package var effectiveStartDate: CalendarDay?
  /// The last day of the commitment, inclusive.
  package var commitmentEndDate: CalendarDay?
  /// When the current state ends by itself.
  package var currentStateEndDate: CalendarDay?
  /// When a trial became paid.
  package var trialToPaidConversionDate: CalendarDay?
  /// The first day of a trial.
  package var trialStartDate: CalendarDay?
  /// The last day of a trial, inclusive.
  package var trialEndDate: CalendarDay?
  /// When it was deprovisioned.
  package var deprovisionedDate: CalendarDay?
  /// When it last renewed.
  package var lastRenewalDate: CalendarDay?
  /// Seats; 0 for most Azure subscriptions.
  package var licenseCount: Int?
  /// Microsoft's own score; shown beside ours, never a feature.
  package var churnRisk: String?
  /// As written, for instance `MONTHLY`.
  package var billingCycleName: String?

  /// A state of which nothing is known.
  package init() {}
}

/// How one subscription looked in one export.
package struct Observation: Sendable, Hashable {
  /// The observation day of the export.
  package var day: CalendarDay
  /// Index into `HistorySource.sources`.
  package var source: Int
  /// Index into `SubscriptionHistory.states`.
  package var state: Int
  /// The row's own `lastUsageDate`.
  package var lastUsageDate: CalendarDay?

  /// An observation whose indices fit the history it goes into.
  package init(day: CalendarDay, source: Int, state: Int, lastUsageDate: CalendarDay?) {
    self.day = day
    self.source = source
    self.state = state
    self.lastUsageDate = lastUsageDate
  }
}

/// Everything ever seen of one Azure subscription.
package struct SubscriptionHistory: Sendable, Hashable {
  /// The Azure subscription: the entitlement, not the plan.
  package var id: GUID
  /// The distinct states, in the order of their first observation.
  package var states: [SubscriptionState]
  /// By day, then source; at most one for a day and source.
  package var observations: [Observation]
  /// Empty when no export had usage of it.
  package var usage: UsageHistory

  /// The history of one subscription; observations refer to `states`.
  package init(
    id: GUID, states: [SubscriptionState], observations: [Observation], usage: UsageHistory
  ) {
    self.id = id
    self.states = states
    self.observations = observations
    self.usage = usage
  }
}

/// The unit of sharding: one customer's subscriptions (all types), by id.
package struct CustomerHistory: Sendable, Hashable {
  /// `customerTenantId` of the first observation (usage-only customers: of their first usage line).
  package var customerTenantId: String
  /// By id.
  package var subscriptions: [SubscriptionHistory]

  /// A customer with its subscriptions, by id.
  package init(customerTenantId: String, subscriptions: [SubscriptionHistory]) {
    self.customerTenantId = customerTenantId
    self.subscriptions = subscriptions
  }
}
