internal import History

/// Which subscriptions the same reseller sold, as one source shows them.
struct ResellerKey: Hashable, Sendable {
  /// Index of the source that last showed the subscription.
  private(set) var source: Int
  let partnerId: String

  /// nil without a reseller, and for types other than Azure.
  init?(_ state: SubscriptionState, source: Int) {
    guard let partnerId = state.partnerId, state.isAzureOrUntyped else { return nil }
    self.source = source
    self.partnerId = partnerId
  }

  /// The same reseller in another source.
  func inSource(_ source: Int) -> ResellerKey {
    var key = self
    key.source = source
    return key
  }
}
