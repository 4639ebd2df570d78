/// How a row stands against the base rate.
package enum RiskBand: String, Sendable, Hashable, CaseIterable {
  case high, medium, low
}

/// The probabilities (or rule scores) from which a row is high or medium; inclusive.
package struct RiskBands: Sendable, Hashable {
  package var high: Double
  package var medium: Double

  package init(high: Double, medium: Double) {
    self.high = high
    self.medium = medium
  }

  /// Bands by odds: a row is high when its odds are `highOddsRatio` times those of the base rate.
  ///
  /// The base rate lies strictly between 0 and 1.
  package init(baseRate: Double, highOddsRatio: Double, mediumOddsRatio: Double) {
    func probability(_ ratio: Double) -> Double {
      let odds = ratio * baseRate / (1 - baseRate)
      return odds / (1 + odds)
    }
    high = probability(highOddsRatio)
    medium = probability(mediumOddsRatio)
  }

  package func band(of score: Double) -> RiskBand {
    score >= high ? .high : score >= medium ? .medium : .low
  }
}
