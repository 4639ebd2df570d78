import Files
import TestSupport
import Testing

@testable import History

struct ImporterTests {
  private func isImported(_ file: FileReport) -> Bool {
    if case .imported = file.outcome { true } else { false }
  }

  private func skipReason(_ file: FileReport) -> String? {
    if case .skipped(let reason) = file.outcome { reason } else { nil }
  }

  @Test func `imports a folder in the order of its days and lists what it skips`() throws {
    let folder = ExportFolder()
    folder.write("all/2025-01-13/subscriptions.json", envelope([subscriptionRow(1)]))
    folder.write("all/2025-01-06/subscriptions.json", envelope([subscriptionRow(1)]))
    folder.write("all/2025-01-06/usage.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    folder.write("all/2025-01-06/truth.csv", "subscriptionId,event,date\n")
    folder.write("all/2025-01-06/empty.json", "")
    folder.write("all/2025-01-06/none.json", "{\"Value\":[]}")
    folder.write("all/2025-01-06/.hidden.json", envelope([subscriptionRow(2)]))
    let report = try folder.import("all")
    #expect(report.failure == nil)
    #expect(
      report.files.map { String($0.path.dropFirst(folder.path.count + 5)) } == [
        "2025-01-06/empty.json", "2025-01-06/none.json", "2025-01-06/subscriptions.json",
        "2025-01-06/truth.csv", "2025-01-06/usage.jsonl", "2025-01-13/subscriptions.json",
      ])
    #expect(report.files.map(isImported) == [false, false, true, false, true, true])
    #expect(skipReason(report.files[0]) == "there is nothing in it")
    #expect(skipReason(report.files[3]) == "this is no export that is known")
    #expect(report.files[2].observation.origin == .folderName)
  }

