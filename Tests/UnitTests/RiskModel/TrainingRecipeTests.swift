import Features
import Files
import TestSupport
import Testing

@testable import RiskModel

/// Recipes: defaults, ranges, complaints, the way through JSON.
struct TrainingRecipeTests {
  private func recipe(_ members: (String, JSONValue)...) throws -> TrainingRecipe {
    try TrainingRecipe(.object(JSONObject(members)), file: "recipe.json")
  }

  /// The complaint about a recipe, or nil when it is accepted.
  private func complaint(_ members: (String, JSONValue)...) -> String? {
    do {
      _ = try TrainingRecipe(.object(JSONObject(members)), file: "recipe.json")
      return nil
    } catch { return "\(error)" }
  }

  @Test func `an empty recipe is cancellation within a quarter`() throws {
    // Suspended or deprovisioned, a grace of 30 days, bands at 4 and 2 times the odds.
    let recipe = try recipe()
    #expect(recipe == TrainingRecipe())
    #expect(recipe.name == "cancellation-91d")
    #expect(recipe.definition.events == [.suspended, .deprovisioned])
    #expect(recipe.definition.horizonDays == 91)
    #expect(recipe.definition.reactivationGraceDays == 30)
    #expect(recipe.highOddsRatio == 4 && recipe.mediumOddsRatio == 2)
    #expect(recipe.lagDays == nil && recipe.learner == .auto && recipe.minimumTenureDays == 0)
  }

