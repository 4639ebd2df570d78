internal import ForkJoin

// Which penalty to use, decided by rows that the fits have not seen.
//
//     split 1: analysis ─ prepare ─ fits for ∞, 10 … 1e-3 … ► assessment losses ┐
//     split 2: …                                                              ├─ pooled per λ
//     split s: …                                                              ┘
//     best = λ of least pooled loss;  chosen = strongest λ whose loss exceeds the best's by at most
//     one paired standard error
//
// The preparation is fitted again in every split: its quantiles belong to the training.
// Source of the one-standard-error rule: Breiman et al. 1984, Classification and Regression Trees,
// §3.4.3; Hastie, Tibshirani & Friedman 2009, §7.10, https://hastie.su.domains/ElemStatLearn/

/// How rows were held out.
package enum SelectionScheme: String, Sendable, Codable {
  /// Rolling origins: at least two, each with enough positive groups.
  case forward
  /// Five folds by group, each judged at times that it has not learned from.
  case foldsAcrossTimes
  /// Five folds by group.
  case groupedFolds
  /// Nothing: all rows, or all of one label, are one group, so only the base rate is tried, on its own rows.
  case resubstitution
}

/// The outcome of choosing λ, with everything that an evaluation report shows.
package struct LambdaSelection: Sendable {
  /// One penalty and how it did.
  package struct Candidate: Sendable, Equatable {
    /// The penalty; ∞ is the base rate.
    package var lambda: Double
    /// Mean log-loss over all assessment rows.
    package var logLoss: Double
    /// How far its log-loss lies above the best's, with the paired standard error.
    package var excess: PairedDifference
    /// Mean log-loss of each split.
    package var splitLogLoss: [Double]
  }

  /// The size of one split.
  package struct SplitSummary: Sendable, Equatable {
    /// First time of the assessment rows; nil for folds.
    package var origin: Int32?
    /// Rows learned from.
    package var analysisRows: Int
    /// Different groups of label 1 learned from.
    package var analysisPositiveGroups: Int
    /// Rows judged on.
    package var assessmentRows: Int
    /// Different groups of label 1 judged on.
    package var assessmentPositiveGroups: Int
  }

  /// How rows were held out.
  package let scheme: SelectionScheme
  /// Row numbers of each split.
  package let splits: [Split]
  /// The size of each split.
  package let splitSummaries: [SplitSummary]
  /// Share of every penalty that counts absolute coefficients, 0 … 1.
  package let mixing: Double
  /// All penalties, strongest first; where ∞ is among them it is the baseline.
  package let candidates: [Candidate]
  /// Position in `candidates` of the least pooled log-loss.
  package let best: Int
  /// Position in `candidates` of the penalty to use.
  package let chosen: Int
  /// Out-of-sample predictions under the chosen penalty.
  package let predictions: PooledPredictions
  /// Fits, over all splits, that gave up before reaching the tolerance.
  package let unconvergedFits: Int
  /// Whether exact duplicates lie in one fold (`GroupedFolds`); nil where rows were not dealt out.
  package let keepsDuplicates: Bool?

  /// The penalty to use.
  package var lambda: Double { candidates[chosen].lambda }

  /// Mean log-loss of the penalty to use.
  package var chosenLogLoss: Double { candidates[chosen].logLoss }

  /// The base rate's candidate; nil when λ = ∞ was not tried.
  package var baseline: Candidate? { candidates.first { $0.lambda == .infinity } }
}

