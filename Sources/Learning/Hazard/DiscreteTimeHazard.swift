internal import Glibc

/// A pooled discrete-time hazard: how likely the event is in each period, for who has come so far.
///
///     logit hᵢₖ = αₖ + xᵢᵀβ                                    k = 1 … K, periods after the row's time
///     Λᵢ(t) = −Σₖ ln(1 − hᵢₖ) over the periods up to t          the cumulative hazard
///     P(t) = 1 − (1 − p)^{Λ(t)/Λ(H)}                           given p, the probability at H
///
/// P rises with t and is p at H, whatever the hazard is: what a better model says of one horizon is
/// spread over the others. Because the features raise or lower all periods alike, Λ(t)/Λ(H) differs
/// little from row to row.
///
/// Source: Singer & Willett 1993, https://doi.org/10.3102/10769986018002155; Tutz & Schmid 2016, ch. 3,
/// https://doi.org/10.1007/978-3-319-28158-2; rows of many days in one fit: van Houwelingen 2007,
/// https://doi.org/10.1111/j.1467-9469.2006.00529.x
package struct DiscreteTimeHazard: Sendable, Equatable {
  /// Last day of each period, ascending, ≥ 1.
  package var periodEnds: [Int]
  /// αₖ: the log-odds of the average training row, one for each period.
  package var intercepts: [Double]
  /// xᵀβ; its own intercept is 0.
  package var effects: LogisticModel

  /// - Precondition: as many intercepts as periods, at least one.
  package init(periodEnds: [Int], intercepts: [Double], effects: LogisticModel) {
    precondition(
      periodEnds.count == intercepts.count && !periodEnds.isEmpty,
      "Learning: \(intercepts.count) intercepts for \(periodEnds.count) periods")
    self.periodEnds = periodEnds
    self.intercepts = intercepts
    self.effects = effects
  }

  /// Fits the hazard.
  ///
  /// - Parameters:
  ///   - dataset: Its labels are not looked at.
  ///   - rows: Training rows, at least one; no other row is read.
  ///   - exposures: What was seen of each of `rows`.
  ///   - periodEnds: Ascending. The first period without any row ends the hazard.
  ///   - lambda: As for `LogisticRegression`: the loss is a mean over rows, whatever their periods. ∞
  ///     gives every row the share of each period.
  ///   - start: A model of the same rows, whose preparation is taken over and from whose coefficients
  ///     the fit starts; nil: a preparation of its own.
  ///   - options: Limits of the preparation.
  /// - Returns: The hazard, and what the solver did; nil when nobody was seen to the first period's end.
  package static func fit(
    _ dataset: Dataset, rows: [Int], exposures: [Exposure], periodEnds: [Int], lambda: Double,
    startingAt start: LogisticModel? = nil, options: PreparationOptions = .standard
  ) -> (hazard: DiscreteTimeHazard, summary: FitSummary)? {
    precondition(
      rows.count == exposures.count, "Learning: \(exposures.count) exposures of \(rows.count) rows")
    let all = PersonPeriods(exposures, ends: periodEnds)
    let seen = all.rows.prefix { $0 > 0 }.count
    guard seen > 0 else { return nil }
    let periods = PersonPeriods(exposures, ends: Array(periodEnds.prefix(seen)))
    let preparation =
      start?.preparation ?? Preparation.fit(dataset, rows: rows, options: options)
    let width = preparation.designColumns.count
    var parameters = [Double](repeating: 0, count: width)
    var intercepts = zip(periods.rows, periods.events).map {
      Logistic.baseLogOdds(positives: Double($1), count: Double($0))
    }
    var summary = FitSummary(iterations: 0, converged: true, gradientNorm: 0, ridgeAdded: 0)
    if lambda.isFinite {
      let objective = HazardObjective(
        design: preparation.apply(dataset, rows: rows), periods: periods)
      var method = NewtonMethod(objective, reusesCurvature: true)
      let found = method.minimize(
        LogisticRegression(lambda: lambda),
        startingAt: (start?.coefficients ?? parameters) + intercepts)
      summary = found.summary
      parameters = Array(found.parameters.prefix(width))
      intercepts = Array(found.parameters.dropFirst(width))
    }
    let effects = LogisticModel(
      preparation: preparation, coefficients: parameters, intercept: 0)
    return (
      DiscreteTimeHazard(periodEnds: periods.ends, intercepts: intercepts, effects: effects),
      summary
    )
  }

  /// Λ at the ends of all periods, for one row.
  ///
  /// - Parameter effect: xᵀβ of the row.
  /// - Returns: One number ≥ 0 for each period, never falling.
  package func cumulativeHazards(effect: Double) -> [Double] {
    var sum = 0.0
    return intercepts.map { intercept in
      // −ln(1 − σ(η)) = softplus(η).
      sum += Logistic.softplus(intercept + effect)
      return sum
    }
  }

  /// The probability of the event within each of some horizons.
  ///
  /// - Parameters:
  ///   - days: The horizons, ascending, all of them ends of periods.
  ///   - headline: The horizon, one of them, whose probability is given.
  ///   - probability: Of the event within `headline`, in [0, 1].
  ///   - effect: xᵀβ of the row.
  /// - Returns: One for each horizon, never falling, and exactly `probability` at `headline`.
  package func probabilities(
    within days: [Int], headline: Int, probability: Double, effect: Double
  ) -> [Double] {
    let cumulative = cumulativeHazards(effect: effect)
    func hazard(_ day: Int) -> Double {
      guard let period = periodEnds.firstIndex(of: day) else {
        preconditionFailure("Learning: day \(day) ends none of the periods \(periodEnds)")
      }
      return cumulative[period]
    }
    let whole = hazard(headline)
    var least = 0.0
    return days.map { day in
      guard day != headline else {
        least = probability
        return probability
      }
      // So small a hazard that it is 0 in a Double says nothing of its course: it counts as constant.
      let share = whole > 0 ? hazard(day) / whole : Double(day) / Double(headline)
      let value = Self.probability(probability, share: share)
      // The powers are monotone but for their last bit.
      least = min(max(value, least), day < headline ? probability : 1)
      return least
    }
  }

  /// A probability over a share of its cumulative hazard: 1 − (1 − p)^s.
  ///
  /// - Parameters:
  ///   - probability: In [0, 1].
  ///   - share: ≥ 0.
  /// - Returns: In [0, 1]; `probability` for a share of 1.
  package static func probability(_ probability: Double, share: Double) -> Double {
    let value = -expm1(share * log1p(-probability))
    // Certainty over no hazard at all is 0·∞.
    return value.isNaN ? probability : value
  }
}
