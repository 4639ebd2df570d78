internal import Learning

extension RiskModelFile.Grade {
  /// How many times as many losses the rows within the capacity hold as rows at random, for an A.
  static let liftOfA = 3.0
  /// The grade of out-of-sample predictions.
  ///
  /// ```
  ///   A   lower 95 % bounds of the log-loss gain over the better baseline > 0 and of the AUC > ½, and
  ///       lift ≥ 3
  ///   B   those bounds
  ///   C   not so, or the predictions were not made forward in time
  /// ```
  /// The bounds are clustered by customer. Baselines are the base rate and "days since last usage". Where
  /// the rate itself moves, a model gains over the base rate by telling the day alone; the AUC, of rows of
  /// one day, gives nothing for that.
  ///
  /// - Parameters:
  ///   - gain: baseline's loss minus the model's, one summary for each baseline.
  ///   - ranking: the AUC within days.
  ///   - lift: lift of the rows within the capacity; nil when it is undefined.
  ///   - isForward: whether every row was predicted by a model that knew only earlier days.
  init(gain: [PairedDifference], ranking: Estimate, lift: Double?, isForward: Bool) {
    // The better baseline is the one that the model gains least over.
    let least = gain.min { $0.mean < $1.mean }
    guard isForward, let least, least.mean - Estimate.normalQuantile * least.standardError > 0,
      ranking.low ?? 0 > 0.5
    else {
      self = .c
      return
    }
    self = (lift ?? 0) >= Self.liftOfA ? .a : .b
  }
}