extension LambdaSelection {
  /// Chooses λ by the given splits.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - splits: At least one, each with analysis and assessment rows.
  ///   - scheme: How the splits were made.
  ///   - keepsDuplicates: Whether exact duplicates lie in one fold; nil when the splits are no folds.
  ///   - path: The penalties tried.
  ///   - options: Limits of the preparation.
  package init(
    _ dataset: Dataset, splits: [Split], scheme: SelectionScheme, keepsDuplicates: Bool? = nil,
    path: LambdaPath = .standard, options: PreparationOptions = .standard
  ) {
    precondition(!splits.isEmpty, "Learning: no splits to select by")
    let labels = dataset.knownLabels
    let rows = splits.flatMap(\.assessment)
    var lambdas: [Double] = []
    var losses: [[Double]] = []
    var paths = concurrentMap(count: splits.count) { index in
      SplitPath(dataset, splits[index], options: options)
    }
    func extend(by more: [Double]) {
      let current = paths
      paths = concurrentMap(count: splits.count) {
        current[$0].continued(dataset, lambdas: more, mixing: path.mixing)
      }
      for lambda in more {
        let candidate = lambdas.count
        lambdas.append(lambda)
        losses.append(
          zip(rows, paths.flatMap { $0.logOdds[candidate] }).map { row, logOdds in
            Logistic.loss(logOdds: logOdds, label: labels[row])
          })
      }
    }
    func leastLoss() -> Int {
      let sums = losses.map { relaxedSum($0) }
      return sums.indices.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
    }
    extend(by: path.initial)
    for lambda in path.continuation where leastLoss() == lambdas.count - 1 { extend(by: [lambda]) }

    let groups = rows.map { dataset.group(ofRow: $0) }
    let leader = leastLoss()
    candidates = lambdas.indices.map { candidate in
      Candidate(
        lambda: lambdas[candidate],
        logLoss: relaxedSum(losses[candidate]) / Double(rows.count),
        excess: PairedDifference(losses[candidate], losses[leader], groups: groups),
        splitLogLoss: Self.means(of: losses[candidate], lengths: splits.map(\.assessment.count)))
    }
    let strongest =
      candidates.firstIndex { $0.excess.isWithinOneError } ?? leader
    best = leader
    chosen = strongest
    mixing = path.mixing
    self.scheme = scheme
    self.keepsDuplicates = keepsDuplicates
    self.splits = splits
    splitSummaries = splits.map { SplitSummary($0, dataset) }
    predictions = PooledPredictions(
      rows: rows,
      splitOfRow: splits.enumerated().flatMap { [Int](repeating: $0, count: $1.assessment.count) },
      logOdds: paths.flatMap { $0.logOdds[strongest] })
    unconvergedFits = paths.reduce(0) { $0 + $1.unconvergedFits }
  }

  /// Chooses λ by rolling origins, or by folds of groups where time does not allow it.
  ///
  /// - Parameters:
  ///   - dataset: With labels; with times for rolling origins.
  ///   - rows: Training rows; no other row is read.
  ///   - embargo: Length of the label's window in the unit of the times; nil asks for folds.
  ///   - seed: Deals the folds.
  ///   - path: The penalties tried.
  ///   - options: Limits of the preparation.
  /// - Returns: The choice and its evidence; `scheme` says which way it went.
  package static func choose(
    _ dataset: Dataset, rows: [Int], embargo: Int32?, seed: UInt64,
    path: LambdaPath = .standard, options: PreparationOptions = .standard
  ) -> LambdaSelection {
    if let embargo, dataset.times != nil {
      let splits = ForwardSplits(embargo: embargo).splits(dataset, rows: rows)
      if splits.count >= 2 {
        return LambdaSelection(
          dataset, splits: splits, scheme: .forward, path: path, options: options)
      }
    }
    let dealt = GroupedFolds(dataset, rows: rows, seed: seed)
    if embargo != nil,
      let splits = FoldsAcrossTimes.splits(dataset, rows: rows, folds: dealt)
    {
      return LambdaSelection(
        dataset, splits: splits, scheme: .foldsAcrossTimes, keepsDuplicates: dealt.keepsDuplicates,
        path: path, options: options)
    }
    let folds = dealt.splits(rows: rows)
    let labels = dataset.knownLabels
    guard !folds.isEmpty, folds.allSatisfy({ $0.hasBothLabels(labels) }) else {
      // One group says nothing about another. Where one holds all rows of a label, the other folds judge
      // nothing but the other label.
      return LambdaSelection(
        dataset, splits: [Split(analysis: rows, assessment: rows)], scheme: .resubstitution,
        path: LambdaPath(initial: [.infinity]), options: options)
    }
    return LambdaSelection(
      dataset, splits: folds, scheme: .groupedFolds, keepsDuplicates: dealt.keepsDuplicates,
      path: path, options: options)
  }

  /// The mean of each of the consecutive runs of `values` with the given lengths.
  private static func means(of values: [Double], lengths: [Int]) -> [Double] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return values[start..<start + length].reduce(0, +) / Double(length)
    }
  }
}

extension LambdaSelection.SplitSummary {
  init(_ split: Split, _ dataset: Dataset) {
    self.init(
      origin: split.origin, analysisRows: split.analysis.count,
      analysisPositiveGroups: dataset.positiveGroupCount(in: split.analysis),
      assessmentRows: split.assessment.count,
      assessmentPositiveGroups: dataset.positiveGroupCount(in: split.assessment))
  }
}
