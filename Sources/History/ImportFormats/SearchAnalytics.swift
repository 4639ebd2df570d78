// Partner Center's search analytics: one row per search in which the partner came up, or counts of an
// aggregated answer (groupby).
//
//   GET /partner/v1/analytics/search
//   https://learn.microsoft.com/partner-center/developer/get-all-search-analytics
//
// The partner's id is a text in the reference and a number in the answers, and is called partnerId in
// later editions of the reference.

/// The search analytics resource.
struct SearchAnalytics: ContextFormat {
  let name = "search analytics"

  static let table = ContextTable(
    "search", .searches,
    identity: [
      "searchDate", "searchResultPageViews", "contactClicks", "referralCount", "profileViews",
    ],
    columns: [
      .text("companyName"), .boolean("contactButtonClicked"), .text("keywordCountry"),
      .boolean("detailsViewed"), .text("keywordIndustryFocus"), .id("mpnId", or: "partnerId"),
      .text("partnerMarket"), .text("keywordProduct"), .boolean("referralSubmitted"),
      .day("searchDate"), .text("keywordSearchText"), .count("searchResultPageViews"),
      .count("contactClicks"), .count("referralCount"), .count("profileViews"),
    ])

  static let signs = [
    "contactButtonClicked", "keywordCountry", "detailsViewed", "keywordIndustryFocus",
    "keywordProduct", "referralSubmitted", "keywordSearchText", "searchResultPageViews",
    "contactClicks", "profileViews",
  ]
}
