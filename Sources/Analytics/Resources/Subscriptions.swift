internal import History

// Every subscription as the exports showed it.
//
//   exports of a source   D1        D2        D3 (complete)      as of
//   a subscription        ACTIVE    SUSPENDED  -                   ▼   after D3 it is not there any more
//                         └──────── in the answers ──┘
//
// That is what Partner Center would have answered on the day, but for a partial export, which takes
// nothing away. Source of fields and measures:
// https://learn.microsoft.com/partner-center/developer/partner-center-analytics-resources

/// The subscription analytics resource.
struct Subscriptions: RowResource {
  let name = "subscriptions"
  let path = "subscriptions"
  let abstract = "Every subscription as the newest export up to the day showed it."
  let needs = AnalyticsNeed.history
  let defaultLevel = AggregationLevel.dateRange

  let fields: [AnalyticsField] = [
    AnalyticsField("customerTenantId", .id, "The customer's tenant"),
    AnalyticsField("customerName", .text, "The name of the customer", isBrief: true, .personal),
    AnalyticsField("customerMarket", .text, "The customer's country or region", isBrief: true),
    AnalyticsField("id", .id, "The subscription", isBrief: true),
    AnalyticsField("status", .text, "ACTIVE, SUSPENDED or DEPROVISIONED", isBrief: true),
    AnalyticsField("productName", .text, "The product", isBrief: true),
    AnalyticsField(
      "subscriptionType", .caseSensitiveText,
      "Azure, Office, Microsoft365, Dynamics, EMS and what else the exports say"),
    AnalyticsField("autoRenewEnabled", .boolean, "Whether the commitment renews by itself"),
    AnalyticsField("partnerId", .id, "The MPN ID of the reseller"),
    AnalyticsField(
      "friendlyName", .text, "The subscription's name", isBrief: true, .personal),
    AnalyticsField("partnerName", .text, "The reseller's name"),
    AnalyticsField("providerName", .text, "The indirect provider's name"),
    AnalyticsField("creationDate", .dateTime, "When it was bought"),
    AnalyticsField("effectiveStartDate", .dateTime, "When it began", isBrief: true),
    AnalyticsField("commitmentEndDate", .dateTime, "The last day of the commitment"),
    AnalyticsField("currentStateEndDate", .dateTime, "When the current status ends by itself"),
    AnalyticsField("trialToPaidConversionDate", .dateTime, "When a trial became paid"),
    AnalyticsField("trialStartDate", .dateTime, "The first day of a trial"),
    AnalyticsField("trialEndDate", .dateTime, "The last day of a trial"),
    AnalyticsField(
      "lastUsageDate", .dateTime, "When it was last used, as the export says; usage tells more"),
    AnalyticsField("deprovisionedDate", .dateTime, "When it was deprovisioned"),
    AnalyticsField("lastRenewalDate", .dateTime, "When it last renewed"),
    AnalyticsField("licenseCount", .number, "Its licences", isGroupable: false),
    AnalyticsField("churnRisk", .text, "Microsoft's own risk, where the export has one"),
    AnalyticsField("billingCycleName", .text, "MONTHLY, ANNUAL and the like"),
  ]

  var measures: [Measure] {
    [
      Measure("subscriptionCount", .count, "The number of subscriptions"),
      Measure(
        "licenseCount", .sum(field: position(of: "licenseCount")), "The licences of all of them"),
    ]
  }

  var key: [Int] { [position(of: "id")] }
  var subscriptionField: Int? { position(of: "id") }

  func comesInOrder(from source: AnalyticsSource) -> Bool { true }

  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    guard let history = source.history else { return }
    let completeDays = history.sources.map { $0.days.filter(\.isComplete).map(\.day) }
    try history.forEachObservedSubscription(
      within: source.scope.subscriptions, isNewestOnly: asOf == nil
    ) { subscription in
      let seen = subscription.observations.prefix { shown in asOf.map { shown.day <= $0 } ?? true }
      guard let last = seen.last, !Self.isGone(seen, completeDays, asOf) else { return }
      try body(Self.row(subscription.id, subscription.states[last.state], last))
    }
  }

  /// Whether each source that showed it has shown all of its subscriptions since, and not this one.
  private static func isGone(
    _ seen: ArraySlice<Observation>, _ completeDays: [[CalendarDay]], _ asOf: CalendarDay?
  ) -> Bool {
    var judged: Set<Int> = []
    for observation in seen.reversed() where judged.insert(observation.source).inserted {
      let isMissed = completeDays[observation.source].contains { day in
        day > observation.day && asOf.map { day <= $0 } ?? true
      }
      if !isMissed { return false }
    }
    return true
  }

  private static func row(
    _ id: GUID, _ state: SubscriptionState, _ shown: Observation
  ) -> [FieldValue] {
    [
      FieldValue(state.customerTenantId), FieldValue(state.customerName),
      FieldValue(state.customerMarket), .text(id.description),
      state.status.name.isEmpty ? .null : .text(state.status.name),
      FieldValue(state.productName),
      FieldValue(state.subscriptionType), FieldValue(state.autoRenewEnabled),
      FieldValue(state.partnerId), FieldValue(state.friendlyName), FieldValue(state.partnerName),
      FieldValue(state.providerName), FieldValue(state.creationDate),
      FieldValue(state.effectiveStartDate), FieldValue(state.commitmentEndDate),
      FieldValue(state.currentStateEndDate), FieldValue(state.trialToPaidConversionDate),
      FieldValue(state.trialStartDate), FieldValue(state.trialEndDate),
      FieldValue(shown.lastUsageDate), FieldValue(state.deprovisionedDate),
      FieldValue(state.lastRenewalDate), FieldValue(state.licenseCount),
      FieldValue(state.churnRisk), FieldValue(state.billingCycleName),
    ]
  }
}
