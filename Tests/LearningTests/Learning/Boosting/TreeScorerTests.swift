import Foundation
import Testing

@testable import Learning

struct TreeScorerTests {
  /// A random tree over `features` numeric features and one of levels behind them.
  static func tree(leaves: Int, features: Int, generator: inout SplitMix64) -> Tree {
    guard leaves > 1 else {
      return Tree(value: generator.nextUnit() - 0.5, cover: Double(generator.next() % 50 + 1))
    }
    var tree = Tree()
    func grow(_ leaves: Int) -> Int {
      guard leaves > 1 else {
        tree.values.append(generator.nextUnit() - 0.5)
        tree.leafCover.append(Double(generator.next() % 50 + 1))
        return ~(tree.values.count - 1)
      }
      let node = tree.feature.count
      let feature = Int(generator.next() % UInt64(features + 1))
      tree.feature.append(feature)
      tree.threshold.append(feature < features ? Double(generator.next() % 9) : 0)
      tree.missingGoesLeft.append(feature < features && generator.next() % 2 == 0)
      tree.leftLevels.append(
        feature < features ? nil : (0..<8).filter { _ in generator.next() % 2 == 0 }.map(UInt8.init)
      )
      tree.nodeCover.append(0)
      tree.leftChild.append(0)
      tree.rightChild.append(0)
      let left = Int(generator.next() % UInt64(leaves - 1)) + 1
      tree.leftChild[node] = grow(left)
      tree.rightChild[node] = grow(leaves - left)
      tree.nodeCover[node] = tree.cover(tree.leftChild[node]) + tree.cover(tree.rightChild[node])
      return node
    }
    _ = grow(leaves)
    return tree
  }

  static func columns(features: Int, rows: Int, generator: inout SplitMix64) -> [FeatureColumn] {
    let numbers = (0..<features).map { _ in
      FeatureColumn.numbers(
        (0..<rows).map { _ in
          generator.next() % 5 == 0 ? .nan : Double(generator.next() % 19) / 2
        })
    }
    return numbers + [
      .level(
        codes: (0..<rows).map { _ in Int32(generator.next() % 9) - 1 },
        table: (0..<9).map { UInt8($0) })
    ]
  }

  @Test(arguments: 1...30) func `sums what walking down sums`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let features = Int(seed % 7) + 1
    let leafCounts = [1, 2, 8, 9, 31, 64, 256]
    let trees = (0..<12).map { number in
      Self.tree(leaves: leafCounts[number % 7], features: features, generator: &generator)
    }
    let rowCount = [1, 15, 16, 129, 1500][Int(seed % 5)]
    let columns = Self.columns(features: features, rows: rowCount, generator: &generator)
    let rows = (0..<rowCount).reversed().map { $0 }
    let scorer = TreeScorer(trees: trees, featureCount: features + 1)
    let sums = scorer.sums(columns, rows: rows, start: 0.25)
    let expected = rows.map { row in
      trees.reduce(0.25) { sum, tree in
        sum + tree.values[tree.leaf { columns[$0].value(row) }]
      }
    }
    #expect(sums == expected)
  }

  @Test func `no trees and no rows`() {
    let scorer = TreeScorer(trees: [], featureCount: 1)
    #expect(scorer.sums([.numbers([1, 2])], rows: [0, 1], start: 3) == [3, 3])
    #expect(scorer.sums([.numbers([1, 2])], rows: [], start: 3) == [])
  }

  @Test func `more thresholds of one feature than fit a byte`() {
    let trees = (0..<700).map { number in
      var tree = Tree()
      tree.feature = [0]
      tree.threshold = [Double(number)]
      tree.missingGoesLeft = [number % 2 == 0]
      tree.leftLevels = [nil]
      tree.leftChild = [-1]
      tree.rightChild = [-2]
      tree.nodeCover = [2]
      tree.leafCover = [1, 1]
      tree.values = [0, 1]
      return tree
    }
    let values = [-1, 0, 0.5, 253, 254, 255, 508, 699, 700, .nan]
    let scorer = TreeScorer(trees: trees, featureCount: 1)
    let sums = scorer.sums([.numbers(values)], rows: Array(values.indices), start: 0)
    let expected = values.map { x in
      x.isNaN ? 350 : Double((0..<700).count { Double($0) < x })
    }
    #expect(sums == expected)
  }

  @Test func `a tree survives JSON`() throws {
    var generator = SplitMix64(seed: 3)
    let tree = Self.tree(leaves: 31, features: 4, generator: &generator)
    let data = try JSONEncoder().encode(tree)
    #expect(try JSONDecoder().decode(Tree.self, from: data) == tree)
  }
}
