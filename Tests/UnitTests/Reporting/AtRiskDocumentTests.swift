import Files
import TestSupport
import Testing

@testable import Reporting

/// at-risk.json: what is written is read, and what is no such file is refused.
struct AtRiskDocumentTests {
  private func refusal(_ text: String) throws -> String {
    let folder = TemporaryFolder()
    try writeFile(folder["at-risk.json"]) { try $0.write(text) }
    let error = try #require(throws: FileError.self) {
      try AtRiskDocument(contentsOf: folder["at-risk.json"])
    }
    #expect(error.kind == .unusable)
    return error.description
  }

  /// The full document's JSON after a change.
  private func changed(_ change: (inout JSONObject) -> Void) throws -> String {
    var object = try #require(
      try JSONValue(parsing: Array(SampleScores.text(SampleScores.full).utf8), path: "").object)
    change(&object)
    return JSONValue.object(object).serialized()
  }

  /// The full document's JSON with another value in its first row.
  private func changed(row key: String, to value: JSONValue?) throws -> String {
    try changed { object in
      var rows = object["subscriptions"]?.array ?? []
      var row = rows[0].object ?? [:]
      row[key] = value
      rows[0] = .object(row)
      object["subscriptions"] = .array(rows)
    }
  }

  @Test func `a document is read as it was written`() throws {
    let folder = TemporaryFolder()
    for document in [SampleScores.full, SampleScores.document()] {
      try document.write(to: folder["a.json"])
      #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == document)
    }
  }

  @Test func `several horizons are read as they were written, by days`() throws {
    let folder = TemporaryFolder()
    var document = SampleScores.document([SampleScores.row(1, probability: 0.5)])
    document.subscriptions[0].probabilityByHorizon = [(28, 0.25), (91, 0.5), (182, 0.625)].map {
      AtRiskDocument.HorizonProbability(days: $0.0, probability: $0.1)
    }
    let json = try JSONValue(parsing: Array(SampleScores.text(document).utf8), path: "")
    let written = try #require(json["subscriptions"]?[0]?["probabilityByHorizon"])
    #expect(written == ["28": 0.25, "91": 0.5, "182": 0.625])
    #expect(written.object?.members.map(\.key) == ["28", "91", "182"])
    try document.write(to: folder["a.json"])
    #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == document)
    document.subscriptions[0].vennAbers = 0.375...0.625
    try document.write(to: folder["a.json"])
    #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == document)
    document.subscriptions[0].vennAbers = nil
    #expect(try AtRiskDocument(json, path: "") == document)
  }

  @Test func `rows of several lines, of one, and without any line are read alike`() throws {
    let folder = TemporaryFolder()
    let text = try SampleScores.text(SampleScores.full)
    let json = try JSONValue(parsing: Array(text.utf8), path: "")
    for (name, spelling) in [
      ("pretty.json", json.serialized()), ("dense.json", json.serialized(pretty: false)),
      ("crlf.json", text.replacing("\n", with: "\r\n")),
      ("odd.json", text.replacing(", \"vennAbers\"", with: "\n, \"vennAbers\"")),
    ] {
      try writeFile(folder[name]) { try $0.write(spelling) }
      #expect(try AtRiskDocument(contentsOf: folder[name]) == SampleScores.full, "\(name)")
    }
  }

  @Test func `rows that are made when they are written give the same file`() throws {
    let folder = TemporaryFolder()
    for count in [0, 1, 255, 256, 700] {
      var document = SampleScores.document(
        (0..<count).map { SampleScores.row($0 + 1, band: ["high", "medium", "low"][$0 % 3]) })
      try document.write(to: folder["held.json"])
      let rows = document.subscriptions
      document.subscriptions = []
      try document.write(to: folder["made.json"], count: count) { rows[$0] }
      #expect(try contents(ofFile: folder["made.json"]) == contents(ofFile: folder["held.json"]))
    }
  }

  @Test func `the members stand in the order of the schema`() throws {
    let text = Array(try SampleScores.text(SampleScores.full).utf8)
    let json = try JSONValue(parsing: text, path: "")
    #expect(
      json.object?.members.map(\.key) == [
        "schemaVersion", "asOf", "dataThrough", "lagDays", "horizonDays", "churnDefinition",
        "model", "bands", "attention", "summary", "monitoring", "subscriptions", "excluded",
      ])
    #expect(
      json["subscriptions"]?[0]?.object?.members.map(\.key) == [
        "rank", "subscriptionId", "subscriptionName", "customerTenantId", "customerName",
        "customerMarket", "partnerId", "partnerName", "providerName", "productName", "status",
        "subscriptionStartDate", "lastUsageDate", "usageThrough", "autoRenewEnabled",
        "commitmentEndDate", "trialStatus", "trialEndDate", "trialToPaidConversionDate",
        "licenseCount", "owner",
        "value", "valueBasis", "currency", "valuePeriodDays", "expectedLoss", "churnProbability",
        "probabilityByHorizon", "vennAbers", "riskBand", "atRisk", "ruleScore", "logOdds",
        "reasons", "mitigating", "otherContributions", "families", "deadlines", "previous",
        "change", "firstFlagged", "weeksFlagged", "microsoftChurnRisk", "listing", "contact",
      ])
    #expect(json["subscriptions"]?[0]?["probabilityByHorizon"] == ["91": 0.5])
    #expect(json["subscriptions"]?[0]?["valuePeriodDays"] == 365)
  }

  @Test func `unknown values are null, and the keys are there`() throws {
    let text = Array(try SampleScores.text(SampleScores.full).utf8)
    let rows = try JSONValue(parsing: text, path: "")["subscriptions"]?.array ?? []
    #expect(rows[0].object?.members.map(\.key) == rows[1].object?.members.map(\.key))
    for key in [
      "subscriptionName", "customerTenantId", "lastUsageDate", "autoRenewEnabled", "owner", "value",
      "valueBasis", "currency", "valuePeriodDays", "expectedLoss", "churnProbability",
      "probabilityByHorizon", "logOdds", "previous", "change", "firstFlagged",
    ] {
      #expect(rows[1][key] == .null, "\(key)")
    }
  }

  @Test func `the summary counts the rows`() throws {
    let rows = [
      SampleScores.row(1, probability: 0.5), SampleScores.row(2, band: "medium", probability: 0.25),
      SampleScores.row(3, band: "low", probability: 0.125),
    ]
    var document = SampleScores.document(rows)
    document.excluded = ["missing", "tooNew", "missing", "alreadyChurned"].map { reason in
      var row = AtRiskDocument.ExcludedRow()
      row.reason = reason
      return row
    }
    let text = Array(try SampleScores.text(document).utf8)
    #expect(
      try JSONValue(parsing: text, path: "")["summary"]
        == [
          "scored": 3, "high": 1, "medium": 1, "low": 1, "excluded": 4, "expectedChurn": 0.875,
          "excludedByReason": ["missing": 2, "alreadyChurned": 1, "tooNew": 1], "changes": nil,
        ])
  }

  @Test func `under rules nothing is expected`() throws {
    var document = SampleScores.document([SampleScores.row(1, probability: nil)])
    document.model.learner = "rules"
    let text = Array(try SampleScores.text(document).utf8)
    #expect(try JSONValue(parsing: text, path: "")["summary"]?["expectedChurn"] == .null)
  }

  @Test func `text from outside comes back as it was`() throws {
    let folder = TemporaryFolder()
    let rows = SampleScores.hostileNames.enumerated().map { index, name in
      var row = SampleScores.row(index + 1, manager: name, email: name)
      row.identity.customerName = name
      row.identity.productName = name
      return row
    }
    let document = SampleScores.document(rows)
    try document.write(to: folder["a.json"])
    #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == document)
  }

  @Test func `readers ignore unknown fields`() throws {
    let folder = TemporaryFolder()
    let text = try changed { $0["laterField"] = ["a": 1] }
    try writeFile(folder["a.json"]) { try $0.write(text) }
    #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == SampleScores.full)
  }

  @Test func `what is no at-risk file is refused`() throws {
    #expect(try refusal("{}").contains("schemaVersion"))
    #expect(try refusal(changed { $0["schemaVersion"] = 2 }).contains("schema version is 2"))
    for key in ["asOf", "horizonDays", "model", "subscriptions"] {
      #expect(try refusal(changed { $0[key] = nil }).contains("missing"))
    }
    #expect(try refusal("{\"schemaVersion\": 1,").contains("at-risk.json"))
    #expect(try refusal(changed { $0["asOf"] = "yesterday" }).contains("missing"))
  }

  @Test(
    arguments: [
      ("rank", nil), ("rank", "1"), ("subscriptionId", nil), ("subscriptionId", "=cmd()"),
      ("riskBand", nil), ("riskBand", "enormous"),
    ] as [(String, JSONValue?)])
  func `a row without what every reader needs is refused`(key: String, value: JSONValue?) throws {
    let refusal = try refusal(changed(row: key, to: value))
    #expect(refusal.contains("subscriptions[0]"))
    // A value of the file never stands in an error.
    #expect(!refusal.contains("cmd") && !refusal.contains("enormous"))
  }

  @Test func `a missing file is missing`() throws {
    let folder = TemporaryFolder()
    let error = try #require(throws: FileError.self) {
      try AtRiskDocument(contentsOf: folder["none.json"])
    }
    #expect(error.kind == .missing)
  }
}
