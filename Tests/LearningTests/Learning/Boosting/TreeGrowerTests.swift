import Testing

@testable import Learning

/// A node grown by the book: sums of rows for every leaf and feature, no subtraction, no partition.
private struct NaiveNode {
  var rows: [Int]
  var depth: Int
  var conditions: LeafConditions
  var split: SplitCandidate?
  var isLeaf = true
}

struct TreeGrowerTests {
  private func naive(
    _ table: BinnedTable, _ words: [UInt64], rows: [Int], _ settings: BoostingSettings
  ) -> [NaiveNode] {
    let splitter = Splitter(
      settings: settings, directions: [Int](repeating: 0, count: table.mappers.count))
    func sums(_ rows: [Int]) -> GradientSums {
      rows.reduce(.zero) { $0 + GradientSums(word: words[$1]) }
    }
    func bestSplit(_ node: NaiveNode) -> SplitCandidate? {
      guard node.depth < settings.maximumDepth ?? .max else { return nil }
      var best: SplitCandidate?
      for (feature, mapper) in table.mappers.enumerated() {
        let bins = BoostingSample.naiveHistogram(table, words, rows: node.rows, feature: feature)
        var isCategorical = false
        if case .categorical = mapper { isCategorical = true }
        best = SplitCandidate.better(
          best,
          splitter.best(
            bins.span, total: sums(node.rows), feature: feature, isCategorical: isCategorical,
            conditions: node.conditions))
      }
      return best
    }
    var root = NaiveNode(rows: rows, depth: 0, conditions: LeafConditions())
    root.conditions.value = splitter.value(sums(rows), root.conditions)
    root.split = bestSplit(root)
    var nodes = [root]
    var leafCount = 1
    while leafCount < settings.maximumLeaves {
      let open = nodes.indices.filter { nodes[$0].isLeaf && nodes[$0].split != nil }
      func rank(_ node: Int) -> Double {
        settings.growth == .leafWise ? nodes[node].split?.gain ?? 0 : -Double(nodes[node].depth)
      }
      guard let chosen = open.max(by: { (rank($0), -$0) < (rank($1), -$1) }),
        let split = nodes[chosen].split
      else { break }
      nodes[chosen].isLeaf = false
      leafCount += 1
      let isLeft = split.rule.goesLeft
      for (side, value) in [(1, split.leftValue), (0, split.rightValue)] {
        var child = NaiveNode(
          rows: nodes[chosen].rows.filter {
            isLeft[Int(table.bin(row: $0, feature: split.feature))] == side
          }, depth: nodes[chosen].depth + 1, conditions: nodes[chosen].conditions)
        child.conditions.value = value
        child.split = bestSplit(child)
        nodes.append(child)
      }
    }
    return nodes
  }

  @Test(arguments: 1...24) func `grows what is grown by the book`(seed: UInt64) {
    let rowCount = [1, 2, 3, 30, 300, 2000][Int(seed % 6)]
    let (table, gradients) = BoostingSample.table(rows: rowCount, seed: seed)
    let words = gradients.map { LossGradients.word($0) }
    var settings = BoostingSettings()
    settings.growth = seed % 2 == 0 ? .leafWise : .depthWise
    settings.maximumDepth = seed % 3 == 0 ? 3 : nil
    settings.maximumLeaves = [2, 9, 31][Int(seed % 3)]
    settings.minimumLeafRows = [1, 5][Int(seed % 2)]
    settings.lambda = Double(seed % 4)
    settings.pathSmoothing = seed % 5 == 0 ? 4 : 0
    let grower = TreeGrower(
      table: table, settings: settings,
      directions: [Int](repeating: 0, count: table.mappers.count))
    let members = (0..<rowCount).filter { seed % 4 != 0 || $0 % 3 != 0 || rowCount < 3 }
    let isMember = Set(members)
    // Twice, because a grower is used again and again.
    for _ in 0..<2 {
      grower.bag.reset(0..<rowCount) { isMember.contains($0) }
      grower.others.reset(0..<rowCount) { !isMember.contains($0) }
      let nodes = grower.grow(
        words: words,
        columns: ColumnSampling(
          featureCount: table.mappers.count, settings: settings, seed: seed))
      let expected = naive(table, words, rows: members, settings)
      #expect(nodes.count == expected.count)
      for (node, twin) in zip(nodes, expected) {
        #expect(node.depth == twin.depth)
        #expect((node.leftChild == nil) == twin.isLeaf)
        if !twin.isLeaf { #expect(node.split == twin.split) }
        if twin.isLeaf {
          let rows = unsafe grower.bag.withRows(node.range) { unsafe $0.map(Int.init) }
          #expect(rows == twin.rows)
        }
      }
    }
  }

  @Test func `rows outside the bag end in the leaf that they belong to`() {
    let (table, gradients) = BoostingSample.table(rows: 500, seed: 2)
    var settings = BoostingSettings()
    settings.minimumLeafRows = 5
    let grower = TreeGrower(
      table: table, settings: settings,
      directions: [Int](repeating: 0, count: table.mappers.count))
    grower.bag.reset(0..<500) { $0 % 2 == 0 }
    grower.others.reset(0..<500) { $0 % 2 == 1 }
    let nodes = grower.grow(
      words: gradients.map { LossGradients.word($0) },
      columns: ColumnSampling(featureCount: table.mappers.count, settings: settings, seed: 1))
    var seen = 0
    for node in nodes where node.leftChild == nil {
      let rows = unsafe grower.others.withRows(node.otherRange) { unsafe $0.map(Int.init) }
      seen += rows.count
      for row in rows {
        var at = 0
        while let child = nodes[at].leftChild, let split = nodes[at].split {
          let bin = Int(table.bin(row: row, feature: split.feature))
          at = split.rule.goesLeft[bin] == 1 ? child : child + 1
        }
        #expect(nodes[at].otherRange == node.otherRange)
      }
    }
    #expect(seen == 250)
    #expect(nodes.count > 10)
  }

  @Test func `uses only the columns that were drawn`() {
    let (table, gradients) = BoostingSample.table(rows: 500, seed: 2)
    var settings = BoostingSettings()
    settings.minimumLeafRows = 5
    settings.columnShare = 0.3
    let columns = ColumnSampling(featureCount: table.mappers.count, settings: settings, seed: 8)
    #expect(columns.allowed(depth: 0).count { $0 } == 3)
    #expect(columns.allowed(depth: 0) == columns.allowed(depth: 5))
    let grower = TreeGrower(
      table: table, settings: settings,
      directions: [Int](repeating: 0, count: table.mappers.count))
    grower.bag.reset(0..<500) { _ in true }
    grower.others.reset(0..<0) { _ in true }
    let nodes = grower.grow(words: gradients.map { LossGradients.word($0) }, columns: columns)
    for node in nodes where node.leftChild != nil {
      #expect(node.split.map { columns.allowed(depth: node.depth)[$0.feature] } == true)
    }
    settings.levelColumnShare = 0.5
    let perLevel = ColumnSampling(
      featureCount: table.mappers.count, settings: settings, seed: 8)
    #expect(Set((0..<20).map { perLevel.allowed(depth: $0) }).count > 1)
    #expect((0..<20).allSatisfy { perLevel.allowed(depth: $0).count { $0 } == 2 })
  }
}
