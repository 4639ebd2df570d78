package import Features
internal import Learning

/// What all features of one family together say about one row.
///
/// ```
///   bias + Σ contribution = logOdds                 every feature belongs to a family
///   probabilityWithout = calibration(logOdds − contribution)
/// ```
/// Taking a family out of the sum answers "what if we knew nothing of this", not "what if this changed".
package struct FamilyPart: Sendable, Hashable {
  package var family: FeatureFamily
  /// On the log-odds scale before calibration, or points under rules; never 0.
  package var contribution: Double
  /// The calibrated probability without the family; nil under rules.
  package var probabilityWithout: Double?

  /// The families of one row, in the order of `FeatureFamily`; those that add exactly nothing are left
  /// out.
  ///
  /// - Parameters:
  ///   - contributions: one for each feature, on any additive scale.
  ///   - families: one for each feature.
  ///   - logOdds: of the row, for the probability without each family; nil under rules.
  ///   - calibration: maps log-odds to the probability.
  /// - Returns: at most one for each family.
  static func parts(
    of contributions: [Double], families: [FeatureFamily], logOdds: Double?,
    calibration: CalibrationMap
  ) -> [FamilyPart] {
    precondition(contributions.count == families.count, "one family for every feature")
    var sums: [FeatureFamily: Double] = [:]
    for (contribution, family) in zip(contributions, families) {
      sums[family, default: 0] += contribution
    }
    return FeatureFamily.allCases.compactMap { family in
      guard let sum = sums[family], sum != 0 else { return nil }
      return FamilyPart(
        family: family, contribution: sum,
        probabilityWithout: logOdds.map { calibration.probability(logOdds: $0 - sum) })
    }
  }
}
