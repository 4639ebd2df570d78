// Grows one tree on a bag of rows.
//
//     best leaf ─ split its rows ─ histogram of the smaller child ─ larger = parent − smaller
//         ▲                                                               │
//         └──────────── best split of each child ◄────────────────────────┘
//
// Rows that are not of the bag are split along, so that every row of the table ends in its leaf and
// nothing has to walk down the tree.

/// Grows trees on one table, one after the other.
struct TreeGrower {
  let table: BinnedTable
  private let settings: BoostingSettings
  let splitter: Splitter
  let histograms: HistogramBuilder
  /// Rows that the tree learns from.
  let bag: RowPartition
  /// All other rows of the table.
  let others: RowPartition

  /// A grower with room for the trees that the settings allow.
  ///
  /// - Parameters:
  ///   - table: What to learn from.
  ///   - settings: What decides the trees.
  ///   - directions: Per feature: 1 rising, −1 falling, 0 free.
  init(table: BinnedTable, settings: BoostingSettings, directions: [Int]) {
    self.table = table
    self.settings = settings
    splitter = Splitter(settings: settings, directions: directions)
    histograms = HistogramBuilder(table: table, slotCount: settings.maximumLeaves + 1)
    bag = RowPartition(capacity: table.rowCount)
    others = RowPartition(capacity: table.rowCount)
  }

  /// Grows a tree on the rows in `bag`.
  ///
  /// - Parameters:
  ///   - words: The gradient word of each training row.
  ///   - columns: What may be split on.
  /// - Returns: Its nodes, parents before children, the root first.
  func grow(words: [UInt64], columns: ColumnSampling) -> [GrowingNode] {
    var freeSlots = Array(0..<histograms.slotCount)
    var nodes = [
      GrowingNode(
        range: 0..<bag.count, otherRange: 0..<others.count, sums: .zero, depth: 0,
        conditions: LeafConditions())
    ]
    guard !table.mappers.isEmpty, bag.count > 0, let first = freeSlots.popLast() else {
      return nodes
    }
    histograms.gather(words, rows: bag, range: 0..<bag.count)
    forTiles(work: bag.count) { tile in
      histograms.accumulate(tile: tile, rows: bag, range: 0..<bag.count, slot: first)
    }
    nodes[0].sums = histograms.total(feature: 0, slot: first)
    nodes[0].conditions.value = splitter.value(nodes[0].sums, nodes[0].conditions)
    nodes[0].slot = first
    if canSplit(nodes[0]) {
      nodes[0].split = search([nodes[0]], allowed: columns.allowed(depth: 0))[0]
    }
    var leafCount = 1
    var allowed: (depth: Int, features: [Bool]) = (-1, [])
    while leafCount < settings.maximumLeaves, let parent = next(nodes) {
      leafCount += 1
      let isLast = leafCount == settings.maximumLeaves
      let children = split(&nodes, parent)
      guard let slot = nodes[parent].slot else { continue }
      nodes[parent].slot = nil
      let wanted = isLast ? [] : children.filter { canSplit(nodes[$0]) }
      let smaller = nodes[children[0]].range.count <= nodes[children[1]].range.count ? 0 : 1
      guard !wanted.isEmpty, let other = freeSlots.popLast() else {
        freeSlots.append(slot)
        continue
      }
      nodes[children[smaller]].slot = other
      nodes[children[1 - smaller]].slot = slot
      let depth = nodes[parent].depth + 1
      if allowed.depth != depth { allowed = (depth, columns.allowed(depth: depth)) }
      let range = nodes[children[smaller]].range
      histograms.gather(words, rows: bag, range: range)
      let splits = search(
        wanted.map { nodes[$0] }, allowed: allowed.features, work: range.count
      ) { tile in
        histograms.accumulate(tile: tile, rows: bag, range: range, slot: other)
        histograms.subtract(tile: tile, slot: other, from: slot)
      }
      for (child, split) in zip(wanted, splits) { nodes[child].split = split }
      for child in children where nodes[child].split == nil {
        if let unused = nodes[child].slot { freeSlots.append(unused) }
        nodes[child].slot = nil
      }
    }
    return nodes
  }

  /// The leaf to split next, if one is worth it.
  private func next(_ nodes: [GrowingNode]) -> Int? {
    var best: (node: Int, rank: Double)?
    for (node, candidate) in nodes.enumerated() where candidate.leftChild == nil {
      guard let split = candidate.split else { continue }
      let rank = settings.growth == .leafWise ? split.gain : -Double(candidate.depth)
      if best.map({ rank > $0.rank }) ?? true { best = (node, rank) }
    }
    return best?.node
  }

  private func canSplit(_ node: GrowingNode) -> Bool {
    node.range.count >= 2 * settings.minimumLeafRows
      && node.depth < settings.maximumDepth ?? .max
      && node.sums.hessianSteps * LossGradients.step >= 2 * settings.minimumLeafHessian
  }

  /// Splits the rows of a leaf; returns the numbers of its children.
  private func split(_ nodes: inout [GrowingNode], _ parent: Int) -> [Int] {
    let node = nodes[parent]
    guard let split = node.split else { preconditionFailure("Learning: a leaf has no split") }
    let goesLeft = split.rule.goesLeft
    let middle =
      node.range.lowerBound
      + bag.split(node.range, table: table, feature: split.feature, goesLeft: goesLeft)
    let otherMiddle =
      node.otherRange.lowerBound
      + others.split(node.otherRange, table: table, feature: split.feature, goesLeft: goesLeft)
    precondition(
      middle - node.range.lowerBound == split.left.count,
      "Learning: a split has other rows than its histogram")
    nodes[parent].leftChild = nodes.count
    var left = node.conditions
    var right = node.conditions
    left.value = split.leftValue
    right.value = split.rightValue
    let border = (split.leftValue + split.rightValue) / 2
    switch splitter.directions[split.feature] {
    case 1: (left.upper, right.lower) = (border, border)
    case -1: (left.lower, right.upper) = (border, border)
    default: break
    }
    nodes.append(
      GrowingNode(
        range: node.range.lowerBound..<middle,
        otherRange: node.otherRange.lowerBound..<otherMiddle, sums: split.left,
        depth: node.depth + 1, conditions: left))
    nodes.append(
      GrowingNode(
        range: middle..<node.range.upperBound, otherRange: otherMiddle..<node.otherRange.upperBound,
        sums: split.right, depth: node.depth + 1, conditions: right))
    return [nodes.count - 2, nodes.count - 1]
  }
}
