extension Metric {
  /// Mean gap between predicted and observed rate over ten bins of equal numbers of rows.
  ///
  ///     Σ_b (n_b/n)·|mean y in b − mean p in b|
  ///
  /// Rows are ranked by p; bin = ⌊10·rank/n⌋, and rows of equal p go where the first of them goes, so
  /// the order of rows does not matter (bins may then be uneven or empty).
  /// Range 0 … 1, lower is better; noise alone keeps it above 0. Defined for any labels.
  /// Source: Naeini, Cooper & Hauskrecht 2015, https://doi.org/10.1609/aaai.v29i1.9602, with bins of
  /// equal counts as Nixon et al. 2019, https://arxiv.org/abs/1904.01685
  package static let expectedCalibrationError = Metric(
    name: "expectedCalibrationError", abstract: "Mean gap of predicted and observed rate, ten bins",
    direction: .lower, range: 0...1
  ) { probabilities, labels in
    let n = labels.count
    let ranked = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var gaps = [Double](repeating: 0, count: 10)
    var bin = 0
    for (rank, row) in ranked.enumerated() {
      if rank == 0 || probabilities[row] != probabilities[ranked[rank - 1]] { bin = 10 * rank / n }
      gaps[bin] += labels[row] - probabilities[row]
    }
    return gaps.reduce(0) { $0 + abs($1) } / Double(n)
  }
}
