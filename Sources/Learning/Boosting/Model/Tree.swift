/// A binary tree over features: each inner node asks one feature, each leaf holds a part of the log-odds.
///
///     node n:   numeric      x ≤ threshold[n] goes left, NaN where missingGoesLeft[n] says
///               categorical  bin in leftLevels[n] goes left (bin 0: unknown or unseen)
///     child c:  c ≥ 0 is node c, c < 0 is leaf ~c
///
/// Parents come before their children, node 0 is the root; a tree without nodes is leaf 0. Leaves are
/// numbered from left to right.
package struct Tree: Sendable, Equatable, Codable {
  /// The feature that each node asks.
  package var feature: [Int] = []
  /// Of numeric nodes; 0 for categorical ones.
  package var threshold: [Double] = []
  /// Of numeric nodes; false for categorical ones.
  package var missingGoesLeft: [Bool] = []
  /// Bins that go left, ascending, of categorical nodes; nil for numeric ones.
  package var leftLevels: [[UInt8]?] = []
  /// Children of each node.
  package var leftChild: [Int] = []
  package var rightChild: [Int] = []
  /// Training rows that reached each node.
  package var nodeCover: [Double] = []
  /// Training rows that reached each leaf.
  package var leafCover: [Double] = []
  /// What each leaf adds to the log-odds.
  package var values: [Double] = []

  /// A tree of one leaf.
  package init(value: Double, cover: Double) {
    values = [value]
    leafCover = [cover]
  }

  package init() {}

  /// Number of leaves, at least one.
  package var leafCount: Int { values.count }

  /// Number of inner nodes.
  package var nodeCount: Int { feature.count }

  /// Whether a node sends a feature's number to the left.
  package func goesLeft(node: Int, value: Double) -> Bool {
    if let levels = leftLevels[node] { return levels.contains { Double($0) == value } }
    return value.isNaN ? missingGoesLeft[node] : value <= threshold[node]
  }

  /// The leaf that a row ends in.
  ///
  /// - Parameter value: The number of a feature; of a categorical one its bin.
  /// - Returns: Its number, from left to right.
  package func leaf(_ value: (_ feature: Int) -> Double) -> Int {
    guard nodeCount > 0 else { return 0 }
    var child = 0
    while child >= 0 {
      child =
        goesLeft(node: child, value: value(feature[child])) ? leftChild[child] : rightChild[child]
    }
    return ~child
  }

  /// Training rows that reached a child.
  package func cover(_ child: Int) -> Double { child >= 0 ? nodeCover[child] : leafCover[~child] }
}
