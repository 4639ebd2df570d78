/// A node of a tree that is being grown.
struct GrowingNode: Sendable {
  /// Its rows in the partition of the bag, and in that of all other rows.
  var range: Range<Int>
  var otherRange: Range<Int>
  var sums: GradientSums
  var depth: Int
  var conditions: LeafConditions
  /// Where its histograms are, while they may still be needed.
  var slot: Int?
  /// The best split there is, while it is a leaf; the split made, when it has children.
  var split: SplitCandidate?
  /// Its children; the right one is the next.
  var leftChild: Int?
}
