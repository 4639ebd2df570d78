import Testing

@testable import Learning

struct GaussLegendreTests {
  @Test(arguments: 1...12) func `integrates polynomials exactly`(count: Int) {
    let rule = GaussLegendre(count: count)
    #expect(rule.weights.allSatisfy { $0 > 0 })
    for degree in 0..<2 * count {
      var sum = 0.0
      for (t, w) in zip(rule.points, rule.weights) {
        sum += (0..<degree).reduce(w) { product, _ in product * t }
      }
      // ∫₀¹ tᵈ dt = 1/(d + 1); rounding of two dozen products.
      #expect(abs(sum - 1 / Double(degree + 1)) < 1e-14)
    }
  }

  @Test func `two points by hand`() {
    let rule = GaussLegendre(count: 2)
    #expect(abs(rule.points[0] - (0.5 - 0.28867513459481287)) < 1e-15)
    #expect(abs(rule.weights[0] - 0.5) < 1e-15)
  }
}

struct ShapleyTableTests {
  @Test(arguments: 0...9) func `holds the values of every pattern`(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    var shares = (0..<count).map { _ in generator.nextUnit() }
    if count > 2 { shares[1] = 0 }
    if count > 3 { shares[2] = 1 }
    let table = ShapleyTable.values(value: 2.5, shares: shares)
    var solver = ShapleyValues(playerCount: count)
    var values = [Double](repeating: 0, count: count)
    #expect(table.count == (count > 0 ? count << count : 0))
    for pattern in 0..<1 << count {
      solver.values(
        value: 2.5, shares: shares, satisfied: (0..<count).map { pattern >> $0 & 1 == 1 },
        into: &values)
      for player in 0..<count {
        #expect(abs(table[pattern * count + player] - values[player]) < 1e-14)
      }
    }
  }
}

struct TreeAttributionTests {
  /// The value of a coalition: known features follow the row, others spread by cover.
  static func coalition(
    _ tree: Tree, _ known: Set<Int>, value: (Int) -> Double
  ) -> Double {
    func visit(_ child: Int) -> Double {
      guard child >= 0 else { return tree.values[~child] }
      let (left, right) = (tree.leftChild[child], tree.rightChild[child])
      let feature = tree.feature[child]
      if known.contains(feature) {
        return visit(tree.goesLeft(node: child, value: value(feature)) ? left : right)
      }
      let cover = tree.nodeCover[child]
      guard cover > 0 else { return 0 }
      return tree.cover(left) / cover * visit(left) + tree.cover(right) / cover * visit(right)
    }
    return visit(tree.nodeCount > 0 ? 0 : -1)
  }

  /// Shapley values by their definition: over all subsets of the tree's features.
  static func shapley(_ tree: Tree, featureCount: Int, value: (Int) -> Double) -> [Double] {
    let players = Set(tree.feature).sorted()
    let k = players.count
    var factorial = [1.0]
    for n in 1...max(1, k) { factorial.append(factorial[n - 1] * Double(n)) }
    var result = [Double](repeating: 0, count: featureCount)
    for (place, player) in players.enumerated() {
      for subset in 0..<(1 << k) where subset >> place & 1 == 0 {
        let known = Set(players.indices.filter { subset >> $0 & 1 == 1 }.map { players[$0] })
        let weight = factorial[known.count] * factorial[k - known.count - 1] / factorial[k]
        result[player] +=
          weight
          * (coalition(tree, known.union([player]), value: value)
            - coalition(tree, known, value: value))
      }
    }
    return result
  }

