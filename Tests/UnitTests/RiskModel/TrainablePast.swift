import Features
import Files
import History
import Learning

@testable import RiskModel

/// A partner large enough to learn from: weekly exports, one or two subscriptions a customer, usage
/// that stops some weeks before most ends, and auto-renew that is switched off before some.
///
/// Day 0 is `pastDay(0)`; exports come every seven days from day 0 to `lastDay`.
enum TrainablePast {
  static let lastDay = 196

  static func make(
    customers: Int = 260, churnPerMonth: Double = 0.05, seed: UInt64 = 7
  ) -> InMemoryHistory {
    var random = HistoryRandom(seed: seed)
    var nextId: UInt64 = 1
    let people = (0..<customers).map { number in
      let tenant = tenantId(number)
      let subscriptions = (0..<(random.chance(0.2) ? 2 : 1)).map { _ in
        defer { nextId += 1 }
        return subscription(
          GUID(high: 0xA2, low: nextId), tenant: tenant, number, churnPerMonth, &random)
      }
      return CustomerHistory(customerTenantId: tenant, subscriptions: subscriptions)
    }
    let days = stride(from: 0, through: lastDay, by: 7).map {
      ExportDay(day: pastDay($0), rows: 1, hasAllPages: true, retainedShare: 1)
    }
    return InMemoryHistory(
      sources: [Source(name: "default", days: days)],
      meters: (0..<2).map { Meter(meterCategory: "meter \($0)") }, customers: people)
  }

  static func tenantId(_ number: Int) -> String {
    GUID(high: 0x7E4A_4712, low: UInt64(number)).description
  }

  static func customerName(_ number: Int) -> String { "Zephyrine & Söhne \(number)" }

  private static func subscription(
    _ id: GUID, tenant: String, _ number: Int, _ churnPerMonth: Double,
    _ random: inout HistoryRandom
  ) -> SubscriptionHistory {
    var state = SubscriptionState()
    state.customerTenantId = tenant
    state.customerName = customerName(number)
    state.friendlyName = "Project Halcyon \(number)"
    state.customerMarket = ["US", "FR", "JP"][number % 3]
    state.productName = ["Azure plan", "Azure subscription"][number % 2]
    state.partnerId = tenantId(900_000 + number % 4)
    state.status = .active
    state.subscriptionType = "Azure"
    state.effectiveStartDate = pastDay(-random.number(30...700))
    state.autoRenewEnabled = true
    state.licenseCount = 0
    var end: Int?
    for month in 0..<8 where end == nil && random.chance(churnPerMonth) {
      end = month * 28 + random.number(0...27)
    }
    let quietFrom = end.map { $0 - random.number(3...40) } ?? .max
    let offFrom = end.flatMap { random.chance(0.4) ? $0 - random.number(5...30) : nil } ?? .max
    var states: [SubscriptionState] = []
    var observations: [Observation] = []
    var lastUsed = -60
    var usage = UsageHistory()
    let density = Double.random(in: 0.2...0.9, using: &random)
    for day in -60...lastDay {
      if day < quietFrom, random.chance(density) {
        lastUsed = day
        usage.append(
          day: pastDay(day), meter: Int32(number % 2),
          quantity: Double.random(in: 0.5...4, using: &random))
      }
      guard day >= 0, day.isMultiple(of: 7) else { continue }
      if day >= offFrom { state.autoRenewEnabled = false }
      if let end, day >= end {
        state.status = .deprovisioned
        state.deprovisionedDate = pastDay(end)
      }
      if states.last != state { states.append(state) }
      observations.append(
        Observation(
          day: pastDay(day), source: 0, state: states.count - 1, lastUsageDate: pastDay(lastUsed)))
    }
    return SubscriptionHistory(id: id, states: states, observations: observations, usage: usage)
  }

  /// Four weeks ahead, as in Training/recipes/cancellation-28d.json.
  static var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.name = "four weeks"
    recipe.horizonDays = 28
    return recipe
  }

  static let history = make()

  /// One training that many tests look at.
  static let trained = Result {
    try Trainer(recipe: recipe).train(history, asOf: nil, lagDays: 1)
  }

  /// Its sealed model.
  static let model = Result { try trained.get().model.sealed().model }
}
