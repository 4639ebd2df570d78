internal import RiskModel

/// How far the risk of a row has to fall before it leaves its list: clearly below where rows enter.
struct ExitLevel {
  /// Of the medium band's odds; under rules of its points.
  private let share: Double
  /// Whether points decide the bands.
  private let isRuled: Bool
  /// Where the medium band begins: a probability, or points.
  private let medium: Double

  init(of document: AtRiskDocument, _ policy: ListingPolicy) {
    share = policy.exitShare
    isRuled = document.ordersByRule
    medium = document.ordersByRule ? RuleScore.bands.medium : document.medium
  }

  /// Whether a row has not fallen below it.
  func isReached(by row: AtRiskDocument.Row) -> Bool {
    if isRuled { return (row.ruleScore ?? 0) >= share * medium }
    guard let probability = row.churnProbability, medium < 1 else { return false }
    // p/(1 − p) ≥ share · m/(1 − m), without a division by zero.
    return probability * (1 - medium) >= share * medium * (1 - probability)
  }
}
