extension Tree {
  /// The tree of grown nodes.
  ///
  /// - Parameters:
  ///   - nodes: As grown, the root first.
  ///   - values: One per node; those of leaves are used.
  ///   - mappers: One per feature.
  init(_ nodes: [GrowingNode], values: [Double], mappers: [BinMapper]) {
    self.init()
    _ = add(0, nodes, values: values, mappers: mappers)
  }

  /// Adds a node and what is below it, from left to right; returns it as a child.
  private mutating func add(
    _ number: Int, _ nodes: [GrowingNode], values: [Double], mappers: [BinMapper]
  ) -> Int {
    let node = nodes[number]
    guard let child = node.leftChild, let split = node.split else {
      self.values.append(values[number])
      leafCover.append(Double(node.range.count))
      return ~(self.values.count - 1)
    }
    let place = feature.count
    feature.append(split.feature)
    switch (split.rule, mappers[split.feature]) {
    case (.upTo(let bin, let missingGoesLeft), .numeric(let ends)):
      // Behind the last end there is no number: only missing values go right.
      threshold.append(Int(bin) <= ends.count ? ends[Int(bin) - 1] : .greatestFiniteMagnitude)
      self.missingGoesLeft.append(missingGoesLeft)
      leftLevels.append(nil)
    case (.bins(let bins), _):
      threshold.append(0)
      self.missingGoesLeft.append(false)
      leftLevels.append(bins)
    case (.upTo, .categorical):
      preconditionFailure("Learning: levels have no order")
    }
    nodeCover.append(Double(node.range.count))
    leftChild.append(0)
    rightChild.append(0)
    leftChild[place] = add(child, nodes, values: values, mappers: mappers)
    rightChild[place] = add(child + 1, nodes, values: values, mappers: mappers)
    return place
  }
}
