internal import Files
internal import Learning

/// A bag of boosted models as JSON: for each its features, then its trees, number by number.
extension BoostedBag {
  var json: JSONValue { .array(models.map(\.json)) }

  /// nil when a part is missing, is no finite number, or refers to what is not there.
  init?(json: JSONValue) {
    guard let items = json.array, !items.isEmpty else { return nil }
    let models = items.compactMap { BoostedTrees(json: $0) }
    guard models.count == items.count,
      models.allSatisfy({ $0.encoder.columnNames == models[0].encoder.columnNames })
    else { return nil }
    self.init(models: models)
  }
}

extension BoostedTrees {
  fileprivate var json: JSONValue {
    [
      "baseLogOdds": .number(baseLogOdds),
      "columns": .array(encoder.columnNames.map { .string($0) }),
      "features": .array(encoder.features.map { $0.json(encoder.columnNames) }),
      "trees": .array(trees.map(\.json)),
    ]
  }

  fileprivate init?(json: JSONValue) {
    guard let base = json["baseLogOdds"]?.double, abs(base) <= mostLogOdds,
      let names = strings(json["columns"]), Set(names).count == names.count,
      let featureItems = json["features"]?.array, let treeItems = json["trees"]?.array
    else { return nil }
    let features = featureItems.compactMap { FeatureEncoder.Feature(json: $0, names) }
    let trees = treeItems.compactMap { Tree(json: $0, features: features) }
    guard features.count == featureItems.count, trees.count == treeItems.count else { return nil }
    self.init(
      encoder: FeatureEncoder(columnNames: names, features: features), baseLogOdds: base,
      trees: trees)
  }
}

extension FeatureEncoder.Feature {
  fileprivate func json(_ names: [String]) -> JSONValue {
    var object: JSONObject = ["column": .string(names[rawColumn])]
    switch source {
    case .number: object["source"] = .string("number")
    case .level(let levels):
      object["source"] = .string("level")
      object["levels"] = .array(levels.map { .string($0) })
    case .numberOfLevel(let levels, let numbers, let unknown, let unseen):
      object["source"] = .string("numberOfLevel")
      object["levels"] = .array(levels.map { .string($0) })
      object["numbers"] = .array(numbers.map { .number($0) })
      object["unknown"] = .number(unknown)
      object["unseen"] = .number(unseen)
    }
    return .object(object)
  }

  fileprivate init?(json: JSONValue, _ names: [String]) {
    guard let column = json["column"]?.string.flatMap({ names.firstIndex(of: $0) }) else {
      return nil
    }
    guard let levels = strings(json["levels"] ?? .array([])), Set(levels).count == levels.count
    else { return nil }
    switch json["source"]?.string {
    case "number": self.init(rawColumn: column, source: .number)
    case "level" where levels.count <= 254:
      self.init(rawColumn: column, source: .level(levels: levels))
    case "numberOfLevel":
      guard let numbers = finite(json["numbers"]), numbers.count == levels.count,
        let unknown = json["unknown"]?.double, let unseen = json["unseen"]?.double,
        unknown.isFinite, unseen.isFinite
      else { return nil }
      self.init(
        rawColumn: column,
        source: .numberOfLevel(
          levels: levels, numbers: numbers, unknown: unknown, unseen: unseen))
    default: return nil
    }
  }
}

