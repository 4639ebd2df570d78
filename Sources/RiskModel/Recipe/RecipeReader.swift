internal import Features
internal import Files

/// Takes values out of a recipe with the key, the expectation and the remedy in every complaint.
struct RecipeReader {
  let file: String
  let object: JSONObject

  func rejectUnknownKeys(_ known: [String]) throws(RiskModelError) {
    for (key, _) in object.members where !known.contains(key) {
      throw .invalidRecipe(
        file: file, problem: "unknown key '\(printable(key))'",
        remedy: nearest(key, among: known) ?? "Remove it.")
    }
  }

  /// Names of features, each once, all of them known.
  func features(_ key: String) throws(RiskModelError) -> [String]? {
    guard object[key] != .null, let names = try list(key) else { return nil }
    let known = FeatureCatalog.descriptions.map(\.name)
    for name in names where !known.contains(name) {
      throw .invalidRecipe(
        file: file, problem: "'\(key)' names '\(printable(name))', which is no feature",
        remedy: (nearest(name, among: known).map { $0 + " " } ?? "")
          + "'churn-risk features --describe' lists them.")
    }
    guard Set(names).count == names.count else {
      throw wrong(key, expected: "names of features, each once")
    }
    return names
  }

  private func nearest(_ name: String, among known: [String]) -> String? {
    // The beginning of a name is close to it, too.
    let beginning = known.first { name.count >= 3 && $0.lowercased().hasPrefix(name.lowercased()) }
    return (nearestName(to: name, among: known) ?? beginning).map { "Did you mean '\($0)'?" }
  }

  private func wrong(_ key: String, expected: String) -> RiskModelError {
    .invalidRecipe(
      file: file, problem: "'\(key)' is wrong; expected \(expected)",
      remedy: "Correct the value, or leave the key out for its default.")
  }

  /// A text that stands in tables and in the header of model cards.
  func name(_ key: String) throws(RiskModelError) -> String? {
    guard let name = try text(key) else { return nil }
    let isPlain = !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard (1...100).contains(name.unicodeScalars.count), isPlain else {
      throw wrong(key, expected: "a text of 1 to 100 characters without line breaks")
    }
    return name
  }

  func text(_ key: String) throws(RiskModelError) -> String? {
    guard let value = object[key] else { return nil }
    guard let text = value.string else { throw wrong(key, expected: "a text") }
    return text
  }

  func flag(_ key: String) throws(RiskModelError) -> Bool? {
    guard let value = object[key] else { return nil }
    guard let flag = value.bool else { throw wrong(key, expected: "true or false") }
    return flag
  }

  /// Between 1, which would call the average row at risk, and odds that no row reaches.
  func oddsRatio(_ key: String) throws(RiskModelError) -> Double? {
    guard let value = object[key] else { return nil }
    guard let ratio = value.double, ratio > 1, ratio <= 1_000 else {
      throw wrong(key, expected: "a number above 1 and at most 1000")
    }
    return ratio
  }

  func integerOrNull(_ key: String, _ range: ClosedRange<Int>) throws(RiskModelError) -> Int? {
    object[key] == .null ? nil : try integer(key, range)
  }

  func integer(_ key: String, _ range: ClosedRange<Int>) throws(RiskModelError) -> Int? {
    guard let value = object[key] else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw wrong(
        key,
        expected: range.count == 1
          ? "\(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Numbers of days, each once, ascending; nil for null.
  func days(_ key: String, _ range: ClosedRange<Int>) throws(RiskModelError) -> [Int]? {
    guard let value = object[key], value != .null else { return nil }
    let days = (value.array ?? []).compactMap(\.int)
    guard let count = value.array?.count, days.count == count, count <= 12,
      Set(days).count == count, days.allSatisfy(range.contains)
    else {
      throw wrong(
        key,
        expected:
          "at most 12 whole numbers from \(range.lowerBound) to \(range.upperBound), each once")
    }
    return days.sorted()
  }

  func list(_ key: String) throws(RiskModelError) -> [String]? {
    guard let value = object[key] else { return nil }
    let texts = value.array?.compactMap(\.string)
    guard let texts, texts.count == value.array?.count else {
      throw wrong(key, expected: "a list of texts")
    }
    return texts
  }

  func learner(_ text: String) throws(RiskModelError) -> TrainingRecipe.Learner {
    guard let learner = TrainingRecipe.Learner(rawValue: text) else {
      throw wrong("learner", expected: "auto, logistic or boosting")
    }
    return learner
  }

  func events(_ names: [String]) throws(RiskModelError) -> Set<ChurnDefinition.Event> {
    let events = Set(names.compactMap(ChurnDefinition.Event.init(rawValue:)))
    guard !names.isEmpty, events.count == names.count else {
      throw wrong(
        "events", expected: "a list of suspended and deprovisioned, each once, or dormant alone")
    }
    guard !events.contains(.dormant) || events.count == 1 else {
      throw wrong("events", expected: "dormant alone: silence and a recorded end are two questions")
    }
    return events
  }

  /// The start of a key without control characters, fit for an error message.
  private func printable(_ key: String) -> String {
    String(String.UnicodeScalarView(key.unicodeScalars.filter { $0.value >= 32 }.prefix(60)))
  }
}
