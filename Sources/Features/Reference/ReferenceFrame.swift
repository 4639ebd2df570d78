internal import History

/// What all landmarks of one history share: what its meters have in common, and the numbers of its groups.
///
/// Groups go by numbers, so that each state of a subscription is looked up once and not on every landmark.
package final class ReferenceFrame: Sendable {
  let meterTraits: MeterTraits
  /// On every landmark.
  let medians: MeterMedians
  /// Those that end on L − lag.
  let sharedWeeks: SharedWeeks
  /// The number of the currency of each meter's costs, in the order of the names.
  let meterCurrencies: [Int32]
  /// The names of the currencies, ascending; empty for meters without costs.
  let currencies: [String]
  /// When subscriptions, and customers as a whole, were transferred; ascending.
  let transfers: [GUID: [CalendarDay]]
  let customerTransfers: [String: [CalendarDay]]
  /// The numbers of the resellers that have records, by lower-case id.
  let resellerRecords: [String: Int]
  /// Of the customers that referrals name, and of the markets of referrals and searches.
  let referredCustomers: Names
  let markets: Names
  /// Which switches of auto-renew were no decisions of customers.
  let policySwitches: PolicySwitches
  /// What each cohort used, by its number.
  let cohortServices: [CohortServices]
  private let cohortNumbers: [CohortKey: Int]
  private let resellerNumbers: [LevelKey: Int]
  private let marketNumbers: [LevelKey: Int]

  /// - Parameters:
  ///   - meters: of the history.
  ///   - traits: of these meters.
  ///   - medians: of these meters on every landmark.
  ///   - sharedWeeks: the weeks that many landmarks look at.
  ///   - surroundings: also what was known on some landmarks only.
  ///   - cohorts: the numbers of all cohorts.
  ///   - cohortServices: what each of them used.
  ///   - resellers: the numbers of all resellers.
  ///   - markets: the numbers of all markets.
  ///   - policySwitches: of every export up to the last landmark.
  init(
    _ meters: [Meter], _ traits: MeterTraits, _ medians: MeterMedians = MeterMedians(),
    _ sharedWeeks: SharedWeeks = SharedWeeks(),
    _ surroundings: Surroundings = Surroundings(), cohorts: [CohortKey: Int] = [:],
    cohortServices: [CohortServices] = [],
    resellers: [LevelKey: Int] = [:],
    markets: [LevelKey: Int] = [:],
    policySwitches: PolicySwitches = PolicySwitches()
  ) {
    meterTraits = traits
    self.medians = medians
    self.sharedWeeks = sharedWeeks
    let currencies = Set(meters.map(\.currency)).sorted()
    self.currencies = currencies
    meterCurrencies = meters.map { meter in
      Int32(currencies.partitionIndex { $0 >= meter.currency })
    }
    var transfers: [GUID: [CalendarDay]] = [:]
    var customerTransfers: [String: [CalendarDay]] = [:]
    for event in surroundings.events where event.kind == .transferred {
      if let id = event.subscriptionId {
        transfers[id, default: []].append(event.day)
      } else if let tenant = event.customerTenantId {
        customerTransfers[tenant, default: []].append(event.day)
      }
    }
    self.transfers = transfers.mapValues { $0.sorted() }
    self.customerTransfers = customerTransfers.mapValues { $0.sorted() }
    var records: [String: Int] = [:]
    for reseller in surroundings.resellers {
      let id = reseller.id.lowercased()
      if records[id] == nil { records[id] = records.count }
    }
    resellerRecords = records
    referredCustomers = Names(surroundings.referrals.lazy.map(\.customerName))
    self.markets = Names(
      surroundings.referrals.map(\.market) + surroundings.searches.map(\.market))
    cohortNumbers = cohorts
    self.cohortServices = cohortServices
    resellerNumbers = resellers
    marketNumbers = markets
    self.policySwitches = policySwitches
  }

  /// Names under numbers; all that are not among them share the last number.
  struct Names: Sendable {
    private var numbers: [String: Int] = [:]

    /// - Parameter names: in any spelling.
    init(_ names: some Sequence<String?>) {
      for name in names {
        guard let name = name?.lowercased(), numbers[name] == nil else { continue }
        numbers[name] = numbers.count
      }
    }

    /// How many numbers there are.
    var count: Int { numbers.count + 1 }

    /// The number of a name in lower case; nil without one.
    subscript(_ name: String?) -> Int? { name.map { numbers[$0] ?? numbers.count } }
  }

  /// The groups of a subscription by number.
  struct Groups: Sendable {
    /// nil when it is in none that was counted.
    var cohort: Int?
    var reseller: Int?
    var market: Int?
    /// Where the records of its reseller are; nil without any.
    var resellerRecord: Int?
    /// Numbers of `referredCustomers` and `markets`; nil without a name or a market.
    var customerName: Int?
    var customerMarket: Int?
  }

  /// The groups of a subscription that `source` shows like this.
  func groups(of facts: StateFacts, source: Int) -> Groups {
    Groups(
      cohort: facts.cohort(of: source).flatMap { cohortNumbers[$0] },
      reseller: facts.reseller(of: source).flatMap { resellerNumbers[$0] },
      market: facts.market(of: source).flatMap { marketNumbers[$0] },
      resellerRecord: facts.resellerId.flatMap { resellerRecords[$0] },
      customerName: referredCustomers[facts.customerName],
      customerMarket: markets[facts.customerMarket])
  }
}
