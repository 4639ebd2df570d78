// How many licences are assigned: of a product sold to a customer, or shares of all customers.
//
//   GET /partner/v1/analytics/commercial/deployment/license  all customers; groupby too
//   GET /v1/customers/{id}/analytics/licenses/deployment     one customer, names it by name only
//   GET /v1/analytics/licenses/deployment                    shares of all customers together
//   https://learn.microsoft.com/partner-center/developer/get-licenses-deployment-information

/// The licence deployment resources.
struct LicenseDeployment: ContextFormat {
  let name = "licence deployment"

  static let table = ContextTable(
    "license_deployment", .licenseDeployment,
    identity: [
      "licensesDeployed", "licensesSold", "deploymentPercent", "proratedDeploymentPercent",
    ],
    columns: [
      .tenant("customerTenantId", or: "customerId"), .text("customerName"),
      .text("serviceCode"), .text("serviceName"), .text("channel"), .id("productId"),
      .text("productName"), .count("licensesDeployed"), .count("licensesSold"),
      .number("deploymentPercent"), .number("proratedDeploymentPercent"),
      .day("processedDateTime"),
    ])

  static let signs = [
    "licensesDeployed", "licensesSold", "deploymentPercent", "proratedDeploymentPercent",
  ]
}
