internal import Files

// Partner Center's referral analytics: one row per referral.
//
//   GET /partner/v1/analytics/referrals
//   https://learn.microsoft.com/partner-center/developer/get-all-referrals-analytics
//
// The reference calls the id that of the customer's tenant; its own example shows the number of a
// referral. An aggregated answer has no counts that the reference knows, so there is nothing to keep.

/// The referrals analytics resource.
struct ReferralAnalytics: ContextFormat {
  let name = "referral analytics"

  static let table = ContextTable(
    "referral", .referrals, identity: ["id"],
    columns: [
      .id("id"), .text("status"), .text("customerMarket"), .text("customerName"),
      .text("customerOrgSize"), .day("acceptedDate"), .day("acknowledgedDate"),
      .day("archivedDate"), .day("declinedDate"), .day("expiredDate"), .day("lostDate"),
      .day("missedDate"), .day("createdDate"), .day("skippedDate"), .day("wonDate"),
      .text("partnerMarket"),
    ])

  static let signs = [
    "customerOrgSize", "acknowledgedDate", "declinedDate", "lostDate", "missedDate", "skippedDate",
    "wonDate",
  ]

  func recognises(_ head: FileHead) -> Recognition {
    guard Self.signs.contains(where: { head.has($0) }) else { return .no }
    guard head.has("id") else {
      return .refused(
        "these are referrals of an aggregated answer (groupby), without id; "
          + "request the resource without groupby")
    }
    return .yes
  }
}
