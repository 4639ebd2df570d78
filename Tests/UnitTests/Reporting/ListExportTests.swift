import Files
import Testing

@testable import Reporting

/// The files of an export.
struct ListExportTests {
  private var document: AtRiskDocument {
    var rows = [
      SampleScores.row(1, manager: "Anna Berg", email: "anna@example.com"),
      SampleScores.row(2, manager: "anna berg"), SampleScores.row(3, band: "medium"),
      SampleScores.row(4, band: "low", probability: 0.125, manager: "Anna Berg"),
    ]
    rows[1].identity.lastUsageDate = "2026-10-13"  // 30 days before dataThrough
    rows[2].identity.lastUsageDate = nil
    rows[3].identity.lastUsageDate = "2026-10-14"
    rows[0].reasons = SampleScores.full.subscriptions[0].reasons
    rows[0].mitigating = SampleScores.full.subscriptions[0].mitigating
    var document = SampleScores.document(rows)
    for (index, (reason, since)) in [
      ("alreadyChurned", "2026-10-17"), ("alreadyChurned", "2026-10-16"),
      ("transferred", "2026-11-10"), ("alreadyChurned", nil),
    ].enumerated() {
      var row = AtRiskDocument.ExcludedRow()
      row.identity.subscriptionId = SampleScores.id(500 + index)
      row.identity.status = "DEPROVISIONED"
      row.reason = reason
      row.since = since
      document.excluded.append(row)
    }
    return document
  }

