import Files
import History
import Reporting
import TestSupport

@testable import UsagePage

/// Places in the repository.
enum Repository {
  static func file(_ name: String) -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/\(name)"
  }
}

/// A small partner, written day by day; exports of subscriptions come on the days given.
struct SmallPartner {
  var exports: [String] = []
  var meters: [Meter] = []
  private var subscriptions: [Int: (tenant: String, history: SubscriptionHistory)] = [:]
  private var lines: [Int: [(CalendarDay, Int32, Double, CalendarDay, Double)]] = [:]
  var exclusions: [Exclusion] = []

  init(exports: [String]) { self.exports = exports }

  /// How a subscription looked on some export days, an active Azure one unless changed.
  mutating func see(
    _ number: Int, of tenant: String = "contoso", on days: [String], lastUsage: String? = nil,
    _ change: (inout SubscriptionState) -> Void = { _ in }
  ) {
    var state = SubscriptionState()
    state.customerTenantId = tenant
    state.customerName = tenant
    state.status = .active
    state.subscriptionType = "Azure"
    change(&state)
    var history =
      subscriptions[number]?.history
      ?? SubscriptionHistory(
        id: guid(number), states: [], observations: [], usage: UsageHistory())
    let index = history.states.firstIndex(of: state) ?? history.states.count
    if index == history.states.count { history.states.append(state) }
    for text in days {
      history.observations.append(
        Observation(
          day: day(text), source: 0, state: index, lastUsageDate: lastUsage.map { day($0) }))
    }
    history.observations.sort { $0.day < $1.day }
    subscriptions[number] = (tenant, history)
  }

  /// Usage of one meter on some days; a cost where one is given.
  mutating func use(
    _ number: Int, of tenant: String = "contoso", on days: [String], category: String = "Storage",
    unit: String = "1 GB", quantity: Double = 1, cost: Double? = nil, currency: String = "",
    knownFrom: String? = nil
  ) {
    let meter = Meter(meterCategory: category, meterUnit: unit, currency: currency)
    let index = meters.firstIndex(of: meter) ?? meters.count
    if index == meters.count { meters.append(meter) }
    if subscriptions[number] == nil {
      subscriptions[number] = (
        tenant,
        SubscriptionHistory(id: guid(number), states: [], observations: [], usage: UsageHistory())
      )
    }
    for text in days {
      lines[number, default: []].append(
        (
          day(text), Int32(index), quantity, knownFrom.map { day($0) } ?? UsageHistory.earliest,
          cost ?? .nan
        ))
    }
  }

  var history: InMemoryHistory {
    var customers: [String: [SubscriptionHistory]] = [:]
    for (number, subscription) in subscriptions.sorted(by: { $0.key < $1.key }) {
      var history = subscription.history
      for line in (lines[number] ?? []).sorted(by: { ($0.0, $0.1, $0.3) < ($1.0, $1.1, $1.3) }) {
        history.usage.append(
          day: line.0, meter: line.1, quantity: line.2, firstKnown: line.3, cost: line.4)
      }
      customers[subscription.tenant, default: []].append(history)
    }
    return InMemoryHistory(
      sources: [
        Source(
          name: "default",
          days: exports.map {
            ExportDay(day: day($0), rows: 1, hasAllPages: true, retainedShare: 1)
          })
      ], meters: meters, exclusions: exclusions,
      customers: customers.map {
        CustomerHistory(customerTenantId: $0.key, subscriptions: $0.value)
      })
  }

  /// The facts of a period; the whole history's newest day unless told otherwise.
  func facts(
    _ from: String? = nil, _ to: String? = nil, asOf: String? = nil, scope: PageScope = PageScope()
  ) throws -> PartnerFacts {
    let known = exports.filter { export in asOf.map { export <= $0 } ?? true }
    let last = day(known.last ?? "2026-01-05")
    return try PartnerFacts(
      history,
      period: PagePeriod(
        from: from.map { day($0) }, to: to.map { day($0) }, asOf: asOf.map { day($0) } ?? last,
        firstObservation: day(exports[0]), lastObservation: last), scope: scope)
  }

  /// What the sections are made of, without scores and model.
  func input(
    _ from: String? = nil, _ to: String? = nil, asOf: String? = nil, scope: PageScope = PageScope(),
    scores: AtRiskDocument? = nil
  ) throws -> PageInput {
    PageInput(
      facts: try facts(from, to, asOf: asOf, scope: scope),
      scores: scores.map { .value($0) } ?? .absent("No scores."), evaluation: .absent("No model."),
      backtest: .absent("No backtest."))
  }
}

/// Scores by hand.
func scores(
  asOf: String = "2026-03-02",
  _ rows: [(number: Int, tenant: String, probability: Double, band: String, microsoft: String?)]
) -> AtRiskDocument {
  var document = AtRiskDocument()
  document.asOf = asOf
  document.horizonDays = 91
  document.churnText = "It is lost within 91 days."
  document.model.learner = "logistic"
  document.model.grade = "A"
  document.subscriptions = rows.enumerated().map { index, row in
    var made = AtRiskDocument.Row()
    made.rank = index + 1
    made.identity.subscriptionId = guid(row.number).description
    made.identity.subscriptionName = "sub \(row.number)"
    made.identity.customerTenantId = row.tenant
    made.identity.customerName = row.tenant
    made.identity.value = 100
    made.identity.valueBasis = "cost"
    made.identity.currency = "EUR"
    made.identity.microsoftChurnRisk = row.microsoft
    made.expectedLoss = 100 * row.probability
    made.churnProbability = row.probability
    made.riskBand = row.band
    made.reasons = [
      AtRiskDocument.Reason(
        feature: "daysSinceLastUsage", family: "usageRecency", value: 42, contribution: 1,
        text: "No usage for 42 days")
    ]
    made.families = [
      AtRiskDocument.Family(
        family: "usageRecency", contribution: row.probability, probabilityWithout: 0.1),
      AtRiskDocument.Family(family: "renewal", contribution: -0.25, probabilityWithout: 0.2),
    ]
    return made
  }
  return document
}
