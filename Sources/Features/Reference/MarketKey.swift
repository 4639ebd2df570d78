internal import History

/// Which subscriptions belong to customers of the same country or region, as one source shows them.
struct MarketKey: Hashable, Sendable {
  /// Index of the source that last showed the subscription.
  private(set) var source: Int
  /// Lower case.
  let market: String

  /// nil without a market, and for types other than Azure.
  init?(_ state: SubscriptionState, source: Int) {
    guard let market = state.customerMarket, state.isAzureOrUntyped else { return nil }
    self.source = source
    self.market = market.lowercased()
  }

  /// The same market in another source.
  func inSource(_ source: Int) -> MarketKey {
    var key = self
    key.source = source
    return key
  }
}
