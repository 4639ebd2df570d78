import Features
import History

/// A random history with everything that makes point-in-time hard: two sources on different days, one
/// of which may begin much later, usage exports of both, of one or of none,
/// incomplete exports, subscriptions that vanish and come back, fields that change, ends dated before
/// they are told, usage that comes late and is corrected, also to zero.
enum RandomPast {
  /// Days 0 … `lastDay` have exports; usage begins before them.
  static let lastDay = 100
  static let meterCount = 6

  /// Enough subscriptions of one product that each has others like it; auto-renew is switched off for most of
  /// them on days 30 … 36 and 80 … 86, and on in between.
  static func makeAlike(seed: UInt64) -> InMemoryHistory {
    make(seed: seed, customers: 26...32, product: "product 0")
  }

  /// Customers with 1 … 5 subscriptions each; `product` is every subscription's until it changes.
  static func make(
    seed: UInt64, customers customerCount: ClosedRange<Int> = 3...6, product: String? = nil
  ) -> InMemoryHistory {
    var random = HistoryRandom(seed: seed)
    let sources = [
      Source(name: "alpha", days: exportDays(from: 0, &random), usageDays: usageDays(&random)),
      Source(
        name: "beta",
        days: exportDays(from: random.number(1...(random.chance(0.5) ? 12 : 70)), &random),
        usageDays: usageDays(&random)),
    ]
    var nextId: UInt64 = 1
    let customers = (0..<random.number(customerCount)).map { number in
      let tenant = "tenant-\(number)"
      let subscriptions = (0..<random.number(1...5)).map { _ in
        defer { nextId += 1 }
        return subscription(
          GUID(high: seed, low: nextId), tenant: tenant, product: product, sources: sources,
          &random)
      }
      return CustomerHistory(customerTenantId: tenant, subscriptions: subscriptions)
    }
    let exclusions = [
      Exclusion(customerTenantId: "tenant-0", reason: .transferred, from: pastDay(90)),
      Exclusion(subscriptionId: GUID(high: seed, low: 2), reason: .test, from: pastDay(60)),
      Exclusion(customerTenantId: "tenant-2", reason: .migrated),
    ]
    var history = InMemoryHistory(
      sources: sources, meters: (0..<meterCount).map { meter($0) },
      exclusions: exclusions, customers: customers)
    history.surroundings = surroundings(seed: seed)
    return history
  }

  /// Transfers, four resellers, referrals and searches, some known later than they happened.
  private static func surroundings(seed: UInt64) -> Surroundings {
    var random = HistoryRandom(seed: seed ^ 0x5eed)
    var surroundings = Surroundings()
    for number in 0..<30 {
      let day = pastDay(random.number(-200...lastDay))
      let late = random.chance(0.5) ? random.number(0...20) : 0
      surroundings.events.append(
        Event(
          day: day, kind: random.chance(0.7) ? .transferred : .other,
          subscriptionId: number.isMultiple(of: 3)
            ? nil : GUID(high: seed, low: UInt64(random.number(1...20))),
          customerTenantId: "tenant-\(random.number(0...6))"))
      let market = ["us", "FR", nil][random.number(0...2)]
      surroundings.referrals.append(
        MarketRecord(
          knownOn: day + late, day: day, market: market,
          customerName: "CUSTOMER tenant-\(random.number(0...6))"))
      surroundings.searches.append(MarketRecord(knownOn: day + late, day: day, market: market))
      var reseller = ResellerRecord(
        knownOn: pastDay(random.number(-10...lastDay)), id: "PARTNER \(random.number(0...3))")
      reseller.firstSuspended = random.chance(0.7) ? day : nil
      reseller.latestSuspended = random.chance(0.7) ? day + random.number(0...60) : nil
      reseller.firstDeprovisioned = random.chance(0.7) ? day + random.number(0...60) : nil
      reseller.latestDeprovisioned = random.chance(0.7) ? day + random.number(0...60) : nil
      surroundings.resellers.append(reseller)
    }
    return surroundings
  }

  /// Two of storage, one for tests, one reserved, one without a region.
  private static func meter(_ number: Int) -> Meter {
    Meter(
      meterCategory: ["Storage", "Virtual Machines", "Network"][number % 3],
      meterSubcategory: "meter \(number)\(number == 4 ? " Dev/Test" : "")",
      resourceLocation: number == 5 ? "" : "region \(number % 2)",
      reservationOrderId: number == 2 ? "order" : "", currency: "EUR")
  }

  private static func exportDays(from first: Int, _ random: inout HistoryRandom) -> [ExportDay] {
    var days: [ExportDay] = []
    var day = first
    while day <= lastDay {
      days.append(
        ExportDay(
          day: pastDay(day), rows: random.number(1...20), hasAllPages: !random.chance(0.1),
          retainedShare: random.chance(0.1) ? 0.5 : 1))
      day += random.number(1...9)
    }
    return days
  }

  private static func usageDays(_ random: inout HistoryRandom) -> [CalendarDay] {
    guard random.chance(0.7) else { return [] }
    var days: [CalendarDay] = []
    var day = random.number(-20...60)
    while day <= lastDay {
      days.append(pastDay(day))
      day += random.number(1...12)
    }
    return days
  }

