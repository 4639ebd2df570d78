package import Files
internal import Reporting
internal import RiskModel

/// Azure subscriptions at risk by the scores, with Microsoft's own risk beside them.
package struct AtRiskNumbers: SectionNumbers {
  struct Row: Sendable, Hashable {
    let which: WhichSubscription
    let rank: Int
    /// nil under rules.
    let probability: Double?
    let points: Double?
    let band: String
    let reasons: [String]
    let lastUsage: String?
    let accountManager: String?
    let microsoft: String?
    /// nil for readers without money, and where nothing is known.
    let value: Double?
    let expectedLoss: Double?
    /// A currency, `usage` or `licences`.
    let unit: String?
  }

  /// How many subscriptions have a band of ours and a risk of Microsoft's.
  struct Cell: Sendable, Hashable {
    let ours: String
    /// As written; empty for none.
    let microsoft: String
    let count: Int
  }

  static let bands = ["high", "medium", "low"]

  /// High and medium, in the order of the scores; at most `ShownRows.most`.
  let rows: [Row]
  package let scored: Int
  /// By band.
  package let counts: [String: Int]
  let expectedChurn: Double?
  let asOf: String
  let horizonDays: Int
  let definition: String
  let learner: String
  let grade: String?
  /// Whether points decide order and bands, as without a model and with one of grade C.
  let ordersByRule: Bool
  /// What needs a person, as the scores say it; nothing for readers of some subscriptions.
  let attention: [String]
  /// Azure subscriptions that are listed without a score: lost already, missing, excluded.
  package let notScored: Int
  /// By band, then Microsoft's risk; of every scored subscription.
  let agreement: [Cell]
  /// Whether any subscription has a risk of Microsoft's.
  var hasMicrosoft: Bool { agreement.contains { !$0.microsoft.isEmpty } }
  package let absence: String?

  package var atRisk: Int { (counts["high"] ?? 0) + (counts["medium"] ?? 0) }

  package init(_ input: PageInput) {
    let facts = input.facts
    let document = input.scores.value ?? AtRiskDocument()
    let own = document.subscriptions
    scored = own.count
    counts = Dictionary(grouping: own, by: \.riskBand).mapValues(\.count)
    let isByRule = document.model.learner == "rules"
    expectedChurn =
      isByRule ? nil : own.reduce(0) { $0 + ($1.churnProbability ?? 0) }
    asOf = document.asOf
    horizonDays = document.horizonDays
    definition = document.churnText
    learner = document.model.learner
    grade = facts.scope.isWhole ? document.model.grade : nil
    ordersByRule = document.ordersByRule
    notScored = document.excluded.count
    attention = document.attention.filter { $0.severity == .warning }.map(\.text)
    var cells: [String: [String: Int]] = [:]
    for row in own {
      cells[row.riskBand, default: [:]][row.identity.microsoftChurnRisk ?? "", default: 0] += 1
    }
    agreement = Self.bands.flatMap { band in
      (cells[band] ?? [:]).sorted { $0.key < $1.key }.map {
        Cell(ours: band, microsoft: $0.key, count: $0.value)
      }
    }
    let customers = Dictionary(
      facts.customers.map { ($0.customerTenantId.lowercased(), $0) },
      uniquingKeysWith: { one, _ in one }
    )
    rows = ShownRows.first(of: own.filter(\.isAtRisk)).map { row in
      let identity = row.identity
      let tenant = identity.customerTenantId ?? ""
      let known = customers[tenant.lowercased()]
      let hasNames = facts.scope.includesNames
      let name = hasNames ? identity.customerName ?? known?.name : nil
      let earlier = ([known?.name].compactMap(\.self) + (known?.earlierNames ?? []))
        .filter { $0 != name }
      return Row(
        which: WhichSubscription(
          customer: WhoIs(tenant: tenant, name: name, earlierNames: hasNames ? earlier : []),
          id: identity.subscriptionId, name: identity.subscriptionName,
          product: identity.productName),
        rank: row.rank, probability: row.churnProbability, points: row.ruleScore,
        band: row.riskBand, reasons: row.reasons.prefix(3).map(\.text),
        lastUsage: identity.lastUsageDate,
        accountManager: identity.accountManager, microsoft: identity.microsoftChurnRisk,
        value: identity.value, expectedLoss: row.expectedLoss,
        unit: identity.currency ?? identity.valueBasis)
    }
    if let reason = input.scores.absence {
      absence = reason
    } else if own.isEmpty {
      absence = "The scores of \(document.asOf) hold no Azure subscription that is scored."
    } else {
      absence = nil
    }
  }

  package var json: JSONValue {
    guard absence == nil else { return .null }
    return [
      "asOf": .string(asOf), "horizonDays": .integer(horizonDays), "scored": .integer(scored),
      "notScored": .integer(notScored),
      "high": .integer(counts["high"] ?? 0), "medium": .integer(counts["medium"] ?? 0),
      "low": .integer(counts["low"] ?? 0), "expectedChurn": .optional(expectedChurn),
      "agreement": .array(
        agreement.map {
          [
            "riskBand": .string($0.ours),
            "microsoftChurnRisk": $0.microsoft.isEmpty ? .null : .string($0.microsoft),
            "count": .integer($0.count),
          ]
        }),
      "rows": .array(
        rows.map { row in
          var object = row.which.json
          object["rank"] = .integer(row.rank)
          object["churnProbability"] = .optional(row.probability)
          object["riskBand"] = .string(row.band)
          object["microsoftChurnRisk"] = .optional(row.microsoft)
          return .object(object)
        }),
    ]
  }
}
