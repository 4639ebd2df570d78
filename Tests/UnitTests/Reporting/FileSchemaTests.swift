import Files
import History
import Learning
import TestSupport
import Testing

@testable import Reporting
@testable import RiskModel

/// What is written, against the published schemas, by an independent validator.
@Suite(.enabled(if: Python.hasJSONSchema, "\(Python.reason)"))
struct FileSchemaTests: PastFixtures {
  private func expectValid(_ texts: [String], _ schema: FileSchema) throws {
    for complaint in try Python.complaints(about: texts, schema: schema.text) {
      #expect(complaint == nil)
    }
  }

  /// A document after a change of its JSON.
  private func changed(_ change: (inout JSONObject) -> Void) throws -> String {
    var object = try #require(
      try JSONValue(parsing: Array(SampleScores.text(SampleScores.full).utf8), path: "").object)
    change(&object)
    return JSONValue.object(object).serialized()
  }

  private func changed(row key: String, to value: JSONValue?) throws -> String {
    try changed { object in
      var rows = object["subscriptions"]?.array ?? []
      var row = rows[0].object ?? [:]
      row[key] = value
      rows[0] = .object(row)
      object["subscriptions"] = .array(rows)
    }
  }

  @Test func `at-risk files by hand`() throws {
    try expectValid(
      [
        SampleScores.text(SampleScores.full), SampleScores.text(SampleScores.document()),
        SampleScores.text(SampleScores.full.redacted([.names, .revenue])),
      ], .atRisk)
  }

  @Test func `at-risk files of a model, of each calibration, of rules, compared`() throws {
    var texts: [String] = []
    for calibration in RiskFixtures.calibrations {
      var model = try TrainablePast.model.get()
      model.calibration = calibration
      texts.append(
        try SampleScores.text(
          AtRiskDocument(try Scorer(model: model).score(TrainablePast.history, asOf: nil))))
    }
    let scorer = Scorer(model: RiskFixtures.rules())
    let before = AtRiskDocument(try scorer.score(TrainablePast.history, asOf: pastDay(147)))
    var today = AtRiskDocument(try scorer.score(TrainablePast.history, asOf: pastDay(154)))
    try today.compare(with: before, path: "old")
    #expect(today.subscriptions.contains { $0.change != nil })
    texts.append(try SampleScores.text(today))
    for seed in UInt64(930)...932 {
      let past = RandomPast.make(seed: seed)
      texts.append(try SampleScores.text(AtRiskDocument(try scorer.score(past, asOf: nil))))
    }
    try expectValid(texts, .atRisk)
  }

  @Test func `the schema refuses other words, numbers out of range and missing members`() throws {
    let wrong = [
      try changed { $0["asOf"] = "16.11.2026" }, try changed { $0["attention"] = nil },
      try changed { $0["schemaVersion"] = 2 },
      try changed(row: "riskBand", to: "severe"), try changed(row: "rank", to: 0),
      try changed(row: "churnProbability", to: 1.5), try changed(row: "change", to: "bigger"),
      try changed(row: "subscriptionId", to: "ABC"), try changed(row: "trialStatus", to: "maybe"),
      try changed(row: "reasons", to: [["feature": "x"]]), try changed(row: "owner", to: nil),
      try changed(row: "valueBasis", to: "gold"), try changed(row: "vennAbers", to: [0.1]),
      try changed(row: "families", to: nil),
      try changed(
        row: "families",
        to: [
          [
            "family": "weather", "contribution": 1, "probabilityWithout": .null,
            "changeSincePrevious": .null,
          ]
        ]),
      try changed(row: "deadlines", to: [["kind": "someday", "date": "2026-01-01", "text": ""]]),
    ]
    for complaint in try Python.complaints(about: wrong, schema: FileSchema.atRisk.text) {
      #expect(complaint != nil)
    }
    // Later versions may add fields.
    try expectValid([changed { $0["laterField"] = 1 }, changed(row: "later", to: 1)], .atRisk)
  }

  @Test func `evaluations of a model and of rules`() throws {
    let past = history(subscription("A").seen(on: 0, 28, 56))
    let rules = try Trainer(recipe: TrainablePast.recipe).train(past, asOf: nil, lagDays: 0)
    let digest = String(repeating: "0", count: 64)
    try expectValid(
      [
        TrainablePast.trained.get().evaluation(sha256: digest).serialized(),
        rules.evaluation(sha256: digest).serialized(),
      ], .evaluation)
  }

  @Test func `backtests of models and of rules`() throws {
    let texts = try [(98, 133), (0, 0)].map { from, to in
      try Backtest(
        recipe: TrainablePast.recipe,
        range: LandmarkRange(from: pastDay(from), to: pastDay(to), everyDays: 35), capacity: 10
      ).run(TrainablePast.history, lag: { _ in 0 }).json
    }
    try expectValid(texts.map { $0.serialized() }, .backtest)
    var wrong = try #require(texts[0].object)
    wrong["pooled"] = ["rows": 1]
    for complaint in try Python.complaints(
      about: [JSONValue.object(wrong).serialized()], schema: FileSchema.backtest.text)
    {
      #expect(complaint != nil)
    }
  }

  @Test func `manifests`() throws {
    let texts = try ListGrouping.allCases.map {
      try ExportedLists(SampleScores.full, formats: ["csv", "json"], by: $0).text("manifest.json")
    }
    try expectValid(texts, .manifest)
  }

  @Test func `summaries`() throws {
    var rules = SampleScores.full
    rules.model.learner = "rules"
    let texts = try ListGrouping.allCases.flatMap { grouping in
      try [SampleScores.full, rules].map {
        try ExportedLists($0, formats: ["json"], by: grouping).text("summary.json")
      }
    }
    try expectValid(texts, .summary)
  }

  @Test func `recipes are valid exactly when they are accepted`() throws {
    var members: [[(String, JSONValue)]] = [[]]
    for (key, values) in [
      ("schemaVersion", [1, 2, 1.5, "1", .null]), ("name", ["x", "", 5, .null, "a\nb"]),
      ("comment", ["", "a\nb", 5, .null]),
      (
        "events",
        [
          ["suspended"], ["deprovisioned", "suspended"], ["dormant"], ["dormant", "suspended"], [],
          ["suspended", "suspended"], ["gone"], [5], "suspended", .null,
        ]
      ),
      ("horizonDays", [1, 730, 0, 731, 28.0, 28.5, "28", .null, true]),
      ("reactivationGraceDays", [0, 90, -1, 91, .null, "3"]),
      (
        "furtherHorizonsDays",
        [
          [28, 182], [], [0], [731], [28, 28], ["28"], 28, .null,
          .array((1...13).map { .integer($0) }),
        ]
      ),
      ("activeWithinDays", [1, 365, 0, 366, .null]),
      ("trialNeverPaidIsChurn", [true, false, 1, "yes", .null]),
      ("minimumTenureDays", [0, 365, -1, 366, .null]), ("lagDays", [0, 60, -1, 61, .null]),
      ("landmarkEveryDays", [1, 182, 0, 183, .null]),
      (
        "features",
        [
          ["tenureDays"], ["tenureDays", "autoRenew"], [], ["tenureDay"], [1], "tenureDays", .null,
          ["tenureDays", "tenureDays"],
        ]
      ),
      ("capacity", [1, 1_000_000, 0, 1_000_001, .null, "ten"]),
      ("withoutFeatures", [["tenureDays"], [], ["nothing"], "tenureDays", .null]),
      ("learner", ["auto", "logistic", "boosting", "Auto", 1, .null]),
      ("highOddsRatio", [3, 1_000, 2.5, 1_001, 1, "4", .null]),
      ("mediumOddsRatio", [1.5, 1, 0, "2", .null]),
      ("seed", [0, 2_147_483_647, -1, 2_147_483_648, .null]), ("horizon", [28]),
    ] as [(String, [JSONValue])] {
      members += values.map { [(key, $0)] }
    }
    for (key, values) in [
      ("reactivationGraceDays", [0, 30, .null]), ("trialNeverPaidIsChurn", [true, false]),
      ("furtherHorizonsDays", [[28], [], .null]),
    ] as [(String, [JSONValue])] {
      members += values.flatMap { value in
        [["dormant"], ["suspended"]].map { [("events", $0), (key, value)] }
      }
    }
    let recipes = members.map { JSONValue.object(JSONObject($0)) }
    let complaints = try Python.complaints(
      about: recipes.map { $0.serialized() }, schema: FileSchema.recipe.text)
    for (recipe, complaint) in zip(recipes, complaints) {
      let isAccepted = (try? TrainingRecipe(recipe, file: "r")) != nil
      #expect(isAccepted == (complaint == nil), "\(recipe.serialized(pretty: false))")
    }
    #expect(complaints.contains { $0 == nil } && complaints.contains { $0 != nil })
  }

  @Test func `the recipes of the repository, and a recipe with its defaults written out`() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let texts = try ["cancellation-28d", "cancellation-91d", "dormancy-28d"].map {
      String(
        decoding: try contents(ofFile: "/\(root)/Training/recipes/\($0).json"), as: UTF8.self)
    }
    try expectValid(texts + [TrainingRecipe().json.serialized()], .recipe)
  }
}
