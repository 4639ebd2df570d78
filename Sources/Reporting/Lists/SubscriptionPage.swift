internal import History

/// Where a subscription is looked after on the web; only a GUID becomes part of an address.
enum SubscriptionPage {
  /// The subscription in the Azure portal, in the directory of its customer; nil without a GUID.
  static func azurePortal(subscription: String, tenant: String?) -> String? {
    guard let id = GUID(subscription), id != .zero else { return nil }
    let directory = tenant.flatMap { GUID($0) }.map { "@\($0)/" } ?? ""
    return "https://portal.azure.com/#\(directory)resource/subscriptions/\(id)/overview"
  }

  /// The customer's subscriptions in Partner Center; nil without a GUID.
  static func partnerCenter(tenant: String?) -> String? {
    guard let id = tenant.flatMap({ GUID($0) }), id != .zero else { return nil }
    return "https://partner.microsoft.com/dashboard/commerce2/customers/\(id)/subscriptions"
  }
}
