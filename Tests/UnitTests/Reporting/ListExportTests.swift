import Files
import Glibc
import TestSupport
import Testing
import Words

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

  @Test func `all rows, a list for each manager, what is nobody's, a summary, and tables`() throws {
    let lists = try ExportedLists(document, formats: ["csv", "json"])
    #expect(
      lists.folder.names == [
        "all.csv", "all.json", "anna-berg-2.csv", "anna-berg-2.json", "anna-berg.csv",
        "anna-berg.json", "lost.csv", "manifest.json", "reasons.csv", "summary.csv",
        "summary.json", "unassigned.csv", "unassigned.json", "without-usage.csv",
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
    #expect(try lists.column("thresholdDays", of: "without-usage.csv") == ["30", "30"])
    #expect(try lists.column("daysWithoutUsage", of: "without-usage.csv") == ["30", ""])
    #expect(try lists.column("lastUsageDate", of: "without-usage.csv") == ["2026-10-13", ""])
  }

  @Test func `a silence is counted to the end of the usage of the row's own source`() throws {
    var document = document
    document.subscriptions[1].identity.usageThrough = "2026-11-11"  // 29 days
    document.subscriptions[3].identity.usageThrough = "2026-11-14"  // 31 days
    // Nobody can tell that it was never used.
    document.subscriptions[2].identity.usageThrough = nil
    let lists = try ExportedLists(document)
    #expect(
      try lists.column("subscriptionId", of: "without-usage.csv") == [SampleScores.id(4)])
    #expect(try lists.column("daysWithoutUsage", of: "without-usage.csv") == ["31"])
    #expect(document.usageEnds.text == "2026-11-11 to 2026-11-14, by source")
    #expect(document.subscriptions[2].identity.lastUsed(in: .en) == "not known")
    document.subscriptions[2].identity.usageThrough = "2026-11-14"
    #expect(document.subscriptions[2].identity.lastUsed(in: .en) == "never")
  }

  @Test func `what began less than 30 days ago is not without usage yet`() throws {
    var document = document
    for (start, isWithout) in [("2026-10-13", true), ("2026-10-14", false), ("2026-11-09", false)] {
      document.subscriptions[2].identity.subscriptionStartDate = start
      let ids = try ExportedLists(document).column("subscriptionId", of: "without-usage.csv")
      #expect(ids.contains(SampleScores.id(3)) == isWithout, "\(start)")
    }
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

  @Test func `the summary as JSON says the same, and what needs attention`() throws {
    var document = document
    document.attention = SampleScores.full.attention
    let lists = try ExportedLists(document, formats: ["json"])
    let summary = try JSONValue(
      parsing: Array(lists.text("summary.json").utf8), path: "summary.json")
    #expect(summary["asOf"]?.string == "2026-11-16" && summary["by"]?.string == "accountManager")
    #expect(
      summary["lists"]?.array?.dropFirst().first == [
        "kind": "list", "key": "Anna Berg", "partnerName": .null, "rows": 1, "listed": 1, "high": 1,
        "medium": 0,
        "expectedChurn": 0.5,
      ])
    #expect(summary["lists"]?.array?.compactMap { $0["rows"]?.int } == [4, 1, 1, 1])
    let remark: JSONValue = [
      ["code": "usageStale", "severity": "warning", "text": "Usage ends early."]
    ]
    #expect(summary["attention"] == remark)
    let manifest = try JSONValue(
      parsing: Array(lists.text("manifest.json").utf8), path: "manifest.json")
    #expect(manifest["attention"] == remark)
    document.model.learner = "rules"
    let rules = try JSONValue(
      parsing: Array(ExportedLists(document, formats: ["json"]).text("summary.json").utf8), path: ""
    )
    #expect(rules["lists"]?.array?.first?["expectedChurn"] == .null)
  }

  @Test func `the summary's page tells the same figures at the top, in its table and below`() throws
  {
    var document = document
    // At risk, and on no list.
    document.subscriptions[2].listing = AtRiskDocument.Listing(isListed: false, reason: .waiting)
    let lists = try ExportedLists(document, formats: ["html", "csv"])
    #expect(try lists.column("medium", of: "summary.csv") == ["1", "0", "0", "0"])
    #expect(try lists.column("expectedChurn", of: "summary.csv")[0] == "1.625")
    let page = try lists.text("summary.html")
    #expect(page.contains("<li><b>1</b> medium risk</li>"))
    #expect(page.contains("<li><b>1.6</b> expected"))
    #expect(page.contains("4: 2 high, 1 medium, 1 low"))
    #expect(
      page.contains("<dt>On the lists of those who work on them</dt><dd>2</dd>")
        && page.contains("<dt>Not on the list for now</dt><dd>at risk for the first week: 1</dd>"))
    // Where every row is listed there is nothing to tell apart.
    #expect(try !lists.text("anna-berg.html").contains("On the lists"))
  }

  @Test func `a new folder lets in whoever may read its files`() throws {
    for (mode, expected) in [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755)] as [(UInt32, UInt32)] {
      let folder = TemporaryFolder()
      _ = try ListExport(
        document: document, formats: [], grouping: .accountManager, capacity: nil, mode: mode
      ).write(to: folder["lists"])
      var status = stat()
      // SAFETY: `status` is ours, and the string lives as a C string for the duration of the call.
      #expect(unsafe stat(folder["lists"], &status) == 0)
      #expect(status.st_mode & 0o777 == expected)
      for name in ["lost.csv", "manifest.json", "reasons.csv", "without-usage.csv"] {
        try removeFile(folder["lists/\(name)"])
      }
      removeEmptyFolder(folder["lists"])
    }
  }

  @Test func `names every file it will touch before it touches one, then counts them`() throws {
    struct Refusal: Error {}
    let lists = try ExportedLists(document)
    let before = try lists.texts
    let other = ListExport(
      document: SampleScores.document([SampleScores.row(1, manager: "Zoe")]),
      formats: [JSONListFormat()], grouping: .accountManager, capacity: nil, mode: 0o600)
    #expect(throws: Refusal.self) {
      _ = try other.write(
        to: lists.folder.path,
        checking: { names in
          // New ones, and those of the earlier export that would be removed.
          #expect(names.isSuperset(of: ["zoe.json", "summary.json", "all.csv", "anna-berg.csv"]))
          throw Refusal()
        })
    }
    #expect(try lists.texts == before)
    var steps: [[Int]] = []
    let entries = try other.write(
      to: lists.folder.path, progress: { steps.append([$0, $1]) })
    #expect(steps == entries.indices.map { [$0 + 1, entries.count] })
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

  @Test func `CSV for spreadsheets has a byte order mark and the line ends of RFC 4180`() throws {
    let lists = try ExportedLists(document, csv: .spreadsheet)
    for name in lists.folder.names where name.hasSuffix(".csv") {
      let bytes = try contents(ofFile: lists.folder[name])
      #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF] && bytes.suffix(2) == [0x0D, 0x0A], "\(name)")
      // The mark stands once, at the start.
      #expect(!bytes.dropFirst(3).contains(0xEF))
    }
    let plain = try ExportedLists(document)
    #expect(try contents(ofFile: plain.folder["all.csv"]).first != 0xEF)
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
        "summary.json", "unassigned.json", "without-usage.csv", "zoe.json",
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