  @Test func `one split by hand`() {
    var tree = Tree()
    tree.feature = [0]
    tree.threshold = [1]
    tree.missingGoesLeft = [false]
    tree.leftLevels = [nil]
    tree.leftChild = [-1]
    tree.rightChild = [-2]
    tree.nodeCover = [4]
    tree.leafCover = [3, 1]
    tree.values = [1, 5]
    let attribution = TreeAttribution(trees: [tree], rawColumns: [0], columnCount: 1)
    #expect(attribution.expected == 2)
    let found = attribution.contributions([.numbers([0, 2, .nan])], rows: [0, 1, 2])
    #expect(zip(found, [-1, 3, 3]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test(arguments: 1...40) func `equals the definition over all subsets`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let features = Int(seed % 7) + 1
    let leaves = [1, 2, 5, 9, 20, 40][Int(seed % 6)]
    var tree = TreeScorerTests.tree(leaves: leaves, features: features, generator: &generator)
    if seed % 4 == 0, tree.nodeCount > 0 {
      // A part that no training row reached.
      tree.leafCover[0] = 0
      if let parent = tree.leftChild.firstIndex(of: -1), tree.rightChild[parent] < 0 {
        tree.leafCover[~tree.rightChild[parent]] = 0
        tree.nodeCover[parent] = 0
      }
    }
    let columns = TreeScorerTests.columns(features: features, rows: 20, generator: &generator)
    let found = TreeAttribution(
      trees: [tree], rawColumns: Array(0...features), columnCount: features + 1
    ).contributions(columns, rows: Array(0..<20))
    for row in 0..<20 {
      let expected = Self.shapley(tree, featureCount: features + 1) { columns[$0].value(row) }
      for feature in 0...features {
        #expect(abs(found[row * (features + 1) + feature] - expected[feature]) < 1e-13)
      }
    }
  }

  /// A chain of nodes, each on a feature of its own: one path as long as there are features.
  static func chain(_ length: Int, generator: inout SplitMix64) -> Tree {
    var tree = Tree()
    for node in 0..<length {
      tree.feature.append(node)
      tree.threshold.append(4)
      tree.missingGoesLeft.append(node % 2 == 0)
      tree.leftLevels.append(nil)
      tree.leftChild.append(~node)
      tree.rightChild.append(node + 1 < length ? node + 1 : ~length)
      tree.nodeCover.append(Double(length - node + 1))
    }
    tree.leafCover = [Double](repeating: 1, count: length + 1)
    tree.values = (0...length).map { _ in generator.nextUnit() - 0.5 }
    return tree
  }

  @Test(arguments: [8, 9, 11, 12, 13]) func `long paths equal the definition too`(length: Int) {
    var generator = SplitMix64(seed: UInt64(length))
    let tree = Self.chain(length, generator: &generator)
    let columns = TreeScorerTests.columns(features: length, rows: 3, generator: &generator)
    let found = TreeAttribution(
      trees: [tree], rawColumns: Array(0...length), columnCount: length + 1
    ).contributions(columns, rows: [0, 1, 2])
    for row in 0..<3 {
      let expected = Self.shapley(tree, featureCount: length + 1) { columns[$0].value(row) }
      for feature in 0...length {
        #expect(abs(found[row * (length + 1) + feature] - expected[feature]) < 1e-13)
      }
    }
  }

  @Test(arguments: [20, 32, 60]) func `adds up on the longest paths`(length: Int) {
    var generator = SplitMix64(seed: UInt64(length))
    let trees = (0..<3).map { _ in Self.chain(length, generator: &generator) }
    let columns = TreeScorerTests.columns(features: length, rows: 50, generator: &generator)
    let attribution = TreeAttribution(
      trees: trees, rawColumns: Array(0...length), columnCount: length + 1)
    let found = attribution.contributions(columns, rows: Array(0..<50))
    let sums = TreeScorer(trees: trees, featureCount: length + 1)
      .sums(columns, rows: Array(0..<50), start: 0)
    for row in 0..<50 {
      let total = found[row * (length + 1)..<(row + 1) * (length + 1)]
        .reduce(attribution.expected, +)
      #expect(abs(total - sums[row]) < 1e-12)
    }
  }

  @Test(arguments: BoostingPreset.allCases)
  func `contributions of a learned model add up by raw column`(preset: BoostingPreset) {
    let dataset = BoostingSample.dataset(rows: 1500, seed: 4)
    var settings = preset.settings
    settings.rounds = 30
    let model = GradientBoosting(settings: settings, seed: 1)
      .fit(dataset, rows: Array(0..<1500)).model
    // Additivity is checked inside, row by row.
    let contributions = model.contributions(dataset, rows: Array(0..<300))
    #expect(contributions.rowCount == 300 && contributions.columnCount == 5)
    // The empty column tells nothing; target statistics count for their column.
    #expect((0..<300).allSatisfy { contributions[$0, 2] == 0 })
    #expect((0..<300).contains { contributions[$0, 4] != 0 })
    // A row's contributions do not depend on who else is asked about.
    let alone = model.contributions(dataset, rows: [200])
    #expect((0..<5).allSatisfy { alone[0, $0] == contributions[200, $0] })
  }
}
