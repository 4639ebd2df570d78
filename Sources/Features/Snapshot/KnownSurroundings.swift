internal import History

/// What of a history's surroundings was known on one day, looked up by what it is about.
struct KnownSurroundings: Sendable {
  /// How far back referrals of a customer, and those and searches of a market are counted, in days.
  static let customerDays = 365
  static let marketDays = 91

  /// When each subscription, and each customer as a whole, was last transferred.
  private var transfers: [GUID: CalendarDay] = [:]
  private var customerTransfers: [String: CalendarDay] = [:]
  /// The newest record of each reseller, by lower-case id.
  private var resellers: [String: ResellerRecord] = [:]
  /// Counts by lower-case name or market; nil where no such export was ever known.
  private var customerReferrals: [String: Int]?
  private var marketReferrals: [String: Int]?
  private var marketSearches: [String: Int]?

  init() {}

  /// - Parameters:
  ///   - all: also what was known later; cut here.
  ///   - day: the landmark.
  init(_ all: Surroundings, on day: CalendarDay) {
    let known = all.known(on: day)
    for event in known.events where event.kind == .transferred {
      if let id = event.subscriptionId {
        transfers[id] = max(transfers[id] ?? event.day, event.day)
      } else if let tenant = event.customerTenantId {
        customerTransfers[tenant] = max(customerTransfers[tenant] ?? event.day, event.day)
      }
    }
    for reseller in known.resellers {
      let id = reseller.id.lowercased()
      // Of one day the later import comes first, and counts.
      if let other = resellers[id], other.knownOn >= reseller.knownOn { continue }
      resellers[id] = reseller
    }
    if !known.referrals.isEmpty {
      let recent = known.referrals.filter { day - $0.day < Self.customerDays }
      customerReferrals = Self.counts(recent.map(\.customerName))
      marketReferrals = Self.counts(
        recent.filter { day - $0.day < Self.marketDays }.map(\.market))
    }
    if !known.searches.isEmpty {
      let recent = known.searches.filter { day - $0.day < Self.marketDays }
      marketSearches = Self.counts(recent.map(\.market))
    }
  }

  private static func counts(_ values: [String?]) -> [String: Int] {
    values.reduce(into: [:]) { counts, value in
      if let value { counts[value.lowercased(), default: 0] += 1 }
    }
  }

  /// When the subscription last moved between partners, alone or with its customer.
  func lastTransfer(of subscription: SubscriptionSnapshot) -> CalendarDay? {
    [transfers[subscription.id], customerTransfers[subscription.customerTenantId]]
      .compactMap(\.self).max()
  }

  /// The reseller of the subscription by the newest export.
  func reseller(of subscription: SubscriptionSnapshot) -> ResellerRecord? {
    subscription.state.partnerId.flatMap { resellers[$0.lowercased()] }
  }

  /// Referrals of the customer in the last 365 days; nil without an export or a name.
  func referrals(ofCustomer name: String?) -> Int? { Self.count(name, in: customerReferrals) }
  /// Referrals of the market in the last 91 days; nil without an export or a market.
  func referrals(inMarket market: String?) -> Int? { Self.count(market, in: marketReferrals) }
  /// Searches of the market in the last 91 days; nil without an export or a market.
  func searches(inMarket market: String?) -> Int? { Self.count(market, in: marketSearches) }

  private static func count(_ key: String?, in counts: [String: Int]?) -> Int? {
    guard let key, let counts else { return nil }
    return counts[key.lowercased(), default: 0]
  }
}
