internal import Glibc

/// The penalties that are tried, strongest first, each fit starting from the one before.
///
///     initial        ∞ (the base rate), 10, 2.68, 0.72, 0.19, 0.052, 0.014, 0.0037, 0.001
///     continuation   2.7e-4, 7.2e-5, 1.9e-5, 5.2e-6, 1.4e-6: one more for as long as the weakest
///                    so far is the best
///
/// Strongest first, because the solution moves little from one to the next and few Newton steps do.
///
/// Large tables with few columns want hardly any penalty, and hinges, whose slopes differ from knot to
/// knot, want even less: a path that ends at 1e-3 bends their curves straight. The continuation finds
/// that out, and costs nothing where 1e-3 is weak enough. Pooled log-loss over five folds, ending at
/// 1e-3 and with the continuation: Iranian churn (UCI 563, 3,150 rows) .1899 and .1650, telco (7,043
/// rows) .4127 and .4109; on bank churn (10,000 rows) no fold goes below 1e-3.
package struct LambdaPath: Sendable, Equatable {
  /// Always tried; descending.
  package var initial: [Double]

  /// Tried one by one while the weakest so far is the best; descending, below `initial`.
  package var continuation: [Double]

  /// Share of the penalty that counts absolute coefficients, 0 … 1: 0 is ridge.
  package var mixing: Double

  /// A path of given penalties.
  ///
  /// - Precondition: at least one initial penalty; all descending and ≥ 0.
  package init(initial: [Double], continuation: [Double] = [], mixing: Double = 0) {
    let all = initial + continuation
    precondition(
      !initial.isEmpty && zip(all, all.dropFirst()).allSatisfy { $0 > $1 }
        && all.allSatisfy { $0 >= 0 }, "Learning: lambdas are not descending and >= 0")
    self.initial = initial
    self.continuation = continuation
    self.mixing = mixing
  }

  /// λ = ∞, eight values from 10 to 1e-3 and up to five more of the same ratio.
  package static let standard = LambdaPath(
    initial: [.infinity] + (0..<8).map(value), continuation: (8..<13).map(value))

  /// λ = ∞ and an elastic net of ten values from 0.16 to 6e-4, half of it on absolute coefficients.
  ///
  /// With few losses most hinges may be noise, and an elastic net leaves them out; where columns say nearly
  /// the same, as windows of one usage do, ridge is better. Log-loss of 130 positives drawn four times on the
  /// other rows, ridge and elastic net: phone churn .2948 and .2907, telco .4343 and .4378, bank .4229 and
  /// .4213, Iranian churn .1991 and .1945, TV .1895 and .1884; simulated partners .1346 and .1411, .1259 and
  /// .1238. So both are tried.
  package static let elasticNet = LambdaPath(
    initial: [.infinity] + (0..<10).map { pow(10, -0.8 - 2.4 * Double($0) / 9) }, mixing: 0.5)

  /// 10^(1 − 4k/7).
  private static func value(_ k: Int) -> Double { pow(10, 1 - 4 * Double(k) / 7) }
}
