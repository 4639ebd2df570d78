import Testing

@testable import History

/// Checks that judge files: for each the smallest history that it finds something in, and one where not.
struct QualityFileChecksTests {
  private let folder = ExportFolder()

  private func findings(_ name: String) throws -> [QualityFinding] {
    try folder.reading().status().quality.filter { $0.name == name }
  }

  /// Name, severity and count of each finding.
  private func summary(_ findings: [QualityFinding]) -> [String] {
    findings.map { "\($0.severity) \($0.column ?? "-") \($0.count)" }
  }

  @Test func `rejected rows stand by file, column and reason, and 20 % of a file are an error`()
    throws
  {
    let good = (1...9).map { usageRow($0, "2025-01-02", "1") }
    folder.write("2025-01-06/a.jsonl", jsonLines(good + [usageRow(1, "2025-01-03", "-1")]))
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        usageRow(1, "2025-01-02", "1"), usageRow(1, "soon", "1"), "{\"a\":", "{\"ab\":",
      ]))
    try folder.import("2025-01-06")
    let found = try findings("rejectedRows")
    #expect(summary(found) == ["error - 2", "error usageDate 1", "warning quantity 1"])
    #expect(found.map { $0.file?.hasSuffix("b.jsonl") } == [true, true, false])
    #expect(found[1].details.hasPrefix("1 of 4 rows (25 %): the date is impossible"))
    #expect(found[2].details == "1 of 10 rows (10 %): the quantity is negative")
  }

  @Test func `rejected rows of an import that kept no reasons are told all the same`() throws {
    folder.write("2025-01-06/a.jsonl", jsonLines([usageRow(1, "2025-01-02", "1"), "7"]))
    try folder.import("2025-01-06")
    let connection = try Connection(path: folder.storePath, access: .writing, patience: 0)
    try connection.execute("DELETE FROM import_note")
    let found = try findings("rejectedRows")
    #expect(summary(found) == ["error - 1"])
    #expect(found[0].details.contains("the reasons were not kept"))
  }

  @Test func `files in order have no finding`() throws {
    let row = subscriptionRow(
      1, "\"partnerId\":\"1\"", "\"effectiveStartDate\":\"2024-01-01\"", "\"licenseCount\":0")
    folder.write("2025-01-06/s.json", envelope([row]))
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "1") + "\n")
    #expect(try folder.import("2025-01-06").quality.isEmpty)
    let odd = try folder.reading().status().quality.filter { $0.severity != .info }
    #expect(odd.isEmpty)
  }

  @Test func `unknown columns and values, and a status is worse than another value`() throws {
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1, status: "Odd", "\"novelty\":1"),
        subscriptionRow(2).replacing("\"Azure\"", with: "\"Quantum\""),
      ]))
    let report = try folder.import("2025-01-06.json")
    for found in [report.quality, try folder.reading().status().quality] {
      #expect(
        summary(found.filter { $0.name == "unknownValues" })
          == ["warning status 1", "recommendation subscriptionType 1"])
      #expect(summary(found.filter { $0.name == "unknownColumns" }) == ["info novelty 1"])
    }
  }

  @Test func `dates after the observation day`() throws {
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-07", "1"), usageRow(1, "2025-01-06", "1")]))
    folder.write(
      "2025-01-06.json", envelope([subscriptionRow(1, "\"creationDate\":\"2025-03-01\"")]))
    try folder.import("2025-01-06.jsonl", "2025-01-06.json")
    #expect(summary(try findings("futureDates")) == ["warning - 1", "warning usageDate 1"])
  }

  @Test func `pages that are missing, and pages that are not`() throws {
    folder.write("2025-01-06/1.json", envelope([subscriptionRow(1)], nextLink: "\"https://x/2\""))
    try folder.import("2025-01-06")
    #expect(summary(try findings("missingPages")) == ["warning - 1"])
    folder.write("2025-01-06/2.json", envelope([subscriptionRow(2)]))
    try folder.import("2025-01-06")
    #expect(try findings("missingPages").isEmpty)
    folder.write("2025-01-13/1.json", envelope([subscriptionRow(1)], totalCount: 5))
    try folder.import("2025-01-13")
    let found = try findings("missingPages")
    #expect(summary(found) == ["warning - 4"])
    #expect(found[0].details.hasPrefix("4 of the 5 rows of the answer are missing"))
    folder.write("2025-01-20/1.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    try folder.import("2025-01-20")
    #expect(summary(try findings("missingPages")) == ["recommendation - 4"])
  }

  @Test func `a source that shrank by over 20 %, and one that shrank by 20 %`() throws {
    func export(_ day: String, _ count: Int) throws -> [QualityFinding] {
      folder.write("\(day)/s.json", envelope((1...count).map { subscriptionRow($0) }))
      return try folder.import(day).quality.filter { $0.name == "shrunkSource" }
    }
    #expect(try export("2025-01-06", 10).isEmpty)
    #expect(try export("2025-01-13", 8).isEmpty)
    #expect(summary(try export("2025-01-20", 6)) == ["warning - 2"])
    #expect(summary(try findings("shrunkSource")) == ["warning - 2"])
  }

  @Test func `columns that features use are a warning from 20 % empty rows on`() throws {
    func row(_ id: Int, _ market: String) -> String {
      subscriptionRow(
        id, "\"partnerId\":\"1\"", "\"effectiveStartDate\":\"2024-01-01\"", "\"licenseCount\":0"
      ).replacing("\"US\"", with: market)
    }
    let office = row(6, "null").replacing("\"Azure\"", with: "\"Office\"")
    folder.write(
      "2025-01-06.json",
      envelope((1...5).map { row($0, $0 == 1 ? "null" : "\"US\"") } + [office]))
    let report = try folder.import("2025-01-06.json")
    #expect(summary(report.quality) == ["warning customerMarket 1"])
    #expect(report.quality[0].details.contains("is empty in 1 of 5 Azure rows (20 %)"))
    folder.write(
      "2025-01-13.json", envelope((1...6).map { row($0, $0 == 1 ? "\"\"" : "\"US\"") }))
    #expect(try folder.import("2025-01-13.json").quality.isEmpty)
    let rest = try findings("missingValues")
    #expect(rest.first { $0.column == "customerMarket" }?.severity == .info)
    // Nobody has a trial here, which is no lack.
    #expect(rest.first { $0.column == "trialEndDate" }?.severity == .info)
    #expect(rest.first { $0.column == "lastUsageDate" }?.count == 6)
    #expect(!rest.contains { $0.column == "status" })
  }

  @Test func `of two pages that list a subscription the later one counts, rejected rows do not`()
    throws
  {
    func row(_ market: String, _ more: String...) -> String {
      subscriptionRow(1, more.joined()).replacing("\"US\"", with: market)
    }
    folder.write("2025-01-06/1.json", envelope([row("null", "\"lastUsageDate\":\"2025-01-01\"")]))
    folder.write(
      "2025-01-06/2.json",
      envelope([
        row("\"US\"", "\"x\":1"), subscriptionRow(2, "\"creationDate\":\"soon\""),
        subscriptionRow(3),
      ]))
    try folder.import("2025-01-06")
    let found = try findings("missingValues")
    #expect(!found.contains { $0.column == "customerMarket" })
    #expect(found.first { $0.column == "lastUsageDate" }?.details.contains("2 of 2") == true)
  }

  @Test func `a status that is not there is an empty one`() throws {
    let rows = (1...4).map {
      subscriptionRow($0).replacing("\"ACTIVE\"", with: $0 == 1 ? "null" : "\"ACTIVE\"")
    }
    folder.write("2025-01-06.json", envelope(rows))
    try folder.import("2025-01-06.json")
    let found = try findings("missingValues").first { $0.column == "status" }
    #expect(found?.severity == .warning && found?.count == 1)
  }

  @Test func `a rehearsal tells what an import would`() throws {
    folder.write(
      "2025-01-06.json", envelope([subscriptionRow(1, "\"novelty\":1"), "7"], nextLink: "\"x\""))
    let rehearsed = try folder.import("2025-01-06.json", dryRun: true).quality
    #expect(
      rehearsed.map(\.name) == ["rejectedRows", "missingPages", "unknownColumns"])
    #expect(rehearsed[0].severity == .error)
    let imported = try folder.import("2025-01-06.json").quality
    #expect(imported.filter { $0.name != "missingValues" } == rehearsed)
    #expect(try folder.import("2025-01-06.json").quality.isEmpty)
  }

  @Test func `an import tells of its own files only`() throws {
    folder.write("2025-01-06.json", envelope([subscriptionRow(1, "\"novelty\":1"), "7"]))
    try folder.import("2025-01-06.json")
    folder.write("2025-01-07.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    #expect(try folder.import("2025-01-07.jsonl").quality.isEmpty)
  }
}
