internal import History

/// The indirect resellers analytics resource.
///
/// Dates that never were are null here; Partner Center writes them in the year 1.
struct IndirectResellers: RowResource {
  let name = "resellers"
  let path = "indirectresellers"
  let abstract = "The resellers of an indirect provider, each as the newest export with it had it."
  let needs = AnalyticsNeed.history
  let defaultLevel = AggregationLevel.day
  let subscriptionField: Int? = nil

  let fields: [AnalyticsField] = [
    AnalyticsField("partnerTenantId", .id, "The tenant of the provider"),
    AnalyticsField("id", .id, "The reseller's id", isBrief: true),
    AnalyticsField("name", .text, "The reseller's name", isBrief: true),
    AnalyticsField("market", .text, "The reseller's country or region", isBrief: true),
    AnalyticsField(
      "firstSubscriptionCreationDate", .dateTime, "When its first subscription was bought",
      isBrief: true),
    AnalyticsField(
      "latestSubscriptionCreationDate", .dateTime, "When its latest subscription was bought",
      isBrief: true),
    AnalyticsField(
      "firstSubscriptionEndDate", .dateTime, "The first time any of its subscriptions ended"),
    AnalyticsField(
      "latestSubscriptionEndDate", .dateTime, "The latest time any of its subscriptions ended"),
    AnalyticsField(
      "firstSubscriptionSuspendedDate", .dateTime, "The first time any was suspended"),
    AnalyticsField(
      "latestSubscriptionSuspendedDate", .dateTime, "The latest time any was suspended"),
    AnalyticsField(
      "firstSubscriptionDeprovisionedDate", .dateTime, "The first time any was deprovisioned"),
    AnalyticsField(
      "latestSubscriptionDeprovisionedDate", .dateTime, "The latest time any was deprovisioned"),
    AnalyticsField(
      "subscriptionCount", .number, "Its subscriptions", isGroupable: false, isBrief: true),
    AnalyticsField("licenseCount", .number, "Its licences", isGroupable: false, isBrief: true),
  ]

  var measures: [Measure] {
    [
      Measure("indirectResellerCount", .count, "The number of resellers"),
      Measure(
        "licenseCount", .sum(field: position(of: "licenseCount")), "The licences of all of them"),
      Measure(
        "subscriptionCount", .sum(field: position(of: "subscriptionCount")),
        "The subscriptions of all of them"),
    ]
  }

  var key: [Int] { [position(of: "id"), position(of: "name")] + Array(fields.indices) }

  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    try forEachContextRow(
      .indirectResellers, of: source, asOf: asOf, isUnique: true,
      identity: { $0.text("id") ?? $0.text("name") }, body)
  }
}
