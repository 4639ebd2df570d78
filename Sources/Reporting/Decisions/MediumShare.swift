internal import RiskModel

/// A level of risk that is some share of where the medium band begins: of its odds, under rules of its points.
///
/// Rows enter at the band's limit and leave clearly below it, lest the list follow every rounding.
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

  /// From where on a row does not wait.
  static func entry(_ policy: ListingPolicy, in document: AtRiskDocument) -> MediumShare {
    MediumShare(document.ordersByRule ? policy.entryPointShare : 1, in: document)
  }

  /// Down to where a row that is on its list stays.
  static func exit(_ policy: ListingPolicy, in document: AtRiskDocument) -> MediumShare {
    MediumShare(document.ordersByRule ? policy.exitPointShare : policy.exitShare, in: document)
  }

  /// Whether a row's risk is at least that high.
  func isReached(by row: AtRiskDocument.Row) -> Bool {
    if isRuled { return (row.ruleScore ?? 0) >= share * medium }
    guard let probability = row.churnProbability, medium < 1 else { return false }
    // p/(1 − p) ≥ share · m/(1 − m), without a division by zero.
    return probability * (1 - medium) >= share * medium * (1 - probability)
  }
}
