package import History

/// One state of a subscription with what follows from it alone, so that no landmark asks again.
final class StateFacts: Sendable {
  let state: SubscriptionState
  /// Lower case; nil without a product.
  let product: String?
  /// Lower case; nil without a billing cycle.
  let billingCycle: String?
  /// The reseller's id and name as digests; see `PartnerId`.
  let partnerId: String?
  let partnerName: String?
  /// Whether nothing speaks against an Azure subscription.
  let isAzureOrUntyped: Bool
  /// Whether the product is a reservation or a savings plan, by its name.
  let isReservation: Bool
  /// The groups of the state as source 0 shows it.
  private let cohort: CohortKey?
  private let reseller: ResellerKey?

  init(_ state: SubscriptionState) {
    self.state = state
    product = state.productName?.lowercased()
    billingCycle = state.billingCycleName?.lowercased()
    partnerId = state.partnerId.map(PartnerId.digest)
    partnerName = state.partnerName.map(PartnerId.digest)
    isAzureOrUntyped = state.isAzureOrUntyped
    isReservation = state.isReservation
    cohort = CohortKey(state, source: 0)
    reseller = ResellerKey(state, source: 0)
  }

  /// The cohort of a subscription that `source` shows like this; nil when it is in none.
  func cohort(of source: Int) -> CohortKey? { cohort?.inSource(source) }

  /// The reseller of a subscription that `source` shows like this; nil without one.
  func reseller(of source: Int) -> ResellerKey? { reseller?.inSource(source) }
}

extension SubscriptionState {
  private static let reservationWords = ["reservation", "reserved", "savings plan"].map {
    Array($0.utf8)
  }

  /// Whether the product is a reservation or a savings plan, by its name.
  ///
  /// Byte by byte, because `String.contains` takes microseconds, and there are as many states as
  /// subscriptions.
  package var isReservation: Bool {
    guard let product = productName else { return false }
    let name = Array(product.lowercased().utf8)
    return Self.reservationWords.contains { word in
      name.indices.contains { name[$0] == word[0] && name[$0...].starts(with: word) }
    }
  }
}
