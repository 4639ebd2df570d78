/// Everything that decides what trees are grown, besides the rows and the seed.
package struct BoostingSettings: Sendable, Equatable, Codable {
  /// In which order leaves are split.
  package enum Growth: String, Sendable, Codable {
    /// The leaf with the largest gain first: deep where it pays.
    case leafWise
    /// Level by level: even.
    case depthWise
  }

  /// Trees at most, ≥ 0.
  package var rounds = 100

  /// Factor of every leaf value, in (0, 1].
  package var learningRate = 0.1

  /// Order of splits.
  package var growth = Growth.leafWise

  /// Leaves per tree at most, 1 … 256.
  package var maximumLeaves = 31

  /// Splits on the way from the root to a leaf at most; nil: no limit.
  package var maximumDepth: Int?

  /// Rows of the bag in a leaf at least, ≥ 1.
  package var minimumLeafRows = 20

  /// Σh in a leaf at least.
  package var minimumLeafHessian = 1e-3

  /// A split must gain more than this.
  package var minimumGain = 0.0

  /// L2 penalty of a leaf value: value = −Σg / (Σh + λ); ≥ 0.
  package var lambda = 0.0

  /// Share of the rows, or of the groups, that a tree is grown on, in (0, 1].
  package var rowShare = 1.0

  /// Whether groups are drawn for a tree, with all of their rows, instead of rows.
  package var bagsGroups = false

  /// Share of the features that a tree may use, in (0, 1].
  package var columnShare = 1.0

  /// Share of the tree's features that one level of it may use, in (0, 1].
  package var levelColumnShare = 1.0

  /// Rows that a leaf borrows from its parent: value = (n·own + s·parent) / (n + s); ≥ 0.
  package var pathSmoothing = 0.0

  /// By raw column name: 1 when the risk may only rise with the number, −1 when it may only fall.
  package var monotone: [String: Int] = [:]

  /// Bins of a numeric feature at most, without the one for missing values; 1 … 255.
  package var maximumBins = 255

  /// Up to this many levels, one level is split off from the rest.
  package var oneAgainstRestLevels = 4

  /// Above this many levels a column becomes target statistics; ≤ 254.
  package var maximumLevels = 20

  /// Added to Σh of a level before levels are ordered by Σg / Σh.
  package var levelSmoothing = 10.0

  /// Added to λ when a split by levels is judged.
  package var levelLambda = 10.0

  /// Rows that the base rate counts for in a target statistic.
  package var targetPrior = 10.0

  /// Rounds without a better validated log-loss after which growing ends; nil: never.
  package var patience: Int?

  package init() {}

  /// Traps when a setting lies outside its range.
  func check() {
    func require(_ holds: Bool, _ what: String) {
      precondition(holds, "Learning: boosting \(what) is out of range")
    }
    require(rounds >= 0, "rounds \(rounds)")
    require(learningRate > 0 && learningRate <= 1, "learning rate \(learningRate)")
    require((1...256).contains(maximumLeaves), "maximum of \(maximumLeaves) leaves")
    require((maximumDepth ?? 0) >= 0, "maximum depth")
    require(minimumLeafRows >= 1, "minimum of \(minimumLeafRows) rows in a leaf")
    require(lambda >= 0 && lambda.isFinite, "lambda \(lambda)")
    require(levelLambda >= 0 && levelSmoothing >= 0, "smoothing of levels")
    require(pathSmoothing >= 0, "path smoothing \(pathSmoothing)")
    require(targetPrior > 0, "target prior \(targetPrior)")
    require((1...255).contains(maximumBins), "maximum of \(maximumBins) bins")
    require((0...254).contains(maximumLevels), "maximum of \(maximumLevels) levels")
    for share in [rowShare, columnShare, levelColumnShare] {
      require(share > 0 && share <= 1, "share \(share)")
    }
    require(monotone.values.allSatisfy { abs($0) <= 1 }, "monotone direction")
  }
}
