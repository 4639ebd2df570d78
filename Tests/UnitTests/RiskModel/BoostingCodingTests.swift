import Files
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// Trees as JSON: the same after reading, and refused when they are not whole.
struct BoostingCodingTests {
  /// Numbers with gaps, few levels, and more levels than trees split on.
  private func bag() -> BoostedBag {
    var generator = SplitMix64(seed: 21)
    let rows = 400
    let x = (0..<rows).map { _ in generator.nextUnit() < 0.2 ? .nan : generator.nextUnit() }
    let few = (0..<rows).map { _ in Int32(generator.next() % 4) - 1 }
    let many = (0..<rows).map { _ in Int32(generator.next() % 40) }
    let labels = (0..<rows).map { row in
      let score = (x[row].isNaN ? 0.5 : x[row]) + Double(few[row]) / 4 + Double(many[row] % 3) / 3
      return generator.nextUnit() < score / 2 ? 1.0 : 0.0
    }
    let dataset = Dataset(
      columnNames: ["x", "few", "many"],
      columns: [
        .numeric(x), .categorical(codes: few, levels: ["a", "b", "c"]),
        .categorical(codes: many, levels: (0..<40).map { "level \($0)" }),
      ], labels: labels)
    var settings = BoostingPreset.small.settings
    settings.minimumLeafRows = 5
    settings.rounds = 12
    return BoostingBag(settings: settings, seed: 2, foldCount: 3)
      .fit(dataset, rows: Array(0..<rows))
  }

  @Test func `a bag is the same after writing and reading`() throws {
    let bag = bag()
    let trees = bag.models.flatMap(\.trees)
    #expect(trees.contains { $0.leftLevels.contains { $0 != nil } })
    #expect(
      bag.models[0].encoder.features.contains {
        if case .numberOfLevel = $0.source { true } else { false }
      })
    let text = bag.json.serialized()
    let read = try BoostedBag(json: JSONValue(parsing: Array(text.utf8), path: "model.json"))
    #expect(read == bag)
  }

  @Test func `a tree without nodes is one`() throws {
    let bag = BoostedBag(models: [
      BoostedTrees(
        encoder: FeatureEncoder(
          columnNames: ["x"], features: [.init(rawColumn: 0, source: .number)]),
        baseLogOdds: -1.5, trees: [Tree(value: 0.25, cover: 10)])
    ])
    #expect(BoostedBag(json: bag.json) == bag)
  }

  /// Changes one part of the first tree.
  private func changed(_ key: String, _ change: (inout [JSONValue]) -> Void) -> JSONValue {
    var models = bag().json.array ?? []
    var model = models[0].object ?? [:]
    var trees = model["trees"]?.array ?? []
    var tree = trees[0].object ?? [:]
    var values = tree[key]?.array ?? []
    change(&values)
    tree[key] = .array(values)
    trees[0] = .object(tree)
    model["trees"] = .array(trees)
    models[0] = .object(model)
    return .array(models)
  }

  @Test(arguments: [
    "feature", "threshold", "missingGoesLeft", "leftLevels", "leftChild", "rightChild", "nodeCover",
    "leafCover", "values",
  ])
  func `a tree that lacks a number is refused`(key: String) {
    #expect(BoostedBag(json: changed(key) { _ in }) != nil)
    #expect(BoostedBag(json: changed(key) { $0.removeLast() }) == nil)
    #expect(BoostedBag(json: changed(key) { $0[0] = .string("x") }) == nil)
  }

  @Test func `a tree that leads nowhere, in a circle or twice to one place is refused`() {
    #expect(BoostedBag(json: changed("leftChild") { $0[0] = .integer(99) }) == nil)
    #expect(BoostedBag(json: changed("leftChild") { $0[0] = .integer(0) }) == nil)
    #expect(BoostedBag(json: changed("leftChild") { $0[0] = .integer(-99) }) == nil)
    #expect(
      BoostedBag(json: changed("rightChild") { $0[$0.count - 1] = .integer(-1) }) == nil)
    #expect(BoostedBag(json: changed("feature") { $0[0] = .integer(9) }) == nil)
    // Leaves out of order, a cover that does not add up, a leaf that drowns all others.
    #expect(
      BoostedBag(
        json: changed("values") { $0[0] = .number(1.7e308) }) == nil)
    let tiny = changed("nodeCover") { $0[0] = .number(.leastNonzeroMagnitude) }
    #expect(BoostedBag(json: tiny) == nil)
    for key in ["leftChild", "rightChild"] {
      #expect(
        BoostedBag(
          json: changed(key) { items in
            let leaf = items.firstIndex { ($0.int ?? 0) < -1 } ?? 0
            items[leaf] = .integer(-1)
          }) == nil)
    }
    #expect(BoostedBag(json: changed("leftLevels") { $0[0] = .integer(3) }) == nil)
    #expect(BoostedBag(json: .array([])) == nil)
    #expect(BoostedBag(json: .null) == nil)
  }
}
