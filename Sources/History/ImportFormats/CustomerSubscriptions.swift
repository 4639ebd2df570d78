internal import Files

// The subscriptions of one customer, from Partner Center's web page: "Export subscriptions".
//
//   Subscription ID,Subscription,Quantity,Status,Reseller
//   https://learn.microsoft.com/partner-center/customers/see-your-customer-list
//
// It is context and no subscription export: it has one customer only and does not say which, so every
// other subscription would seem to be missing on its day.

/// The subscriptions of one customer.
struct CustomerSubscriptions: ContextFormat {
  let name = "subscriptions of one customer"

  static let table = ContextTable(
    "customer_subscription", .customerSubscriptions, identity: ["subscriptionId"],
    columns: [
      .id("subscriptionId").or(WebColumn.subscriptionId.headers),
      .text("friendlyName").or(WebColumn.subscription.headers),
      .count("licenseCount").or(WebColumn.quantity.headers),
      .text("status").or(WebColumn.status.headers),
      .id("reseller").or(WebColumn.reseller.headers),
    ])

  static let signs = WebColumn.subscriptionId.headers

  func recognises(_ head: FileHead) -> Recognition {
    func has(_ column: WebColumn) -> Bool { column.headers.contains { head.has($0) } }
    return [.subscriptionId, .subscription, .quantity, .status].allSatisfy { has($0) } ? .yes : .no
  }
}