  private static func subscription(
    _ id: GUID, tenant: String, product: String?, sources: [Source],
    _ random: inout HistoryRandom
  ) -> SubscriptionHistory {
    var state = SubscriptionState()
    state.productName = product
    state.customerName = "Customer \(tenant)"
    if product != nil { state.autoRenewEnabled = true }
    state.customerTenantId = tenant
    state.status = .active
    state.subscriptionType = ["Azure", "azure", "Azure", "License", nil][random.number(0...4)]
    let start = random.number(-500...60)
    state.creationDate = random.chance(0.9) ? pastDay(start) : nil
    state.effectiveStartDate = random.chance(0.8) ? pastDay(start + random.number(0...5)) : nil
    if random.chance(0.3) {
      let trialStart = random.number(-40...60)
      state.trialStartDate = pastDay(trialStart)
      state.trialEndDate = pastDay(trialStart + 30)
    }
    // Seen by one source, by the other, by both, or only in the usage.
    let seenBy = [[0], [1], [0, 1], [0], []][random.number(0...4)]
    let firstSeen = random.number(0...60)
    let lastSeen = random.chance(0.4) ? random.number(firstSeen...lastDay) : lastDay
    let absence = random.number(0...lastDay)...(lastDay + random.number(0...40))
    let exports = seenBy.flatMap { source in sources[source].days.map { ($0.day, source) } }
      .sorted { $0 < $1 }
    var states: [SubscriptionState] = []
    var observations: [Observation] = []
    let comesBack = random.number(0...40)
    for (day, source) in exports {
      let number = day - pastDay(0)
      guard (firstSeen...lastSeen).contains(number) else { continue }
      if absence.contains(number), number < absence.lowerBound + comesBack { continue }
      change(&state, on: day, &random)
      if product != nil { followPolicy(&state, on: number, &random) }
      if !states.contains(state) { states.append(state) }
      guard let index = states.firstIndex(of: state) else { continue }
      let reported = random.chance(0.7) ? day - random.number(-4...40) : nil
      observations.append(
        Observation(day: day, source: source, state: index, lastUsageDate: reported))
    }
    return SubscriptionHistory(
      id: id, states: states, observations: observations,
      usage: usage(&random, isBilled: id.low.isMultiple(of: 2)))
  }

  private static func followPolicy(
    _ state: inout SubscriptionState, on number: Int, _ random: inout HistoryRandom
  ) {
    switch number {
    case 30...36, 80...86:
      if random.chance(0.7) { state.autoRenewEnabled = false }
    case 50...60: state.autoRenewEnabled = true
    default: break
    }
  }

  private static func change(
    _ state: inout SubscriptionState, on day: CalendarDay, _ random: inout HistoryRandom
  ) {
    if random.chance(0.1) { state.autoRenewEnabled = [true, false, nil][random.number(0...2)] }
    if random.chance(0.05) { state.customerMarket = ["US", "FR", nil][random.number(0...2)] }
    if random.chance(0.05) {
      let product = random.number(0...3)
      state.productName = product == 3 ? "Azure Reserved VM Instance" : "product \(product)"
    }
    if random.chance(0.05) { state.partnerId = "partner \(random.number(0...3))" }
    state.partnerName = state.partnerId.map { "The \($0)" }
    if random.chance(0.05) { state.licenseCount = random.number(0...9) }
    state.billingCycleName = state.licenseCount.map { $0 < 5 ? "MONTHLY" : "ANNUAL" }
    if random.chance(0.05) { state.commitmentEndDate = day + random.number(-20...200) }
    if random.chance(0.05) { state.lastRenewalDate = day - random.number(-3...30) }
    if random.chance(0.05) { state.trialToPaidConversionDate = day - random.number(-3...10) }
    if random.chance(0.02) { state.customerTenantId = random.chance(0.5) ? nil : "renamed" }
    if random.chance(0.1) {
      let statuses: [SubscriptionStatus] = [
        .active, .active, .suspended, .deprovisioned, .unknown("PENDING"),
      ]
      state.status = statuses[random.number(0...4)]
    }
    if state.status == .deprovisioned, state.deprovisionedDate == nil, random.chance(0.5) {
      state.deprovisionedDate = day - random.number(-5...30)
    }
  }

  private static func usage(
    _ random: inout HistoryRandom, isBilled: Bool
  ) -> UsageHistory {
    var usage = UsageHistory()
    let density = Double.random(in: 0...0.9, using: &random)
    for number in -140...lastDay where random.chance(density) {
      for meter in 0..<random.number(1...meterCount) where random.chance(0.5) {
        var quantity = Double.random(in: -2...6, using: &random)
        quantity = quantity < 0 ? 0 : quantity * quantity * quantity
        var known =
          random.chance(0.8) ? UsageHistory.earliest : pastDay(number + random.number(3...25))
        usage.append(
          day: pastDay(number), meter: Int32(meter), quantity: quantity, firstKnown: known)
        while random.chance(0.15) {
          known = max(known, pastDay(number)) + random.number(1...20)
          usage.append(
            day: pastDay(number), meter: Int32(meter),
            quantity: random.chance(0.3) ? 0 : Double(random.number(0...40)), firstKnown: known)
        }
      }
    }
    if isBilled { usage.costs = usage.quantities.map { $0 / 2 - 1 } }
    return usage
  }
}
