import Glibc
internal import History

/// Makes customers, each from a stream of its own: customer 17 is the same in every partner of a seed,
/// however many subscriptions are asked for.
struct CustomerFactory: Sendable {
  var parameters: SimulationParameters
  var tenants: [PartnerTenant]

  init(_ parameters: SimulationParameters) {
    self.parameters = parameters
    tenants = PartnerTenant.all(count: parameters.sources, seed: parameters.seed)
  }

  func calendar(ofTenant tenant: Int) -> ExportCalendar {
    ExportCalendar(parameters: parameters, daysBefore: tenants[tenant].daysBefore)
  }

  /// Customers in order until there are enough subscriptions; the last one keeps what fits.
  func customers() -> [CustomerProfile] {
    var customers: [CustomerProfile] = []
    var missing = parameters.subscriptions
    while missing > 0 {
      var customer = customer(number: customers.count)
      customer.subscriptions.removeLast(max(0, customer.subscriptions.count - missing))
      missing -= customer.subscriptions.count
      customers.append(customer)
    }
    return customers
  }

  func customer(number: Int) -> CustomerProfile {
    var chance = SplitMix64(seed: parameters.seed, path: [2, UInt64(number)])
    let isSecond = chance.chance(parameters.secondSourceShare)
    let tenant = isSecond && tenants.count > 1 ? 1 : 0
    let calendar = calendar(ofTenant: tenant)
    let resellers = tenants[tenant].resellers
    let market = Market.all[chance.index(weights: Market.all.map { $0.weights[tenant] })]
    let isInternal = chance.chance(parameters.internalShare)
    let internalUse: CustomerProfile.InternalUse = chance.chance(0.5) ? .internal : .test
    let reseller = isInternal ? 0 : chance.index(weights: resellers.map(\.weight))
    var name = CompanyName.drawn(market.language, from: &chance)
    let laterName = CompanyName.drawn(market.language, from: &chance)
    if isInternal {
      name =
        "\(tenants[tenant].name) \(internalUse == .internal ? "Internal" : "Test tenant") \(number)"
    } else if number % parameters.hostileNameEvery == parameters.hostileNameEvery - 1 {
      name = CompanyName.hostile[number / parameters.hostileNameEvery % CompanyName.hostile.count]
    }
    let isRenamed = chance.chance(parameters.renamedShare)
    let renamedOn = calendar.first + chance.integer(in: 0...max(1, 7 * (calendar.weeks - 1)))
    let tenantId = chance.guid().exported
    let start = start(&chance, calendar)
    let siblings = 1 + chance.index(weights: parameters.subscriptionsPerCustomer)
    var customer = CustomerProfile(
      number: number, tenant: tenant, reseller: reseller, market: market,
      customerTenantId: tenantId, name: name, laterName: laterName,
      renamedOn: isRenamed && !isInternal ? renamedOn : nil,
      internalUse: isInternal ? internalUse : nil, subscriptions: [], office: [])
    let customerRisk =
      resellers[reseller].logRisk + 0.1 * chance.normal() + (isInternal ? 1.2 : 0)
      + (siblings == 1 ? 0.4 : siblings >= 4 ? -0.5 : 0)
    for sibling in 0..<siblings {
      let factory = SubscriptionFactory(
        parameters: parameters, calendar: calendar, market: market, customerRisk: customerRisk)
      var own = SplitMix64(seed: parameters.seed, path: [3, UInt64(number), UInt64(sibling)])
      customer.subscriptions.append(
        factory.subscription(sibling: sibling, customerStart: start, chance: &own))
    }
    if chance.chance(parameters.officeShare) && !isInternal {
      customer.office = (0...chance.integer(in: 0...1)).map { _ in
        office(start: start, calendar: calendar, chance: &chance)
      }
    }
    return customer
  }

  /// Most exist at the first export, exponentially old; the rest start between first and last.
  private func start(_ chance: inout SplitMix64, _ calendar: ExportCalendar) -> CalendarDay {
    let years = Double(calendar.weeks - 1) / 52
    let startsLater = chance.chance(1 - exp(-parameters.startsPerYearShare * years))
    let age = min(416, chance.exponential(mean: parameters.meanAgeWeeks))
    let position = chance.unit()
    guard startsLater else { return calendar.first - 1 - Int(7 * age) }
    return calendar.first + Int(position * Double(7 * (calendar.weeks - 1)))
  }

  private func office(
    start: CalendarDay, calendar: ExportCalendar, chance: inout SplitMix64
  ) -> OfficeProfile {
    let (product, type) = chance.element(of: [
      ("OFFICE 365 BUSINESS PREMIUM", "Office"), ("MICROSOFT 365 BUSINESS STANDARD", "M365"),
      ("MICROSOFT 365 E3", "M365"), ("EXCHANGE ONLINE (PLAN 1)", "Office"),
    ])
    let leaves = chance.chance(0.12)
    let last = calendar.last - start
    let day = start + chance.integer(in: 30...max(31, last))
    return OfficeProfile(
      id: chance.guid(), productName: product, subscriptionType: type, start: start,
      creationMilliseconds: chance.integer(in: 0...86_399_999),
      licenseCount: Int(exp(chance.number(in: 0.7...5.2))),
      deprovisioned: leaves ? day : nil)
  }
}
