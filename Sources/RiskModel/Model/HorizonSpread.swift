package import Learning

/// The horizons that a model tells of, and the hazard that spreads its probability over them.
///
/// ```
///   days            28    56    91    182        the model's own among them, here 91
///   P(days)       1 − (1 − p)^{Λ(days)/Λ(91)}    p the calibrated probability at 91
/// ```
package struct HorizonSpread: Sendable, Equatable {
  /// Ascending, at least two; each ends a period of the hazard.
  package var days: [Int]
  package var hazard: DiscreteTimeHazard

  /// - Precondition: at least two days, ascending, all of them ends of periods.
  package init(days: [Int], hazard: DiscreteTimeHazard) {
    precondition(
      days.count >= 2 && zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
        && days.allSatisfy(hazard.periodEnds.contains),
      "RiskModel: horizons \(days) with periods that end on \(hazard.periodEnds)")
    self.days = days
    self.hazard = hazard
  }

  /// The probabilities of rows within every horizon.
  ///
  /// - Parameters:
  ///   - dataset: with the columns of the model.
  ///   - headline: the model's own horizon.
  ///   - probabilities: of each row within it.
  /// - Returns: for each row one for each of `days`, never falling.
  package func probabilities(
    _ dataset: Dataset, headline: Int, probabilities: [Double]
  ) -> [[HorizonProbability]] {
    zip(hazard.effects.logOdds(dataset), probabilities).map { effect, probability in
      zip(
        days,
        hazard.probabilities(
          within: days, headline: headline, probability: probability, effect: effect)
      ).map { HorizonProbability(days: $0, probability: $1) }
    }
  }
}

/// The probability of churn within some days.
package struct HorizonProbability: Sendable, Hashable {
  /// ≥ 1.
  package var days: Int
  /// In [0, 1].
  package var probability: Double

  package init(days: Int, probability: Double) {
    self.days = days
    self.probability = probability
  }
}
