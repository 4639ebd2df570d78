extension Metric {
  /// How far the log-odds are stretched: the slope of a logistic recalibration.
  ///
  ///     logit P(y = 1) = a + b·logit p        by maximum likelihood; the metric is b
  ///
  /// Any real number; 1 is right, below 1 the predictions are too extreme (overfitting), above 1 too
  /// timid. Nil when the fit does not exist: one class only, all p equal, or classes separated by p.
  /// Source: Cox 1958, https://doi.org/10.1093/biomet/45.3-4.562; Van Calster et al. 2019,
  /// https://doi.org/10.1186/s12916-019-1466-7
  package static let calibrationSlope = Metric(
    name: "calibrationSlope", abstract: "Slope of the logistic recalibration; below 1: too extreme",
    direction: .nearOne,
    range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  ) { probabilities, labels in
    let ones = zip(probabilities, labels).filter { $0.1 == 1 }.map(\.0)
    let zeros = zip(probabilities, labels).filter { $0.1 == 0 }.map(\.0)
    guard let lowOne = ones.min(), let highOne = ones.max(), let lowZero = zeros.min(),
      let highZero = zeros.max(), lowOne < highZero, lowZero < highOne
    else { return nil }
    return SmallLogisticFit.parameters(
      columns: [
        probabilities.map { Logistic.logOdds(probability: $0) },
        [Double](repeating: 1, count: labels.count),
      ],
      offsets: [Double](repeating: 0, count: labels.count), targets: labels, start: [1, 0])?[0]
  }
}
