internal import RiskModel

/// A level of risk that is some share of where the medium band begins: of its odds, under rules of its points.
///
/// Rows enter a little above the band's limit and leave clearly below it, lest the list follow every rounding.
struct MediumShare {
  private let share: Double
  /// Whether points decide the bands.
  private let isRuled: Bool
  /// Where the medium band begins: a probability, or points.
  private let medium: Double

  /// - Parameters:
  ///   - share: > 0; 1 is the limit of the band itself.
  ///   - document: whose bands.
  init(_ share: Double, in document: AtRiskDocument) {
    self.share = share
    isRuled = document.ordersByRule
    medium = document.ordersByRule ? RuleScore.bands.medium : document.medium
  }

  /// Whether a row's risk is at least that high.
  func isReached(by row: AtRiskDocument.Row) -> Bool {
    if isRuled { return (row.ruleScore ?? 0) >= share * medium }
    guard let probability = row.churnProbability, medium < 1 else { return false }
    // p/(1 − p) ≥ share · m/(1 − m), without a division by zero.
    return probability * (1 - medium) >= share * medium * (1 - probability)
  }
}
