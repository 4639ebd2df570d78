internal import Glibc

/// The scalar functions of the logistic model, safe for any finite argument.
///
///     p = σ(η) = 1 / (1 + e^−η)        η = logit p = ln p / (1 − p)
///     −ln p = softplus(−η),  −ln(1 − p) = softplus(η),  softplus(η) = max(η, 0) + ln(1 + e^−|η|)
///
/// The exponential is only ever taken of a number ≤ 0, so nothing overflows.
package enum Logistic {
  /// The probability with log-odds `logOdds`, in [0, 1].
  package static func probability(logOdds: Double) -> Double {
    let e = exp(-abs(logOdds))
    return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e)
  }

  /// The log-odds of a probability, clipped to [1e-15, 1 − 1e-15] so that it is finite.
  package static func logOdds(probability: Double) -> Double {
    let p = min(max(probability, 1e-15), 1 - 1e-15)
    return log(p) - log1p(-p)
  }

  /// ln(1 + e^x).
  package static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// The log-loss of one row: −ln p for label 1, −ln(1 − p) for label 0, in nats.
  package static func loss(logOdds: Double, label: Double) -> Double {
    label == 1 ? softplus(-logOdds) : softplus(logOdds)
  }

  /// The log-loss of one row by its probability, which is kept 2⁻⁵² away from a wrong certainty.
  ///
  /// The floor is scikit-learn's: the loss of one row is at most 36.04.
  package static func loss(probability: Double, label: Double) -> Double {
    -log(max(label == 1 ? probability : 1 - probability, 0x1p-52))
  }

  /// The log-odds of the share of ones, with half a row of each class added when one is missing.
  package static func baseLogOdds(positives: Double, count: Double) -> Double {
    positives > 0 && positives < count
      ? log(positives / (count - positives)) : log((positives + 0.5) / (count - positives + 0.5))
  }
}