extension Tree {
  fileprivate var json: JSONValue {
    func integers(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }
    func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number($0) }) }
    return [
      "feature": integers(feature), "threshold": numbers(threshold),
      "missingGoesLeft": .array(missingGoesLeft.map { .bool($0) }),
      "leftLevels": .array(
        leftLevels.map { $0.map { integers($0.map(Int.init)) } ?? .null }),
      "leftChild": integers(leftChild), "rightChild": integers(rightChild),
      "nodeCover": numbers(nodeCover), "leafCover": numbers(leafCover), "values": numbers(values),
    ]
  }

  fileprivate init?(json: JSONValue, features: [FeatureEncoder.Feature]) {
    func integers(_ key: String) -> [Int]? {
      guard let items = json[key]?.array else { return nil }
      let values = items.compactMap(\.int)
      return values.count == items.count ? values : nil
    }
    guard let feature = integers("feature"), let threshold = finite(json["threshold"]),
      let missing = json["missingGoesLeft"]?.array.map({ $0.compactMap(\.bool) }),
      let levels = json["leftLevels"]?.array, let left = integers("leftChild"),
      let right = integers("rightChild"), let nodeCover = finite(json["nodeCover"]),
      let leafCover = finite(json["leafCover"]), let values = finite(json["values"])
    else { return nil }
    self.init()
    self.feature = feature
    self.threshold = threshold
    missingGoesLeft = missing
    for item in levels {
      if item == .null {
        leftLevels.append(nil)
        continue
      }
      guard let bins = item.array else { return nil }
      let numbers = bins.compactMap { $0.int.flatMap(UInt8.init(exactly:)) }
      guard numbers.count == bins.count else { return nil }
      leftLevels.append(numbers)
    }
    (leftChild, rightChild) = (left, right)
    (self.nodeCover, self.leafCover, self.values) = (nodeCover, leafCover, values)
    guard isComplete(features) else { return nil }
  }

  /// Whether every node has all it needs and asks a feature of its kind, nodes come before their
  /// children, leaves are numbered from left to right, and covers add up.
  ///
  /// Scoring reads leaves without looking twice, so nothing else may pass.
  private func isComplete(_ features: [FeatureEncoder.Feature]) -> Bool {
    let count = feature.count
    let counts = [
      threshold.count, missingGoesLeft.count, leftLevels.count, leftChild.count, rightChild.count,
      nodeCover.count,
    ]
    guard counts.allSatisfy({ $0 == count }), values.count == count + 1, values.count <= 256,
      leafCover.count == values.count, (nodeCover + leafCover).allSatisfy({ $0 >= 0 }),
      values.allSatisfy({ abs($0) <= mostLogOdds })
    else { return false }
    func cover(_ child: Int) -> Double { child >= 0 ? nodeCover[child] : leafCover[~child] }
    var isChild = [Bool](repeating: false, count: count)
    for node in 0..<count {
      let (left, right) = (leftChild[node], rightChild[node])
      guard features.indices.contains(feature[node]),
        features[feature[node]].source.isLevel == (leftLevels[node] != nil)
      else { return false }
      for child in [left, right] {
        guard child > node || (child < 0 && ~child < values.count) else { return false }
        guard child >= 0 else { continue }
        guard child < count, !isChild[child] else { return false }
        isChild[child] = true
      }
      guard nodeCover[node] == cover(left) + cover(right) else { return false }
    }
    guard isChild.dropFirst().allSatisfy({ $0 }) else { return false }
    var leaves: [Int] = []
    var waiting = count > 0 ? [0] : [~0]
    while let next = waiting.popLast() {
      if next < 0 { leaves.append(~next) } else { waiting += [rightChild[next], leftChild[next]] }
    }
    return leaves == Array(values.indices)
  }
}

extension FeatureEncoder.Source {
  fileprivate var isLevel: Bool {
    if case .level = self { return true }
    return false
  }
}

extension BoostedBag {
  /// Whether every column that a feature reads is of the kind that it was learned on.
  func fits(numericNames: Set<String>) -> Bool {
    models.allSatisfy { model in
      model.encoder.features.allSatisfy { feature in
        numericNames.contains(model.encoder.columnNames[feature.rawColumn])
          == (feature.source == .number)
      }
    }
  }
}

/// No leaf and no base rate of a fit comes near; more would drown what is added to it.
private let mostLogOdds = 1e6

/// The texts of an array; nil when it is none, or one is something else.
private func strings(_ json: JSONValue?) -> [String]? {
  guard let items = json?.array else { return nil }
  let texts = items.compactMap(\.string)
  return texts.count == items.count ? texts : nil
}

/// The numbers of an array; nil when it is none, or one is missing or not finite.
private func finite(_ json: JSONValue?) -> [Double]? {
  guard let items = json?.array else { return nil }
  let values = items.compactMap(\.double).filter(\.isFinite)
  return values.count == items.count ? values : nil
}
