internal import Features
package import Files

/// Recipes as JSON files: `Training/recipes/NAME.json`, and inside model.json.
extension TrainingRecipe {
  private static let keys = [
    "schemaVersion", "name", "comment", "events", "horizonDays", "reactivationGraceDays",
    "activeWithinDays", "trialNeverPaidIsChurn", "minimumTenureDays", "lagDays",
    "landmarkEveryDays", "learner", "highOddsRatio", "mediumOddsRatio", "seed",
  ]

  /// Reads and validates a recipe file.
  ///
  /// - Throws: `FileError` when the file cannot be read or is no JSON; `RiskModelError.invalidRecipe`
  ///   when a key is unknown or a value is out of its range.
  package init(file: String) throws {
    let value = try JSONValue(parsing: contents(ofFile: file), path: file)
    try self.init(value, file: file)
  }

  package init(_ json: JSONValue, file: String) throws(RiskModelError) {
    guard let object = json.object else {
      throw .invalidRecipe(
        file: file, problem: "the recipe is not a JSON object",
        remedy: "Start from a file in Training/recipes.")
    }
    self.init()
    let reader = RecipeReader(file: file, object: object)
    try reader.rejectUnknownKeys(Self.keys)
    _ = try reader.integer("schemaVersion", 1...1)
    name = try reader.name("name") ?? name
    comment = try reader.text("comment") ?? comment
    if let names = try reader.list("events") { events = try reader.events(names) }
    horizonDays = try reader.integer("horizonDays", 1...730) ?? horizonDays
    reactivationGraceDays = try reader.integerOrNull("reactivationGraceDays", 0...90)
    activeWithinDays = try reader.integer("activeWithinDays", 1...365) ?? activeWithinDays
    trialNeverPaidIsChurn = try reader.flag("trialNeverPaidIsChurn") ?? trialNeverPaidIsChurn
    minimumTenureDays = try reader.integer("minimumTenureDays", 0...365) ?? minimumTenureDays
    lagDays = try reader.integerOrNull("lagDays", 0...60)
    landmarkEveryDays = try reader.integer("landmarkEveryDays", 1...182) ?? landmarkEveryDays
    if let text = try reader.text("learner") { learner = try reader.learner(text) }
    highOddsRatio = try reader.oddsRatio("highOddsRatio") ?? highOddsRatio
    mediumOddsRatio = try reader.oddsRatio("mediumOddsRatio") ?? mediumOddsRatio
    seed = try reader.integer("seed", 0...Int(Int32.max)) ?? seed
    guard highOddsRatio > mediumOddsRatio else {
      throw .invalidRecipe(
        file: file,
        problem: "the bands are contradictory: highOddsRatio (\(highOddsRatio)) must lie above "
          + "mediumOddsRatio (\(mediumOddsRatio))",
        remedy: "Correct the two values; 2 and 4 are the defaults.")
    }
  }

  /// The recipe with every default written out.
  package var json: JSONValue {
    var object = JSONObject()
    object["schemaVersion"] = .integer(1)
    object["name"] = .string(name)
    object["comment"] = .string(comment)
    object["events"] = .array(events.map(\.rawValue).sorted().map { .string($0) })
    object["horizonDays"] = .integer(horizonDays)
    object["reactivationGraceDays"] = .integer(definition.reactivationGraceDays)
    object["activeWithinDays"] = .integer(activeWithinDays)
    object["trialNeverPaidIsChurn"] = .bool(trialNeverPaidIsChurn)
    object["minimumTenureDays"] = .integer(minimumTenureDays)
    object["lagDays"] = lagDays.map { .integer($0) } ?? .null
    object["landmarkEveryDays"] = .integer(landmarkEveryDays)
    object["learner"] = .string(learner.rawValue)
    object["highOddsRatio"] = .number(highOddsRatio)
    object["mediumOddsRatio"] = .number(mediumOddsRatio)
    object["seed"] = .integer(seed)
    return .object(object)
  }
}

/// Takes values out of a recipe with the key, the expectation and the remedy in every complaint.
private struct RecipeReader {
  let file: String
  let object: JSONObject

  func rejectUnknownKeys(_ known: [String]) throws(RiskModelError) {
    for (key, _) in object.members where !known.contains(key) {
      let nearest = known.min { distance(key, $0) < distance(key, $1) }
      throw .invalidRecipe(
        file: file, problem: "unknown key '\(printable(key))'",
        remedy: nearest.map { "Did you mean '\($0)'?" } ?? "Remove it.")
    }
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

  /// Levenshtein distance, for suggestions.
  private func distance(_ first: String, _ second: String) -> Int {
    let first = Array(first.lowercased().utf8)
    let second = Array(second.lowercased().utf8)
    var row = Array(0...second.count)
    for i in first.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in second.indices {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (first[i] == second[j] ? 0 : 1))
        diagonal = above
      }
    }
    return row[second.count]
  }

  /// The start of a key without control characters, fit for an error message.
  private func printable(_ key: String) -> String {
    String(String.UnicodeScalarView(key.unicodeScalars.filter { $0.value >= 32 }.prefix(60)))
  }
}