  @Test func `the files of the contract`() throws {
    let lists = try ExportedLists(document, formats: ["csv", "json"])
    #expect(
      lists.folder.names == [
        "all.csv", "all.json", "anna-berg-2.csv", "anna-berg-2.json", "anna-berg.csv",
        "anna-berg.json", "lost.csv", "manifest.json", "reasons.csv", "summary.csv",
        "unassigned.csv", "unassigned.json", "without-usage.csv",
      ])
    #expect(try lists.column("rank", of: "all.csv") == ["1", "2", "3", "4"])
    #expect(try lists.column("rank", of: "anna-berg.csv") == ["1"])
    #expect(try lists.column("rank", of: "anna-berg-2.csv") == ["2"])
    #expect(try lists.column("rank", of: "unassigned.csv") == ["3"])
  }

  @Test func `the manifest tells who gets which file, with its digest`() throws {
    let lists = try ExportedLists(document, formats: ["csv", "json"])
    let manifest = try JSONValue(
      parsing: contents(ofFile: lists.folder["manifest.json"]), path: "manifest.json")
    let files = try #require(manifest["files"]?.array)
    #expect(
      files.compactMap { $0["file"]?.string }.sorted()
        == lists.folder.names.filter { $0 != "manifest.json" })
    for file in files {
      let name = try #require(file["file"]?.string)
      #expect(
        file["sha256"]?.string == sha256(try contents(ofFile: lists.folder[name])), "\(name)")
      if name.hasSuffix(".csv") {
        #expect(try lists.rows(name).count - 1 == file["rows"]?.int, "\(name)")
      }
    }
    let anna = try #require(files.first { $0["file"]?.string == "anna-berg.csv" })
    #expect(anna["accountManager"]?.string == "Anna Berg")
    #expect(anna["email"]?.string == "anna@example.com" && anna["kind"]?.string == "list")
    let all = try #require(files.first { $0["file"]?.string == "all.csv" })
    #expect(all["accountManager"] == .null && all["email"] == .null)
    #expect(manifest["asOf"]?.string == "2026-11-16" && manifest["by"]?.string == "accountManager")
  }

  @Test func `without usage for 30 days, counted to the last day known`() throws {
    let lists = try ExportedLists(document)
    #expect(
      try lists.column("subscriptionId", of: "without-usage.csv")
        == [SampleScores.id(2), SampleScores.id(3)])
    #expect(try lists.column("daysWithoutUsage", of: "without-usage.csv") == ["30", ""])
    #expect(try lists.column("lastUsageDate", of: "without-usage.csv") == ["2026-10-13", ""])
  }

  @Test func `where no usage is known at all nobody is without`() throws {
    var document = document
    for index in document.subscriptions.indices {
      document.subscriptions[index].identity.lastUsageDate = nil
    }
    #expect(try ExportedLists(document).rows("without-usage.csv").count == 1)
  }

  @Test func `lost in the last 30 days`() throws {
    // asOf is 2026-11-16, so the first day is 2026-10-17.
    let lists = try ExportedLists(document)
    #expect(try lists.column("subscriptionId", of: "lost.csv") == [SampleScores.id(500)])
    #expect(try lists.column("since", of: "lost.csv") == ["2026-10-17"])
  }

  @Test func `reasons in long form`() throws {
    let lists = try ExportedLists(document)
    #expect(
      try lists.rows("reasons.csv") == [
        [
          "rank", "subscriptionId", "direction", "feature", "family", "value", "contribution",
          "text",
        ],
        [
          "1", SampleScores.id(1), "raises", "daysSinceLastUsage", "usageRecency", "42", "1.31",
          "No usage for 42 days; its usual gap is 2 days",
        ],
        [
          "1", SampleScores.id(1), "raises", "productName", "partnerMarket", "", "0.25",
          "Product: Azure plan",
        ],
        [
          "1", SampleScores.id(1), "lowers", "autoRenew", "renewal", "1", "-0.4",
          "Renews automatically",
        ],
      ])
  }

  @Test func `the summary has a row for each list`() throws {
    let lists = try ExportedLists(document)
    #expect(
      try lists.rows("summary.csv") == [
        ["list", "accountManager", "rows", "high", "medium", "expectedChurn"],
        ["all", "", "4", "2", "1", "1.625"], ["list", "Anna Berg", "1", "1", "0", "0.5"],
        ["list", "anna berg", "1", "1", "0", "0.5"], ["unassigned", "", "1", "0", "1", "0.5"],
      ])
    var rules = document
    rules.model.learner = "rules"
    #expect(
      try ExportedLists(rules).column("expectedChurn", of: "summary.csv") == ["", "", "", ""])
  }

  @Test func `a manager's JSON holds their rows and nobody else's`() throws {
    let lists = try ExportedLists(document, formats: ["json"])
    let text = try lists.text("anna-berg.json")
    #expect(text.contains(SampleScores.id(1)))
    for other in [2, 3, 4, 500, 501, 502, 503] { #expect(!text.contains(SampleScores.id(other))) }
    let part = try AtRiskDocument(contentsOf: lists.folder["anna-berg.json"])
    #expect(part.subscriptions.map(\.rank) == [1] && part.excluded.isEmpty)
    let all = try AtRiskDocument(contentsOf: lists.folder["all.json"])
    #expect(all == document)
  }

  @Test func `names that are file names of ours or of Windows get a number`() throws {
    let rows = ["All", "MANIFEST", "lost", "con", "COM1"].enumerated().map {
      SampleScores.row($0.offset + 1, manager: $0.element)
    }
    let lists = try ExportedLists(SampleScores.document(rows))
    for name in ["all-2", "manifest-2", "lost-2", "con-2", "com1-2"] {
      #expect(lists.folder.names.contains("\(name).csv"))
    }
    #expect(try lists.column("rank", of: "all.csv").count == 5)
  }

  @Test func `capacity limits each list`() throws {
    let rows = (1...5).map { SampleScores.row($0, manager: "A") }
    let lists = try ExportedLists(SampleScores.document(rows), capacity: 2)
    #expect(try lists.column("rank", of: "a.csv") == ["1", "2"])
    #expect(try lists.column("rank", of: "all.csv").count == 5)
  }

  @Test func `the same scores give the same bytes`() throws {
    let first = try ExportedLists(document, formats: ["csv", "json"]).texts
    let again = try ExportedLists(document, formats: ["csv", "json"]).texts
    #expect(first == again)
  }

  @Test func `lists of an earlier export go, files of others stay`() throws {
    let lists = try ExportedLists(document)
    try writeFile(lists.folder["notes.csv"]) { try $0.write("mine") }
    // Somebody worked in a list: it is no longer what was written.
    try writeFile(lists.folder["anna-berg-2.csv"]) { try $0.write("called, will stay") }
    let other = SampleScores.document([SampleScores.row(1, manager: "Zoe")])
    _ = try ListExport(
      document: other, formats: [JSONListFormat()], grouping: .accountManager, capacity: nil,
      mode: 0o600
    ).write(to: lists.folder.path)
    #expect(
      lists.folder.names == [
        "all.json", "anna-berg-2.csv", "lost.csv", "manifest.json", "notes.csv", "reasons.csv",
        "summary.csv", "unassigned.json", "without-usage.csv", "zoe.json",
      ])
  }

  @Test func `a manifest that names other files removes none of them`() throws {
    let folder = TemporaryFolder()
    try writeFile(folder["diary.json"]) { try $0.write("{}") }
    try writeFile(folder["manifest.json"]) {
      try $0.write(
        #"{"files": [{"file": "diary.json"}, {"file": "manifest.json", "sha256": "0"}, 5]}"#)
    }
    _ = try ListExport(
      document: document, formats: [], grouping: .accountManager, capacity: nil, mode: 0o600
    ).write(to: folder.path)
    #expect(folder.names.contains("diary.json") && folder.names.contains("manifest.json"))
  }

  @Test func `a folder that cannot be made is an error of its own`() throws {
    let folder = TemporaryFolder()
    try writeFile(folder["file"]) { try $0.write("x") }
    let error = try #require(throws: FileError.self) {
      try ListExport(
        document: document, formats: [], grouping: .accountManager, capacity: nil, mode: 0o600
      ).write(to: folder["file"])
    }
    #expect(error.kind == .unwritable)
  }
}
