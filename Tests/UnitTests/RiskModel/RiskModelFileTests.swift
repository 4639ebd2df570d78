import Files
import History
import Learning
import TestSupport
import Testing
import Words

@testable import RiskModel

/// model.json: what is written is read, and what was changed is refused.
struct RiskModelFileTests {
  private func write(_ text: String, to folder: TemporaryFolder) throws -> String {
    let path = folder["model.json"]
    try writeFile(path) { try $0.write(text) }
    return path
  }

  private func trained() throws -> (model: RiskModelFile, text: String) {
    try TrainablePast.trained.get().model.sealed()
  }

  /// The text of a model whose content was changed and sealed again.
  private func resealed(_ change: (inout JSONObject) -> Void) throws -> String {
    let text = Array(try trained().text.utf8)
    var object = try #require(try JSONValue(parsing: text, path: "m").object)
    object["sha256"] = nil
    change(&object)
    object["sha256"] = .string(
      Files.sha256(Array(JSONValue.object(object).serialized().utf8)))
    return JSONValue.object(object).serialized()
  }

  /// Why a text is refused as a model.
  private func refusal(_ text: String) throws -> String {
    let folder = TemporaryFolder()
    let path = try write(text, to: folder)
    let error = try #require(throws: (any Error).self) { try RiskModelFile(contentsOf: path) }
    #expect("\(error)".hasPrefix(path))
    return "\(error)"
  }

  @Test func `a fitted model is read as it was written`() throws {
    let folder = TemporaryFolder()
    let (model, text) = try trained()
    let read = try RiskModelFile(contentsOf: write(text, to: folder))
    #expect(read == model)
    #expect(read.sealed().text == text)
  }

  @Test(arguments: RiskFixtures.calibrations)
  func `with every calibration`(calibration: CalibrationMap) throws {
    let folder = TemporaryFolder()
    var model = try trained().model
    model.calibration = calibration
    model.attention = [
      Attention("code", "text", severity: .information),
      Attention("noUsage", "in detail", Message(.remarkBaseRateOfAllRows, [.share: 0.25])),
    ]
    let (sealed, text) = model.sealed()
    #expect(try RiskModelFile(contentsOf: write(text, to: folder)) == sealed)
  }

  @Test func `rules are a model, too`() throws {
    let folder = TemporaryFolder()
    let (model, text) = RiskFixtures.rules(lagDays: 3).sealed()
    #expect(try RiskModelFile(contentsOf: write(text, to: folder)) == model)
  }

  @Test func `the digest is that of the content without it`() throws {
    let (model, text) = try trained()
    var object = try #require(try JSONValue(parsing: Array(text.utf8), path: "m").object)
    object["sha256"] = nil
    #expect(Files.sha256(Array(JSONValue.object(object).serialized().utf8)) == model.sha256)
    #expect(model.sha256.count == 64)
  }

