internal import ForkJoin
package import History

/// Everything that the sections count, as known on the day of the page; made in one walk through the history.
package struct PartnerFacts: Sendable {
  package let period: PagePeriod
  package let scope: PageScope
  let buckets: [DayBucket]
  /// Those with subscriptions of the scope, with these alone; by `customerTenantId`.
  package let customers: [KnownCustomer]
  package let meters: [Meter]
  /// What resellers are called, and how many subscriptions they say they have, by id in lower case.
  let resellers: [String: NamedReseller]
  /// The last day with usage of anybody in the scope.
  let lastUsage: CalendarDay?

  struct NamedReseller: Sendable, Hashable {
    var name: String?
    /// As the newest export of resellers tells; nil for readers of some subscriptions.
    var subscriptionCount: Int?
  }

  /// What a store knows besides the customers' histories.
  package struct Names: Sendable {
    /// What usage exports call subscriptions and customers.
    package var usage: [UsageName] = []
    /// The rows of the exports of indirect resellers.
    package var resellers: [ContextRow] = []

    package init() {}

    /// - Throws: `.unusable` when the store is damaged.
    package init(_ store: HistoryStore) throws {
      usage = try store.usageNames()
      resellers = try store.contextRows(.indirectResellers)
    }
  }

  /// - Parameters:
  ///   - everything: everything seen; cut at the day of the page.
  ///   - names: likewise.
  ///   - period: the days.
  ///   - scope: whose subscriptions count.
  ///   - progress: hears of the customers that are done.
  /// - Throws: what reading the history throws.
  package init(
    _ everything: some HistorySource, names: Names = Names(), period: PagePeriod,
    scope: PageScope = PageScope(), progress: (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws {
    let history = KnownHistory(everything, on: period.asOf)
    let frame = FactsFrame(history, period)
    let usageNames = Dictionary(
      grouping: names.usage.filter { $0.observedOn <= period.asOf }, by: \.subscriptionId)
    var customers: [KnownCustomer] = []
    var done = 0
    try history.forEachCustomerBatch(size: 512) { batch in
      let included = batch.compactMap { customer -> CustomerHistory? in
        var own = customer
        own.subscriptions.removeAll { !scope.includes($0.id) }
        return own.subscriptions.isEmpty ? nil : own
      }
      customers += concurrentMap(count: included.count) { index in
        let customer = included[index]
        return KnownCustomer(
          customer, usageNames: customer.subscriptions.flatMap { usageNames[$0.id] ?? [] }, frame)
      }
      done += batch.count
      progress(done, nil)
    }
    // Who is not known yet has neither rows nor usage.
    self.customers = customers.filter { customer in
      customer.subscriptions.contains { $0.isObserved || $0.usage.lastDay != nil }
    }
    self.period = period
    self.scope = scope
    buckets = frame.buckets
    meters = history.meters
    lastUsage = self.customers.flatMap { $0.azure.compactMap(\.usage.lastDay) }.max()
    var resellers: [String: NamedReseller] = [:]
    // Source by source the newest export first: the first row that has something counts.
    for row in names.resellers where row.observedOn <= period.asOf {
      guard let id = row.text("id")?.lowercased() else { continue }
      var known = resellers[id] ?? NamedReseller()
      known.name = known.name ?? row.text("name")
      if scope.isWhole {
        known.subscriptionCount = known.subscriptionCount ?? row.count("subscriptionCount")
      }
      resellers[id] = known
    }
    self.resellers = resellers
  }

  /// All Azure subscriptions, each with its customer.
  var azure: [(customer: KnownCustomer, subscription: KnownSubscription)] {
    customers.flatMap { customer in customer.azure.map { (customer, $0) } }
  }

  /// Who a customer is, as the reader may know it.
  func who(_ customer: KnownCustomer) -> WhoIs {
    WhoIs(
      tenant: customer.customerTenantId, name: scope.includesNames ? customer.name : nil,
      earlierNames: scope.includesNames ? customer.earlierNames : [])
  }

  /// Which subscription of whom it is, as the reader may know it.
  func which(_ customer: KnownCustomer, _ subscription: KnownSubscription) -> WhichSubscription {
    WhichSubscription(
      customer: who(customer), id: subscription.id.description,
      name: scope.includesNames ? subscription.state.friendlyName : nil,
      product: subscription.state.productName)
  }
}
