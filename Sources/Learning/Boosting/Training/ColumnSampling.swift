/// Which features a tree, and a level of it, may split on; decided by the seed alone.
struct ColumnSampling: Sendable {
  private let featureCount: Int
  private let levelShare: Double
  private let seed: UInt64
  private let ofTree: [Int]

  /// Draws the features of one tree.
  init(featureCount: Int, settings: BoostingSettings, seed: UInt64) {
    self.featureCount = featureCount
    self.seed = seed
    levelShare = settings.levelColumnShare
    ofTree = Self.draw(Array(0..<featureCount), share: settings.columnShare, seed: seed)
  }

  /// Whether a leaf of a depth may split on each feature.
  func allowed(depth: Int) -> [Bool] {
    var allowed = [Bool](repeating: false, count: featureCount)
    let drawn = Self.draw(
      ofTree, share: levelShare, seed: SplitMix64.mix(seed &+ UInt64(depth) &+ 1))
    for feature in drawn { allowed[feature] = true }
    return allowed
  }

  /// A share of the features, at least one.
  private static func draw(_ features: [Int], share: Double, seed: UInt64) -> [Int] {
    guard share < 1, !features.isEmpty else { return features }
    var generator = SplitMix64(seed: seed)
    let count = max(1, Int((Double(features.count) * share).rounded()))
    return Array(features.shuffled(using: &generator).prefix(count))
  }
}
