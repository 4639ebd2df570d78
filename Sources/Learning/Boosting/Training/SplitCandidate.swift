/// Which bins of a feature go left.
enum SplitRule: Sendable, Equatable {
  /// Known values up to a bin; missing ones as they were found to belong.
  case upTo(bin: UInt8, missingGoesLeft: Bool)

  /// The bins listed, ascending; others go right.
  case bins([UInt8])

  /// 1 for each of 256 bins that goes left, else 0.
  var goesLeft: [Int] {
    switch self {
    case .upTo(let last, let missingGoesLeft):
      (0..<256).map { $0 == 0 ? (missingGoesLeft ? 1 : 0) : ($0 <= Int(last) ? 1 : 0) }
    case .bins(let bins):
      bins.reduce(into: [Int](repeating: 0, count: 256)) { $0[Int($1)] = 1 }
    }
  }
}

/// A split of a leaf and what it gains.
struct SplitCandidate: Sendable, Equatable {
  var feature: Int
  var rule: SplitRule
  /// By how much the objective falls, > 0.
  var gain: Double
  var left: GradientSums
  var right: GradientSums
  /// The values the children would have, before the learning rate.
  var leftValue: Double
  var rightValue: Double

  /// The one that gains more; the first when both gain the same.
  static func better(_ a: SplitCandidate?, _ b: SplitCandidate?) -> SplitCandidate? {
    guard let a else { return b }
    guard let b else { return a }
    return b.gain > a.gain ? b : a
  }
}

/// What a leaf demands of its split.
struct LeafConditions: Sendable, Equatable {
  /// The value of the leaf itself, which its children are smoothed towards.
  var value = 0.0
  /// Between these the values of its children must lie.
  var lower = -Double.infinity
  var upper = Double.infinity
}
