/// The values of a grown tree, from gradients that were not rounded.
struct LeafFitting: Sendable {
  private let settings: BoostingSettings

  init(settings: BoostingSettings) { self.settings = settings }

  /// The value of every node times the learning rate; those of leaves are what the tree adds.
  ///
  /// - Parameters:
  ///   - nodes: Parents before children.
  ///   - bag: The rows in their leaves.
  ///   - gradients: One per training row.
  /// - Returns: One per node.
  func values(_ nodes: [GrowingNode], bag: RowPartition, gradients: [Float]) -> [Double] {
    let leaves = nodes.indices.filter { nodes[$0].leftChild == nil }
    let leafSums = bag.gradientSums(leaves.map { nodes[$0].range }, gradients: gradients)
    var sums = [SIMD2<Double>](repeating: .zero, count: nodes.count)
    for (leaf, sum) in zip(leaves, leafSums) { sums[leaf] = sum }
    for node in nodes.indices.reversed() {
      if let child = nodes[node].leftChild { sums[node] = sums[child] + sums[child + 1] }
    }
    var values = [Double](repeating: 0, count: nodes.count)
    var parentOf = [Int](repeating: -1, count: nodes.count)
    for (node, growing) in nodes.enumerated() {
      if let child = growing.leftChild {
        parentOf[child] = node
        parentOf[child + 1] = node
      }
      // Splits count h in steps, at least one a row: of rare ones the true sum can be next to nothing.
      let denominator = max(sums[node].y, settings.minimumLeafHessian) + settings.lambda
      var value = denominator > 0 ? -sums[node].x / denominator : 0
      if settings.pathSmoothing > 0, parentOf[node] >= 0 {
        let n = Double(growing.range.count)
        let s = settings.pathSmoothing
        value = (n * value + s * values[parentOf[node]]) / (n + s)
      }
      values[node] = min(max(value, growing.conditions.lower), growing.conditions.upper)
    }
    return values.map { $0 * settings.learningRate }
  }
}
