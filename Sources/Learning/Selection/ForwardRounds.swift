internal import Glibc

/// How many trees models get that are judged at times they have not learned from: the fewest whose loss lies
/// within one paired standard error of the least.
///
///     loss │\
///          │ \_
///          │   `--.._____  ___..   ≤ least + one standard error
///          └────────▲────▲─────── rounds
///             chosen     best
///
/// The error is that of the splits, each of which counts once: its rows share their days, and the days to come
/// will differ as these differ from each other. Where the splits agree the error is small and the best is
/// chosen; where some gain and others lose, trees have learned what belongs to their days.
///
/// Tried are the powers of ⁴√2 below the best. Source of the rule: Breiman et al. 1984, Classification and
/// Regression Trees, §3.4.3.
struct ForwardRounds {
  /// The number of least pooled loss.
  let best: Int
  /// That loss: the mean over all assessment rows.
  let bestLogLoss: Double
  /// The number to use, at most `best`; `best` with fewer than three splits, whose differences say little of
  /// each other.
  let chosen: Int

  private static let fewestSplits = 3
  private static let stepsPerOctave = 4.0

  /// - Parameters:
  ///   - fits: one for each split, watched on its assessment rows.
  ///   - splits: at least one.
  ///   - dataset: with labels.
  init(_ fits: [GradientBoosting.Fit], _ splits: [Split], _ dataset: Dataset) {
    let (best, loss) = Self.leastLoss(
      fits.map(\.validatedLogLoss), weights: splits.map(\.assessment.count))
    self.best = best
    bestLogLoss = loss
    guard splits.count >= Self.fewestSplits else {
      chosen = best
      return
    }
    let labels = dataset.knownLabels
    func losses(_ rounds: Int) -> [Double] {
      zip(fits, splits).flatMap { fit, split in
        var model = fit.model
        model.trees = Array(fit.trees.prefix(rounds))
        return zip(split.assessment, model.logOdds(dataset, rows: split.assessment)).map {
          Logistic.loss(logOdds: $1, label: labels[$0])
        }
      }
    }
    let least = losses(best)
    let splitOfRow = splits.indices.flatMap { index in
      splits[index].assessment.map { _ in Int32(index) }
    }
    let fewer = Self.fewer(than: best)
    chosen =
      fewer.first { rounds in
        PairedDifference(losses(rounds), least, groups: splitOfRow).isWithinOneError
      } ?? best
  }

  /// The powers of ⁴√2 below a number, as whole numbers, ascending.
  static func fewer(than best: Int) -> [Int] {
    let steps = Int(log2(Double(max(best, 1))) * stepsPerOctave)
    let numbers = (0...steps).map { Int(exp2(Double($0) / stepsPerOctave).rounded()) }
    return Set(numbers.filter { $0 < best }).sorted()
  }

  /// The number of trees with the least loss over all splits; a split that stopped keeps its last loss.
  ///
  /// - Parameters:
  ///   - losses: of each split after every round.
  ///   - weights: of each split.
  /// - Returns: the fewest of these, and their loss, the weighted mean.
  static func leastLoss(_ losses: [[Double]], weights: [Int]) -> (rounds: Int, loss: Double) {
    let longest = losses.map(\.count).max() ?? 0
    let sums = (0..<longest).map { round in
      zip(losses, weights).reduce(0.0) { sum, split in
        sum + Double(split.1) * split.0[min(round, split.0.count - 1)]
      }
    }
    let best = sums.indices.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
    return (best, sums.isEmpty ? .nan : sums[best] / Double(weights.reduce(0, +)))
  }
}
