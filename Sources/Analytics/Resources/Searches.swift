internal import History

/// The search analytics resource: each search in which the partner came up.
struct Searches: RowResource {
  let name = "searches"
  let path = "search"
  let abstract =
    "Searches in which the partner came up, each day as the newest export with it had it."
  let needs = AnalyticsNeed.history
  let defaultLevel = AggregationLevel.day
  let subscriptionField: Int? = nil

  let fields: [AnalyticsField] = [
    AnalyticsField("companyName", .text, "The billing company's name", isBrief: true),
    AnalyticsField("contactButtonClicked", .boolean, "Whether the contact button was clicked"),
    AnalyticsField("keywordCountry", .text, "The country of the search", isBrief: true),
    AnalyticsField("detailsViewed", .boolean, "Whether the details were viewed", isBrief: true),
    AnalyticsField("keywordIndustryFocus", .text, "The industry of the search"),
    AnalyticsField("mpnId", .id, "The partner's MPN ID"),
    AnalyticsField("partnerMarket", .text, "Where the partner does business"),
    AnalyticsField("keywordProduct", .text, "The product of the search", isBrief: true),
    AnalyticsField(
      "referralSubmitted", .boolean, "Whether a referral was submitted", isBrief: true),
    AnalyticsField("searchDate", .day, "When it was searched", isBrief: true),
    AnalyticsField("keywordSearchText", .text, "The text of the search", isBrief: true),
  ]

  var measures: [Measure] {
    func isTrue(_ name: String) -> Measure.Kind {
      .countWhere(field: position(of: name), is: .boolean(true))
    }
    return [
      Measure("searchResultPageViews", .count, "How often the partner came up"),
      Measure("contactClicks", isTrue("contactButtonClicked"), "Clicks on the contact button"),
      Measure("referralCount", isTrue("referralSubmitted"), "Referrals that were submitted"),
      Measure("profileViews", isTrue("detailsViewed"), "Views of the details"),
    ]
  }

  var key: [Int] { [position(of: "searchDate")] + Array(fields.indices) }

  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    try forEachContextRow(
      .searches, of: source, asOf: asOf, isUnique: false,
      identity: { $0.day("searchDate")?.description }, body)
  }
}
