/// A non-decreasing map from a model's log-odds to a probability.
///
///     identity         p = σ(z)
///     interceptShift   p = σ(z + b)
///     platt            p = σ(a·z + b)                      a ≥ 0
///     beta             p = σ(a·ln s − b·ln(1 − s) + c)     s = σ(z);  a, b ≥ 0
///     isotonic         p = linear between the table's points, constant outside
///
/// The order of two rows never turns round, so ranking metrics change at most by ties.
package enum CalibrationMap: Sendable, Equatable {
  case identity
  case interceptShift(b: Double)
  case platt(a: Double, b: Double)
  case beta(a: Double, b: Double, c: Double)

  /// Points (log-odds ascending, probability non-decreasing), at least one.
  case isotonic(logOdds: [Double], probabilities: [Double])

  /// Name of the method in model and score files.
  package var method: String {
    switch self {
    case .identity: "identity"
    case .interceptShift: "intercept"
    case .platt: "platt"
    case .beta: "beta"
    case .isotonic: "isotonic"
    }
  }

  /// Whether the parameters are finite and make a non-decreasing map; read files must pass this.
  package var isValid: Bool {
    switch self {
    case .identity: true
    case .interceptShift(let b): b.isFinite
    case .platt(let a, let b): a >= 0 && a.isFinite && b.isFinite
    case .beta(let a, let b, let c):
      a >= 0 && b >= 0 && a.isFinite && b.isFinite && c.isFinite
    case .isotonic(let logOdds, let probabilities):
      !logOdds.isEmpty && logOdds.count == probabilities.count
        && logOdds.allSatisfy(\.isFinite)
        && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 }
        && zip(logOdds, logOdds.dropFirst()).allSatisfy { $0 < $1 }
        && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 }
    }
  }

  /// The calibrated probability of one row, in [0, 1].
  package func probability(logOdds z: Double) -> Double {
    switch self {
    case .identity: Logistic.probability(logOdds: z)
    case .interceptShift(let b): Logistic.probability(logOdds: z + b)
    case .platt(let a, let b): Logistic.probability(logOdds: a * z + b)
    case .beta(let a, let b, let c):
      // ln σ(z) = −softplus(−z) and −ln(1 − σ(z)) = softplus(z): exact also far out.
      Logistic.probability(
        logOdds: -a * Logistic.softplus(-z) + b * Logistic.softplus(z) + c)
    case .isotonic(let logOdds, let probabilities):
      IsotonicRegression.interpolate(z, logOdds, probabilities)
    }
  }

  /// The calibrated probabilities of all rows.
  package func probabilities(logOdds: [Double]) -> [Double] {
    logOdds.map { probability(logOdds: $0) }
  }
}
