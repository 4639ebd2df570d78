package import Files
internal import Reporting

/// What each family of features says about the scored subscriptions.
package struct FamilyNumbers: SectionNumbers {
  struct Family: Sendable, Hashable {
    let family: String
    /// Mean of the absolute contributions over all scored rows: log-odds, or points under rules.
    let meanAbsolute: Double
    /// Rows at risk whose first reason is of the family.
    let firstReasons: Int
  }

  /// The weightiest first.
  let families: [Family]
  let rows: Int
  let atRisk: Int
  let isByRule: Bool
  package let absence: String?

  package init(_ input: PageInput) {
    let document = input.scores.value ?? AtRiskDocument()
    let own = document.subscriptions
    var sums: [String: Double] = [:]
    var firsts: [String: Int] = [:]
    for row in own {
      for family in row.families { sums[family.family, default: 0] += abs(family.contribution) }
      guard row.isAtRisk, let first = row.reasons.first else { continue }
      firsts[first.family, default: 0] += 1
      sums[first.family, default: 0] += 0
    }
    families = sums.map {
      Family(
        family: $0.key, meanAbsolute: $0.value / Double(max(1, own.count)),
        firstReasons: firsts[$0.key] ?? 0)
    }.sorted { ($1.meanAbsolute, $0.family) < ($0.meanAbsolute, $1.family) }
    rows = own.count
    atRisk = own.count(where: \.isAtRisk)
    isByRule = document.model.learner == "rules"
    absence =
      input.scores.absence
      ?? (families.isEmpty ? "The scores tell nothing about families of features." : nil)
  }

  package var json: JSONValue {
    [
      "rows": .integer(rows),
      "families": .array(
        families.map {
          [
            "family": .string($0.family), "meanAbsoluteContribution": .number($0.meanAbsolute),
            "firstReasons": .integer($0.firstReasons),
          ]
        }),
    ]
  }
}