  @Test func `changes nothing when the same file comes again`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/subscriptions.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-06/usage.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    try folder.import("2025-01-06")
    let before = try folder.logicalDump()
    let report = try folder.import("2025-01-06")
    for (file, id) in zip(report.files, [Int64(1), 2]) {
      guard case .unchanged(let importId) = file.outcome else {
        Issue.record("\(file.path) was imported again")
        continue
      }
      #expect(importId == id)
    }
    #expect(report.failure == nil)
    #expect(try folder.logicalDump() == before)
    #expect(try folder.reading().imports().count == 2)
  }

  @Test func `tells a file by its bytes and day, whatever its name`() throws {
    let folder = ExportFolder()
    let text = envelope([subscriptionRow(1), subscriptionRow(2), "7"])
    folder.write("2025-01-06/a.json", text)
    folder.write("renamed 2025-01-06.json", text)
    try folder.import("2025-01-06/a.json")
    let file = try folder.import("renamed 2025-01-06.json").files[0]
    guard case .unchanged(importId: 1) = file.outcome else {
      Issue.record("the same bytes were imported again")
      return
    }
    // What is known of the earlier import is told again.
    #expect((file.rowsAccepted, file.rowsRejected, file.source) == (2, 1, "default"))
    #expect(file.format == "subscription analytics")
  }

  @Test func `does not take a named source for the one that the rows tell`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json", envelope([subscriptionRow(1, "\"partnerTenantId\":\"\(guid(77))\"")]))
    try folder.import("2025-01-06.json", source: "default")
    #expect(isImported(try folder.import("2025-01-06.json").files[0]))
    #expect(!isImported(try folder.import("2025-01-06.json").files[0]))
    #expect(!isImported(try folder.import("2025-01-06.json", source: "default").files[0]))
    #expect(!isImported(try folder.import("2025-01-06.json", source: "\(guid(77))").files[0]))
    #expect(try folder.reading().sources.map(\.name) == ["\(guid(77))", "default"])
  }

  @Test func `takes the same bytes on another day for a new observation`() throws {
    let folder = ExportFolder()
    folder.write("subscriptions.json", envelope([subscriptionRow(1)]))
    try folder.import("subscriptions.json", on: "2025-01-06")
    try folder.import("subscriptions.json", on: "2025-01-13")
    let subscription = try folder.reading().customers()[0].subscriptions[0]
    #expect(subscription.observations.map(\.day) == [day("2025-01-06"), day("2025-01-13")])
    #expect(subscription.states.count == 1)
  }

  @Test func `keeps the same bytes of two sources apart`() throws {
    let folder = ExportFolder()
    folder.write("subscriptions.json", envelope([subscriptionRow(1)]))
    try folder.import("subscriptions.json", on: "2025-01-06", source: "b")
    try folder.import("subscriptions.json", on: "2025-01-06", source: "a")
    let store = try folder.reading()
    #expect(store.sources.map(\.name) == ["a", "b"])
    #expect(try store.customers()[0].subscriptions[0].observations.map(\.source) == [0, 1])
  }

  @Test func `takes the source from the option, else the rows, else default`() throws {
    let folder = ExportFolder()
    let tenant = guid(77).description
    let row = subscriptionRow(1, "\"partnerTenantId\":\"\(tenant.uppercased())\"")
    folder.write("a.json", envelope([row]))
    folder.write("b.json", envelope([subscriptionRow(1)]))
    #expect(try folder.import("a.json", on: "2025-01-06").files[0].source == tenant)
    #expect(try folder.import("a.json", on: "2025-01-07", source: "x").files[0].source == "x")
    #expect(try folder.import("b.json", on: "2025-01-08").files[0].source == "default")
    #expect(try folder.reading().sources.map(\.name) == [tenant, "default", "x"])
  }

  @Test func `keeps rows of another partner than the first, and warns`() throws {
    let folder = ExportFolder()
    folder.write(
      "a.json",
      envelope((1...3).map { subscriptionRow($0, "\"partnerTenantId\":\"\(guid($0 / 2 + 70))\"") }))
    let file = try folder.import("a.json", on: "2025-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (3, 0))
    #expect(file.source == guid(70).description.lowercased())
    #expect(
      file.warnings.contains {
        $0.hasPrefix("rows that name another partner tenant than the first row: 2")
      })
    let named = try folder.import("a.json", on: "2025-01-07", source: "all").files[0]
    #expect(named.rowsAccepted == 3 && named.warnings.isEmpty)
  }

  @Test func `warns of pages that are missing and of days that cannot be`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope(
        [subscriptionRow(1, "\"creationDate\":\"2025-01-07T00:00:00\"")],
        nextLink: "\"https://example.com/2\""))
    folder.setModificationDay("2025-01-06.json", day("2025-01-01"))
    let warnings = try folder.import("2025-01-06.json").files[0].warnings
    try #require(warnings.count == 3)
    #expect(warnings[0].contains("in the future of the file"))
    #expect(warnings[1].contains("next page"))
    #expect(warnings[2].hasPrefix("rows with dates after the observation day 2025-01-06: 1"))
  }

  @Test func `lets a modification time place a file but never date its usage`() throws {
    let folder = ExportFolder()
    folder.write("usage.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    folder.setModificationDay("usage.jsonl", day("2025-01-09"))
    let file = try folder.import("usage.jsonl").files[0]
    #expect(file.observation.day == day("2025-01-09"))
    #expect(file.warnings.count == 1)
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.firstKnown == [UsageHistory.earliest])
  }

  @Test func `counts new, known and corrected lines against the store`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-01", "1"), usageRow(1, "2025-01-02", "2")]))
    folder.write(
      "2025-01-13.jsonl",
      jsonLines([
        usageRow(1, "2025-01-01", "1"), usageRow(1, "2025-01-02", "3"),
        usageRow(1, "2025-01-08", "4"), usageRow(2, "2025-01-01", "1"),
      ]))
    try folder.import("2025-01-06.jsonl")
    let file = try folder.import("2025-01-13.jsonl").files[0]
    #expect((file.linesNew, file.linesKnown, file.linesCorrected) == (2, 1, 1))
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [1, 2, 3, 4])
    #expect(
      usage.firstKnown
        == [day("2025-01-06"), day("2025-01-06"), day("2025-01-13"), day("2025-01-13")])
  }

  /// Which of two sources has the last word on a day depends on their names, not on who came first.
  @Test func `counts lines against what two sources of one day said, in any order`() throws {
    for sources in [["a", "z"], ["z", "a"]] {
      let folder = ExportFolder()
      for source in sources {
        folder.write(
          "\(source).jsonl", jsonLines([usageRow(1, "2025-01-01", source == "z" ? "2" : "1")]))
        try folder.import("\(source).jsonl", on: "2025-01-06", source: source)
      }
      folder.write("next.jsonl", jsonLines([usageRow(1, "2025-01-01", "2")]))
      let file = try folder.import("next.jsonl", on: "2025-01-13", source: "a").files[0]
      #expect((file.linesKnown, file.linesCorrected) == (1, 0), "\(sources)")
      let usage = try folder.reading().customers()[0].subscriptions[0].usage
      #expect(usage.quantities == [2], "\(sources)")
    }
  }

  @Test func `says when usage and subscriptions carry different ids`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/usage.jsonl", jsonLines((11...19).map { usageRow($0, "2025-01-05", "1") }))
    // Without subscriptions there is nothing to compare with.
    let first = try folder.import("2025-01-06/usage.jsonl")
    #expect(first.idMatch == nil && first.files[0].warnings.isEmpty)
    folder.write(
      "2025-01-06/subscriptions.json", envelope([subscriptionRow(1), subscriptionRow(11)]))
    folder.write("2025-01-06/owners.csv", "customerMarket,accountManager\nUS,Ann\n")
    let report = try folder.import("2025-01-06")
    #expect(report.idMatch == IdMatch(withUsage: 9, known: 1))
    #expect(report.failure == nil)
    let warned = report.files.filter { !$0.warnings.isEmpty }
    #expect(warned.map(\.resource) == [.subscriptions])
    #expect(warned[0].warnings == [try #require(report.idMatch?.warning)])
    #expect(warned[0].warnings[0].hasPrefix("only 1 of the 9 subscriptions with usage (11 %)"))
    // A rehearsal and a run that adds nothing have nothing to say.
    #expect(try folder.import("2025-01-06").idMatch == nil)
  }

  @Test func `keeps its report when the rejects file fails at its end`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-06.json", rejectsFile: "/dev/full")
    #expect(isImported(report.files[0]))
    #expect(report.failure?.kind == .unwritable)
    #expect(report.failure?.path == "/dev/full")
    #expect(try folder.reading().imports().count == 1)
    // One that cannot be made at all stops the import before it begins.
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
    let error = #expect(throws: HistoryError.self) {
      try folder.import("2025-01-13.json", rejectsFile: folder["no/rejects.csv"])
    }
    #expect(error?.kind == .unwritable)
    #expect(try folder.reading().imports().count == 1)
  }

  @Test func `reads everything and writes nothing in a rehearsal`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-06.json", dryRun: true)
    #expect(report.isRehearsal && isImported(report.files[0]))
    #expect(report.files[0].rowsAccepted == 1)
    #expect(!folder.has("store.sqlite"))
    try folder.import("2025-01-06.json")
    let before = try folder.logicalDump()
    #expect(isImported(try folder.import("2025-01-13.json", dryRun: true).files[0]))
    #expect(try folder.logicalDump() == before)
  }

  @Test func `writes every rejected row to the rejects file, safe for spreadsheets`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-01", "1")] + (1...30).map { usageRow($0, "2025-13-01", "1") })
    )
    let report = try folder.import("2025-01-06.jsonl", rejectsFile: folder["rejects.csv"])
    #expect(report.files[0].rejections.count == 20)
    #expect(report.files[0].rejectionCounts == ["the date is impossible or not a date": 30])
    let lines = String(decoding: try #require(folder.bytes("rejects.csv")), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 31)
    #expect(lines[0] == "file,line,column,reason")
    #expect(
      lines[1].hasSuffix("2025-01-06.jsonl,2,usageDate,the date is impossible or not a date"))
    #expect(folder.permissions("rejects.csv") == 0o600)
  }

  @Test func `writes an empty rejects file when nothing was rejected`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json", rejectsFile: folder["rejects.csv"])
    #expect(folder.bytes("rejects.csv") == Array("file,line,column,reason\n".utf8))
  }

  @Test func `reads gzipped files`() throws {
    let folder = ExportFolder()
    try writeFile(folder["2025-01-06.json.gz"], gzip: true) {
      try $0.write(envelope([subscriptionRow(1)]))
    }
    try writeFile(folder["2025-01-06 usage"], gzip: true) {
      try $0.write(jsonLines([usageRow(1, "2025-01-01", "1")]))
    }
    try folder.import("2025-01-06.json.gz", "2025-01-06 usage")
    let subscription = try folder.reading().customers()[0].subscriptions[0]
    #expect(subscription.observations.count == 1 && subscription.usage.count == 1)
  }

  @Test func `tells how far it is`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/a.json", envelope([subscriptionRow(1)]))
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines((0..<70_000).map { usageRow(1, "\(day("2025-01-01") + $0 % 30)", "\($0)") }))
    var steps: [ImportProgress] = []
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    _ = try Importer(store).import(paths: [folder["2025-01-06"]]) { steps.append($0) }
    // The rows of each file, then those of each block of the second.
    #expect(Set(steps.map(\.fileNumber)) == [1, 2])
    #expect(steps.map(\.fileNumber) == steps.map(\.fileNumber).sorted())
    let rows = steps.filter { $0.fileNumber == 2 }.map(\.rows)
    #expect(rows == rows.sorted() && rows.count > 2)
    #expect(steps.last?.rows == 70_000)
    #expect(steps.allSatisfy { $0.fileCount == 2 })
  }

  @Test func `goes on after a file that fails`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/a.json", "{\"Value\":[" + subscriptionRow(1))
    folder.write("2025-01-06/b.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-06")
    #expect(report.failure?.kind == .unusable)
    #expect(isImported(report.files[1]))
  }

  @Test func `gives an import number only once`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    try HistoryStore.open(folder.storePath, for: .importing).remove(importId: 1)
    #expect(try folder.import("2025-01-06.json").files[0].importId == 2)
  }
}
