// How many licences are used: of a product and workload by a customer, or shares of all customers.
//
//   GET /partner/v1/analytics/commercial/usage/license       all customers; groupby too
//   GET /v1/customers/{id}/analytics/licenses/usage          one customer, names it by name only
//   GET /v1/analytics/licenses/usage                         shares of all customers together
//   https://learn.microsoft.com/partner-center/developer/get-licenses-usage-information
//
// The reference says licensesActive, its example licenseActive.

/// The licence usage resources.
struct LicenseUsage: ContextFormat {
  let name = "licence usage"

  static let table = ContextTable(
    "license_usage", .licenseUsage,
    identity: [
      "licensesActive", "licensesQualified", "usagePercent", "proratedLicensesUsagePercent",
    ],
    columns: [
      .tenant("customerTenantId", or: "customerId"), .text("customerName"),
      .text("workloadCode"), .text("workloadName"), .text("serviceCode"), .text("serviceName"),
      .text("channel"), .id("productId"), .text("productName"),
      .count("licensesActive", or: "licenseActive"), .count("licensesQualified"),
      .number("usagePercent"), .number("proratedLicensesUsagePercent"),
      .day("processedDateTime"),
    ])

  static let signs = [
    "licensesActive", "licenseActive", "licensesQualified", "proratedLicensesUsagePercent",
  ]
}
