internal import History

/// The referrals analytics resource.
struct Referrals: RowResource {
  let name = "referrals"
  let path = "referrals"
  let abstract = "Referrals and what became of them, each as the newest export with it had it."
  let needs = AnalyticsNeed.history
  let defaultLevel = AggregationLevel.day
  let subscriptionField: Int? = nil

  let fields: [AnalyticsField] = [
    AnalyticsField("id", .id, "The referral", isBrief: true),
    AnalyticsField("status", .text, "Whether the referral led to a customer", isBrief: true),
    AnalyticsField("customerMarket", .text, "The customer's country or region", isBrief: true),
    AnalyticsField("customerName", .text, "The name of the customer", isBrief: true, .personal),
    AnalyticsField(
      "customerOrgSize", .text, "A range of employees, such as 10to50employees", isBrief: true),
    AnalyticsField("acceptedDate", .dateTime, "When it was accepted"),
    AnalyticsField("acknowledgedDate", .dateTime, "When it was acknowledged"),
    AnalyticsField("archivedDate", .dateTime, "When it was archived"),
    AnalyticsField("declinedDate", .dateTime, "When it was declined"),
    AnalyticsField("expiredDate", .dateTime, "When it expired"),
    AnalyticsField("lostDate", .dateTime, "When it was lost"),
    AnalyticsField("missedDate", .dateTime, "When it was missed"),
    AnalyticsField("createdDate", .dateTime, "When it was created", isBrief: true),
    AnalyticsField("skippedDate", .dateTime, "When it was skipped"),
    AnalyticsField("wonDate", .dateTime, "When it was won", isBrief: true),
    AnalyticsField("partnerMarket", .text, "Where the partner does business"),
  ]

  // The reference names no measure; a count is what all the others have.
  let measures = [Measure("referralCount", .count, "The number of referrals")]

  var key: [Int] { [position(of: "id")] + Array(fields.indices) }

  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    try forEachContextRow(
      .referrals, of: source, asOf: asOf, isUnique: true, identity: { $0.text("id") }, body)
  }
}