  @Test func `a change of any value is found out`() throws {
    let text = try trained().text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let folder = TemporaryFolder()
    var changed = 0
    // Every 11th line: enough of them, of every part of the file.
    for index in stride(from: 1, to: lines.count, by: 11) {
      guard let digit = lines[index].firstIndex(where: \.isNumber) else { continue }
      var other = lines
      let replacement = lines[index][digit] == "7" ? "8" : "7"
      other[index].replaceSubrange(digit...digit, with: replacement)
      let path = try write(other.joined(separator: "\n"), to: folder)
      #expect(throws: (any Error).self, "line \(index)") { try RiskModelFile(contentsOf: path) }
      changed += 1
    }
    #expect(changed > 30)
    #expect(
      try refusal(text.replacing("\"lagDays\": 1", with: "\"lagDays\": 2"))
        .contains("does not match its sha256"))
  }

  @Test func `a model of an earlier version tells of its own horizon alone`() throws {
    let folder = TemporaryFolder()
    #expect(try trained().model.horizons?.days == [28, 56, 91])
    let read = try RiskModelFile(contentsOf: write(resealed { $0["hazard"] = nil }, to: folder))
    #expect(read.horizons == nil && read.fitted != nil)
  }

  @Test(arguments: ["horizons", "periodEnds", "intercepts", "effects"])
  func `a hazard that lacks a part is refused`(part: String) throws {
    let text = try resealed { object in
      var hazard: JSONObject = object["hazard"]?.object ?? JSONObject()
      hazard[part] = nil
      object["hazard"] = .object(hazard)
    }
    #expect(try refusal(text).contains("hazard part"))
  }

  @Test(
    arguments: [
      ("horizons", [56, 91]), ("horizons", [28, 91, 56]), ("horizons", [28, 57]),
      ("horizons", [28]), ("periodEnds", [0, 28, 56, 91]), ("intercepts", [1, 2, 3]),
    ] as [(String, JSONValue)]) func `a hazard that does not fit is refused`(
      part: String, value: JSONValue
    ) throws
  {
    let text = try resealed { object in
      var hazard = object["hazard"]?.object ?? [:]
      hazard[part] = value
      object["hazard"] = .object(hazard)
    }
    #expect(try refusal(text).contains("hazard part"))
  }

  @Test func `another schema version is refused by its number`() throws {
    let text = try resealed { $0["schemaVersion"] = 2 }
    #expect(try refusal(text).contains("schema version is 2, this program reads 1"))
  }

  @Test func `features that this program lacks are named`() throws {
    let text = try resealed { object in
      var names = object["featureNames"]?.array ?? []
      names[0] = "phaseOfTheMoon"
      object["featureNames"] = .array(names)
    }
    let refusal = try refusal(text)
    #expect(refusal.contains("phaseOfTheMoon") && refusal.contains("Train again"))
  }

  @Test func `names in another order than the parameters are refused`() throws {
    let text = try resealed { object in
      object["featureNames"] = .array((object["featureNames"]?.array ?? []).reversed())
    }
    #expect(try refusal(text).contains("logistic part"))
  }

  @Test(arguments: [
    "learner", "asOf", "lagDays", "training", "bands", "calibration", "logistic", "recipe",
  ])
  func `a part that is missing is refused`(part: String) throws {
    #expect(try refusal(resealed { $0[part] = nil }).contains("expected a model.json"))
  }

  @Test func `a number that is fitted as a level is refused, not run`() throws {
    let text = try resealed { object in
      var logistic = object["logistic"]?.object ?? [:]
      logistic["transforms"] = .array(
        Array((logistic["transforms"]?.array ?? []).dropFirst()))
      object["logistic"] = .object(logistic)
    }
    #expect(try refusal(text).contains("logistic part"))
  }

  @Test func `what is no model says so`() throws {
    #expect(try refusal("{}").contains("this is no model file"))
    #expect(try refusal("[]").contains("this is no model file"))
    #expect(try refusal("{\"schemaVersion\": 1, \"asOf\": \"2026-01-01\"}").contains("no model"))
    _ = try refusal("{\"schemaVersion\": ")
    _ = try refusal("")
  }

  @Test func `a missing file is missing`() throws {
    let folder = TemporaryFolder()
    let error = try #require(throws: FileError.self) {
      try RiskModelFile(contentsOf: folder["none.json"])
    }
    #expect(error.kind == .missing)
  }

  @Test(arguments: ["blend", "boosting"])
  func `a learner whose part is not there is refused by its name`(learner: String) throws {
    let text = try resealed { $0["learner"] = .string(learner) }
    #expect(try refusal(text).contains("its \(learner) part is missing"))
  }

  @Test(arguments: ["lagDays", "rows", "churnedRows", "churnedCustomers", "unobservedRows"])
  func `a count below zero is refused`(name: String) throws {
    let text = try resealed { object in
      guard name != "lagDays" else {
        object[name] = -1
        return
      }
      var training = object["training"]?.object ?? [:]
      training[name] = -1
      object["training"] = .object(training)
    }
    #expect(try refusal(text).contains("a number is outside of its range"))
  }

  @Test(arguments: [(0.1, 0.2), (1.5, 0.2), (0.2, -0.1)])
  func `bands that contradict each other or are no probabilities are refused`(
    high: Double, medium: Double
  ) throws {
    let text = try resealed {
      $0["bands"] = ["high": .number(high), "medium": .number(medium)]
    }
    #expect(try refusal(text).contains("a number is outside of its range"))
  }

  @Test func `a base rate that is no share is refused`() throws {
    #expect(
      try refusal(resealed { $0["baseRate"] = 1.5 }).contains("a number is outside of its range"))
  }

  @Test func `clips in the wrong order are refused`() throws {
    let text = try resealed { object in
      var logistic = object["logistic"]?.object ?? [:]
      var transforms = logistic["transforms"]?.array ?? []
      guard var first = transforms.first?.object else { return }
      (first["lowerClip"], first["upperClip"]) = (.number(2), .number(1))
      transforms[0] = .object(first)
      logistic["transforms"] = .array(transforms)
      object["logistic"] = .object(logistic)
    }
    #expect(try refusal(text).contains("logistic part"))
  }
}
