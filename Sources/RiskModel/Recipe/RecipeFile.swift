internal import Features
package import Files

/// Recipes as JSON files: `Training/recipes/NAME.json`, and inside model.json.
extension TrainingRecipe {
  private static let keys = [
    "schemaVersion", "name", "comment", "events", "horizonDays", "furtherHorizonsDays",
    "reactivationGraceDays", "activeWithinDays", "trialNeverPaidIsChurn", "minimumTenureDays",
    "lagDays",
    "landmarkEveryDays", "features", "withoutFeatures", "capacity", "learner", "highOddsRatio",
    "mediumOddsRatio", "seed",
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
    furtherHorizonsDays = try reader.days("furtherHorizonsDays", 1...730)
    reactivationGraceDays = try reader.integerOrNull("reactivationGraceDays", 0...90)
    activeWithinDays = try reader.integer("activeWithinDays", 1...365) ?? activeWithinDays
    trialNeverPaidIsChurn = try reader.flag("trialNeverPaidIsChurn") ?? trialNeverPaidIsChurn
    minimumTenureDays = try reader.integer("minimumTenureDays", 0...365) ?? minimumTenureDays
    lagDays = try reader.integerOrNull("lagDays", 0...60)
    landmarkEveryDays = try reader.integer("landmarkEveryDays", 1...182) ?? landmarkEveryDays
    features = try reader.features("features")
    withoutFeatures = try reader.features("withoutFeatures") ?? withoutFeatures
    capacity = try reader.integerOrNull("capacity", 1...1_000_000)
    if let text = try reader.text("learner") { learner = try reader.learner(text) }
    highOddsRatio = try reader.oddsRatio("highOddsRatio") ?? highOddsRatio
    mediumOddsRatio = try reader.oddsRatio("mediumOddsRatio") ?? mediumOddsRatio
    seed = try reader.integer("seed", 0...Int(Int32.max)) ?? seed
    try checkContradictions(file)
    guard highOddsRatio > mediumOddsRatio else {
      throw .invalidRecipe(
        file: file,
        problem: "the bands are contradictory: highOddsRatio (\(highOddsRatio)) must lie above "
          + "mediumOddsRatio (\(mediumOddsRatio))",
        remedy: "Correct the two values; 2 and 4 are the defaults.")
    }
  }

  /// Settings that cannot hold together.
  private func checkContradictions(_ file: String) throws(RiskModelError) {
    func refuse(_ problem: String, _ remedy: String) throws(RiskModelError) {
      throw .invalidRecipe(
        file: file, problem: "contradictory settings: \(problem)", remedy: remedy)
    }
    if events.contains(.dormant), trialNeverPaidIsChurn {
      try refuse(
        "trialNeverPaidIsChurn is about recorded ends, and dormant about silence",
        "Leave trialNeverPaidIsChurn out, or use the events suspended and deprovisioned.")
    }
    if events.contains(.dormant), let grace = reactivationGraceDays, grace > 0 {
      try refuse(
        "reactivationGraceDays (\(grace)) is about suspensions, and dormant about silence",
        "Leave reactivationGraceDays out, or use the events suspended and deprovisioned.")
    }
    if events.contains(.dormant), furtherHorizonsDays?.isEmpty == false {
      try refuse(
        "furtherHorizonsDays is about dated events, and dormant about silence, which is asked of one "
          + "horizon",
        "Leave furtherHorizonsDays out, or use the events suspended and deprovisioned.")
    }
    if let both = features?.first(where: withoutFeatures.contains) {
      try refuse(
        "'\(both)' is in features and in withoutFeatures", "Name it in one of them.")
    }
    if featureNames(among: FeatureCatalog.descriptions.map(\.name)).isEmpty {
      try refuse("no feature is left", "Name at least one, or leave features out for all of them.")
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
    object["furtherHorizonsDays"] =
      furtherHorizonsDays.map { .array($0.map { .integer($0) }) } ?? .null
    object["reactivationGraceDays"] = .integer(definition.reactivationGraceDays)
    object["activeWithinDays"] = .integer(activeWithinDays)
    object["trialNeverPaidIsChurn"] = .bool(trialNeverPaidIsChurn)
    object["minimumTenureDays"] = .integer(minimumTenureDays)
    object["lagDays"] = lagDays.map { .integer($0) } ?? .null
    object["landmarkEveryDays"] = .integer(landmarkEveryDays)
    object["features"] = features.map { .array($0.map { .string($0) }) } ?? .null
    object["withoutFeatures"] = .array(withoutFeatures.map { .string($0) })
    object["capacity"] = capacity.map { .integer($0) } ?? .null
    object["learner"] = .string(learner.rawValue)
    object["highOddsRatio"] = .number(highOddsRatio)
    object["mediumOddsRatio"] = .number(mediumOddsRatio)
    object["seed"] = .integer(seed)
    return .object(object)
  }
}
