package import History

/// One state of a subscription with what follows from it alone, so that no landmark asks again.
package final class StateFacts: Sendable {
  let state: SubscriptionState
  /// As the row shows it; nil where it does not.
  let customerTenantId: String?
  /// Lower case; nil without a product.
  let product: String?
  /// Lower case; nil without a billing cycle.
  let billingCycle: String?
  /// The reseller's id and name as digests; see `PartnerId`.
  let partnerId: String?
  let partnerName: String?
  /// Lower case; nil without one.
  let resellerId: String?
  let customerName: String?
  let customerMarket: String?
  /// Whether nothing speaks against an Azure subscription, and whether anything speaks at all.
  let isAzureOrUntyped: Bool
  let isTyped: Bool
  /// Whether the product is a reservation or a savings plan, by its name.
  let isReservation: Bool
  /// The last day of the commitment; see `SubscriptionState.committedThrough`.
  let committedThrough: CalendarDay?
  let trial: TrialDates
  /// The first day of the subscription: `effectiveStartDate`, else `creationDate`.
  let startDate: CalendarDay?
  let autoRenew: Bool?
  let licenseCount: Int?
  /// What its status says; of one that nobody can read none of these.
  let isActive: Bool
  let isSuspended: Bool
  private let isClosed: Bool
  let deprovisionedDate: CalendarDay?
  /// The groups of the state as source 0 shows it.
  private let cohort: CohortKey?
  private let reseller: LevelKey?
  private let market: LevelKey?

  /// - Parameters:
  ///   - state: the state.
  ///   - previous: of another state of the subscription; texts that are the same in both are made once.
  ///   - isForSnapshots: whether what only snapshots ask for is there; else that is nil and false.
  init(_ state: SubscriptionState, after previous: StateFacts? = nil, isForSnapshots: Bool = true) {
    self.state = state
    customerTenantId = state.customerTenantId
    func made(
      _ text: String?, like other: String?, _ made: String?, _ make: (String) -> String
    ) -> String? { text == other ? made : text.map(make) }
    product = made(state.productName, like: previous?.state.productName, previous?.product) {
      $0.lowercased()
    }
    customerMarket = made(
      state.customerMarket, like: previous?.state.customerMarket, previous?.customerMarket
    ) { $0.lowercased() }
    isAzureOrUntyped = state.isAzureOrUntyped
    isTyped = state.subscriptionType != nil
    if isForSnapshots {
      billingCycle = made(
        state.billingCycleName, like: previous?.state.billingCycleName, previous?.billingCycle
      ) { $0.lowercased() }
      partnerId = made(
        state.partnerId, like: previous?.state.partnerId, previous?.partnerId, PartnerId.digest)
      partnerName = made(
        state.partnerName, like: previous?.state.partnerName, previous?.partnerName,
        PartnerId.digest)
      resellerId = made(state.partnerId, like: previous?.state.partnerId, previous?.resellerId) {
        $0.lowercased()
      }
      customerName = made(
        state.customerName, like: previous?.state.customerName, previous?.customerName
      ) { $0.lowercased() }
      isReservation =
        product == previous?.product
        ? previous?.isReservation ?? false : SubscriptionState.isReservation(product: product)
    } else {
      (billingCycle, partnerId, partnerName) = (nil, nil, nil)
      (resellerId, customerName) = (nil, nil)
      isReservation = false
    }
    committedThrough = state.committedThrough
    trial = TrialDates(state)
    startDate = state.effectiveStartDate ?? state.creationDate
    autoRenew = state.autoRenewEnabled
    licenseCount = state.licenseCount
    deprovisionedDate = state.deprovisionedDate
    isActive = state.status == .active
    isSuspended = state.status == .suspended
    isClosed = state.status == .deprovisioned
    cohort =
      isAzureOrUntyped
      ? CohortKey(product: product, committedThrough: committedThrough, source: 0) : nil
    reseller = isAzureOrUntyped ? LevelKey(state.partnerId, source: 0) : nil
    market = isAzureOrUntyped ? LevelKey(customerMarket, source: 0) : nil
  }

  var isStatusReadable: Bool { isActive || isSuspended || isClosed }

  /// As `SubscriptionState.isDeprovisioned(on:)`.
  func isDeprovisioned(on day: CalendarDay) -> Bool {
    isClosed || deprovisionedDate.map { $0 <= day } ?? false
  }

  /// The cohort of a subscription that `source` shows like this; nil when it is in none.
  func cohort(of source: Int) -> CohortKey? { cohort?.inSource(source) }

  /// The reseller of a subscription that `source` shows like this; nil without one.
  func reseller(of source: Int) -> LevelKey? { reseller?.inSource(source) }

  /// The market of a subscription that `source` shows like this; nil without one.
  func market(of source: Int) -> LevelKey? { market?.inSource(source) }
}

extension SubscriptionState {
  private static let reservationWords = ["reservation", "reserved", "savings plan"].map {
    Array($0.utf8)
  }

  /// Whether the product is a reservation or a savings plan, by its name.
  package var isReservation: Bool { Self.isReservation(product: productName?.lowercased()) }

  /// The same of a name in lower case.
  ///
  /// Byte by byte, because `String.contains` takes microseconds, and there are as many states as
  /// subscriptions.
  fileprivate static func isReservation(product: String?) -> Bool {
    guard let product else { return false }
    let name = Array(product.utf8)
    return reservationWords.contains { word in
      name.indices.contains { name[$0] == word[0] && name[$0...].starts(with: word) }
    }
  }
}
