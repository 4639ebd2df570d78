// Partner Center's indirect reseller analytics: one row per reseller of an indirect provider, or sums
// of an aggregated answer (groupby).
//
//   GET /partner/v1/analytics/indirectresellers
//   https://learn.microsoft.com/partner-center/developer/get-all-indirect-resellers-analytics
//
// Dates that were never are written in the year 1. The reference and the answers spell the last date
// differently.

/// The indirect resellers analytics resource.
struct IndirectResellers: ContextFormat {
  let name = "indirect resellers analytics"

  static let table = ContextTable(
    "indirect_reseller", .indirectResellers,
    identity: ["id", "name", "indirectResellerCount", "subscriptionCount", "licenseCount"],
    columns: [
      .id("partnerTenantId"), .id("id"), .text("name"), .text("market"),
      .day("firstSubscriptionCreationDate"), .day("latestSubscriptionCreationDate"),
      .day("firstSubscriptionEndDate"), .day("latestSubscriptionEndDate"),
      .day("firstSubscriptionSuspendedDate"), .day("latestSubscriptionSuspendedDate"),
      .day("firstSubscriptionDeprovisionedDate"),
      .day("latestSubscriptionDeprovisionedDate", or: "latestSubscriptionDeprovisionedEndDate"),
      .count("subscriptionCount"), .count("licenseCount"), .count("indirectResellerCount"),
    ])

  static let signs = [
    "indirectResellerCount", "firstSubscriptionCreationDate", "latestSubscriptionCreationDate",
    "firstSubscriptionEndDate", "latestSubscriptionEndDate", "firstSubscriptionSuspendedDate",
    "latestSubscriptionSuspendedDate", "firstSubscriptionDeprovisionedDate",
    "latestSubscriptionDeprovisionedDate", "latestSubscriptionDeprovisionedEndDate",
  ]
}