  @Test func `the grace follows the horizon unless it is given`() throws {
    #expect(try recipe(("horizonDays", 28)).definition.reactivationGraceDays == 0)
    #expect(try recipe(("horizonDays", 55)).definition.reactivationGraceDays == 0)
    #expect(try recipe(("horizonDays", 56)).definition.reactivationGraceDays == 30)
    #expect(
      try recipe(("horizonDays", 28), ("reactivationGraceDays", 7)).definition
        .reactivationGraceDays == 7)
    #expect(
      try recipe(("reactivationGraceDays", .null)).definition.reactivationGraceDays == 30)
  }

  @Test(arguments: [
    ("horizonDays", 1, 730), ("reactivationGraceDays", 0, 90), ("activeWithinDays", 1, 365),
    ("minimumTenureDays", 0, 365), ("lagDays", 0, 60), ("landmarkEveryDays", 1, 182),
    ("seed", 0, Int(Int32.max)), ("schemaVersion", 1, 1), ("capacity", 1, 1_000_000),
  ])
  func `whole numbers have inclusive limits`(key: String, least: Int, most: Int) throws {
    for allowed in [least, most] { #expect(complaint((key, .integer(allowed))) == nil) }
    for wrong in [.integer(least - 1), .integer(most + 1), .number(1.5), "1", true] as [JSONValue] {
      let text = try #require(complaint((key, wrong)))
      #expect(text.hasPrefix("recipe.json: '\(key)' is wrong; expected "))
      #expect(text.contains("\(least)") && text.contains("\(most)"))
    }
  }

  @Test(arguments: ["highOddsRatio", "mediumOddsRatio"])
  func `odds ratios lie above 1`(key: String) throws {
    for wrong in [1, 0.5, -2, 1_001, "4"] as [JSONValue] {
      #expect(try #require(complaint((key, wrong))).contains("'\(key)' is wrong"))
    }
    #expect(complaint(("highOddsRatio", 3), ("mediumOddsRatio", 1.5)) == nil)
  }

  @Test func `bands that contradict each other are refused`() throws {
    for (high, medium) in [(2.0, 2.0), (2, 4), (1.5, 2)] {
      let text = try #require(
        complaint(("highOddsRatio", .number(high)), ("mediumOddsRatio", .number(medium))))
      #expect(text.contains("contradictory") && text.contains("highOddsRatio"))
    }
    // Against the default of the other one, too.
    #expect(try #require(complaint(("highOddsRatio", 1.5))).contains("contradictory"))
  }

  @Test func `a feature that does not exist is refused with the nearest name`() throws {
    for key in ["features", "withoutFeatures"] {
      let text = try #require(complaint((key, ["tenureDay"])))
      #expect(text.contains("'\(key)' names 'tenureDay', which is no feature"))
      #expect(text.contains("Did you mean 'tenureDays'?"))
      #expect(try #require(complaint((key, ["tenureDays", "tenureDays"]))).contains("each once"))
      #expect(try #require(complaint((key, "tenureDays"))).contains("expected a list of texts"))
      #expect(complaint((key, ["tenureDays"])) == nil && complaint((key, .null)) == nil)
    }
    #expect(try #require(complaint(("features", []))).contains("no feature is left"))
    let both = complaint(("features", ["tenureDays"]), ("withoutFeatures", ["tenureDays"]))
    #expect(try #require(both).contains("in features and in withoutFeatures"))
  }

  @Test func `further horizons are days, each once, and none of dormancy`() throws {
    let key = "furtherHorizonsDays"
    #expect(try recipe((key, [182, 28])).furtherHorizonsDays == [28, 182])
    #expect(try recipe((key, .null)).furtherHorizonsDays == nil)
    #expect(try recipe((key, [])).furtherHorizonsDays == [])
    for wrong in [[0], [731], [28, 28], [1.5], "28", 28, .array((1...13).map { .integer($0) })]
      as [JSONValue]
    {
      #expect(try #require(complaint((key, wrong))).contains("'\(key)' is wrong"))
    }
    let dormant: (String, JSONValue) = ("events", ["dormant"])
    #expect(try #require(complaint(dormant, (key, [28]))).contains("contradictory"))
    #expect(complaint(dormant, (key, [])) == nil && complaint(dormant, (key, .null)) == nil)
  }

  @Test func `label settings that cannot hold together are refused`() throws {
    let dormant: (String, JSONValue) = ("events", ["dormant"])
    let trial = try #require(complaint(dormant, ("trialNeverPaidIsChurn", true)))
    #expect(trial.contains("contradictory") && trial.contains("trialNeverPaidIsChurn"))
    let grace = try #require(complaint(dormant, ("reactivationGraceDays", 30)))
    #expect(grace.contains("contradictory") && grace.contains("reactivationGraceDays (30)"))
    #expect(complaint(dormant, ("reactivationGraceDays", 0)) == nil)
    #expect(complaint(dormant, ("trialNeverPaidIsChurn", false)) == nil)
    // A silence has no grace by default either, however long it is.
    #expect(try recipe(dormant, ("horizonDays", 182)).definition.reactivationGraceDays == 0)
    #expect(try #require(complaint(("horizonDays", 0))).contains("from 1 to 730"))
  }

  @Test(arguments: [28, 56, 91, 182]) func `every usual horizon makes a recipe`(days: Int) throws {
    for events in [["suspended"], ["deprovisioned"], ["suspended", "deprovisioned"], ["dormant"]] {
      let made = try recipe(
        ("horizonDays", .integer(days)), ("events", .array(events.map { .string($0) })))
      #expect(made.definition.horizonDays == days)
      // What a model file keeps of it reads the same.
      #expect(try TrainingRecipe(made.resolved.json, file: "m") == made.resolved)
    }
  }

  @Test func `an unknown key suggests the nearest`() throws {
    let typos = [
      ("horizondays", "horizonDays"), ("horizon", "horizonDays"), ("learnr", "learner"),
      ("lagDay", "lagDays"), ("events ", "events"), ("highOddRatio", "highOddsRatio"),
    ]
    for (typo, meant) in typos {
      let text = try #require(complaint((typo, 1)))
      #expect(text.contains("unknown key '\(typo)'") && text.contains("'\(meant)'"), "\(text)")
    }
  }

  @Test func `what is close to no key suggests none`() throws {
    let text = try #require(complaint(("xyz", 1)))
    #expect(text.contains("unknown key 'xyz'") && !text.contains("Did you mean"))
  }

  @Test func `an unknown key is shown without control characters and cut`() throws {
    let key = "\u{1B}[2J\n" + String(repeating: "x", count: 500)
    let text = try #require(complaint((key, 1)))
    #expect(!text.unicodeScalars.contains { $0.value < 32 })
    #expect(text.count < 200)
  }

  @Test func `dormant stands alone, each event once`() throws {
    #expect(complaint(("events", ["dormant"])) == nil)
    #expect(complaint(("events", ["suspended"])) == nil)
    let wrong: [JSONValue] = [
      ["dormant", "suspended"], [], ["gone"], ["suspended", "suspended"], ["suspended", 5],
      "suspended", .null,
    ]
    for events in wrong {
      #expect(try #require(complaint(("events", events))).contains("'events' is wrong"))
    }
  }

  @Test func `texts, flags and the learner have their kinds`() throws {
    for (key, wrong) in [
      ("name", 5), ("name", ""), ("name", "two\nlines"), ("name", .null), ("comment", false),
      ("trialNeverPaidIsChurn", "yes"), ("learner", "forest"), ("learner", 1),
      ("name", .string(String(repeating: "n", count: 101))),
    ] as [(String, JSONValue)] {
      #expect(try #require(complaint((key, wrong))).contains("'\(key)' is wrong"))
    }
  }

  @Test func `what is no object is refused with a way out`() {
    #expect(throws: RiskModelError.self) { try TrainingRecipe([1, 2], file: "recipe.json") }
  }

  @Test func `a recipe survives the way through JSON`() throws {
    var recipe = TrainingRecipe()
    recipe.name = "suspensions"
    recipe.comment = "line one\nline two"
    recipe.events = [.suspended]
    recipe.horizonDays = 28
    recipe.reactivationGraceDays = 3
    recipe.activeWithinDays = 14
    recipe.features = ["tenureDays", "autoRenew", "inTrial"]
    recipe.withoutFeatures = ["activeDays7"]
    recipe.trialNeverPaidIsChurn = true
    recipe.minimumTenureDays = 10
    recipe.lagDays = 4
    recipe.landmarkEveryDays = 7
    recipe.learner = .logistic
    recipe.highOddsRatio = 3.25
    recipe.mediumOddsRatio = 1.5
    recipe.seed = 42
    let text = Array(recipe.json.serialized().utf8)
    #expect(
      try TrainingRecipe(JSONValue(parsing: text, path: "r"), file: "r") == recipe)
    #expect(try TrainingRecipe(TrainingRecipe().json, file: "r").definition.horizonDays == 91)
  }

  @Test func `a missing file and a file that is no JSON are told apart`() throws {
    let folder = TemporaryFolder()
    #expect(throws: FileError.self) { try TrainingRecipe(file: folder["none.json"]) }
    try writeFile(folder["bad.json"]) { try $0.write("{\"horizonDays\": }") }
    #expect(throws: FileError.self) { try TrainingRecipe(file: folder["bad.json"]) }
  }

  @Test(arguments: ["cancellation-28d", "cancellation-91d", "dormancy-28d"])
  func `the recipes of the repository are what their names say`(name: String) throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let recipe = try TrainingRecipe(file: "/\(root)/Training/recipes/\(name).json")
    #expect(recipe.name == name)
    #expect(!recipe.comment.isEmpty)
    #expect(name.hasSuffix("-\(recipe.horizonDays)d"))
    #expect(recipe.definition.isDormancy == name.hasPrefix("dormancy"))
    // A grace of 30 days would outlast a window of 28: the recipes of four weeks have none.
    #expect(recipe.definition.reactivationGraceDays == (recipe.horizonDays == 28 ? 0 : 30))
    if name.hasPrefix("cancellation") {
      #expect(recipe.definition.events == [.suspended, .deprovisioned])
    }
    if name == "cancellation-91d" {
      var standard = TrainingRecipe()
      standard.comment = recipe.comment
      standard.reactivationGraceDays = 30
      #expect(recipe == standard)
    }
  }
}
