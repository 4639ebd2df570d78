/// A subscription state as the store keeps it: every field an integer, nil as null.
///
/// Texts are row ids of the table `text`, days are days since 1970-01-01, booleans 0 and 1. Two
/// states are the same exactly when their records are.
struct StateRecord: Hashable {
  /// The columns of the table `state`, in the order of `values`.
  static let columns = [
    "customerTenantId", "customerName", "customerMarket", "status", "productName",
    "subscriptionType", "partnerId", "friendlyName", "partnerName", "providerName", "churnRisk",
    "billingCycleName", "creationDate", "effectiveStartDate", "commitmentEndDate",
    "currentStateEndDate", "trialToPaidConversionDate", "trialStartDate", "trialEndDate",
    "deprovisionedDate", "lastRenewalDate", "autoRenewEnabled", "licenseCount",
  ]
  /// The first columns are texts, the next ones days.
  static let textColumnCount = 12
  static let dayColumns = 12..<21
  static let tenantColumn = 0
  static let statusColumn = 3
  static let commitmentEndColumn = 14
  static let deprovisionedColumn = 19
  static let autoRenewColumn = 21
  static let licenseCountColumn = 22

  /// One value per column.
  var values: [Int64?]
}
