extension AtRiskDocument {
  /// The tenants that a hold-out leaves alone: each of whose rows is known to be worth little enough.
  func customersLeftAlone(
    by holdOut: ListingPolicy.HoldOut, rates: ExchangeRates?
  ) -> Set<String> {
    customersOfLittleValue(holdOut, rates).filter(holdOut.includes)
  }

  /// The tenants of rows that the scores say to be left alone.
  var customersHeldOut: Set<String> {
    Set(
      subscriptions.lazy.filter { $0.listing?.reason == .holdOut }
        .compactMap(\.identity.customerTenantId))
  }

  /// Only money counts: 80 licences are not less than 1,000 dollars.
  func customersOfLittleValue(
    _ holdOut: ListingPolicy.HoldOut, _ rates: ExchangeRates?
  ) -> Set<String> {
    guard let currency = holdOut.currency ?? rates?.currency ?? onlyCurrency else { return [] }
    var little: [String: Bool] = [:]
    for row in subscriptions {
      guard let tenant = row.identity.customerTenantId else { continue }
      let cost = row.identity.cost(in: currency, rates)
      let isLittle = cost.map { $0 <= holdOut.greatestValue } ?? false
      little[tenant] = isLittle && little[tenant] ?? true
    }
    return Set(little.filter(\.value).keys)
  }

  /// The currency of all costs; nil when there is none, or several.
  private var onlyCurrency: String? {
    let currencies = Set(
      subscriptions.lazy.filter { $0.identity.valueBasis == "cost" }
        .map { $0.identity.currency?.uppercased() })
    guard let only = currencies.first, currencies.count == 1 else { return nil }
    return only
  }
}

extension AtRiskDocument.Identity {
  /// What it cost in the last year, in a currency; nil where that is not known.
  fileprivate func cost(in wanted: String, _ rates: ExchangeRates?) -> Double? {
    guard valueBasis == "cost", let value, let currency else { return nil }
    if currency.uppercased() == wanted { return value }
    return rates?.currency == wanted ? rates?.converted(value, from: currency) : nil
  }
}
