import TestSupport
import Testing

@testable import History

struct ForgetByAgeTests {
  private let folder = ExportFolder()

  /// Three exports; usage of subscription 1 ends before the second one, subscription 4 is gone by then.
  private func write() {
    func row(_ id: Int, _ more: String...) -> String {
      subscriptionRow(id, tenant: id, "\"friendlyName\":\"Name \(id)\"")
    }
    folder.write("2025-01-06/s.json", envelope((1...4).map { row($0) }))
    folder.write(
      "2025-01-06/u.jsonl",
      jsonLines([
        usageRow(1, "2024-12-30", "1"), usageRow(1, "2025-01-04", "0"),
        usageRow(2, "2025-01-05", "1"), usageRow(4, "2025-01-05", "1", meter: "Old"),
      ]))
    folder.write("2025-01-20/s.json", envelope((1...3).map { row($0) }))
    folder.write(
      "2025-01-20/u.jsonl",
      jsonLines([
        usageRow(2, "2025-01-14", "1"), usageRow(2, "2025-01-15", "1"),
        usageRow(2, "2025-01-16", "1"),
      ]))
    folder.write("2025-02-03/s.json", envelope((1...3).map { row($0) }))
    folder.write("owners.csv", "customerTenantId,accountManager\n\(guid(901)),Kim\n")
    folder.setModificationDay("owners.csv", day("2025-01-01"))
  }

  private func importAll() throws -> ImportReport {
    try folder.import("2025-01-06", "2025-01-20", "2025-02-03", "owners.csv")
  }

  @discardableResult
  private func forget(_ text: String, dryRun: Bool = false) throws -> ForgetReport {
    try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
      .forget(before: day(text), dryRun: dryRun)
  }

  @Test func `erases what is older, and keeps the day of the last usage`() throws {
    write()
    _ = try importAll()
    let report = try forget("2025-01-15")
    #expect(
      report
        == ForgetReport(
          isRehearsal: false, subscriptions: 1, observations: 4, usageLines: 5, imports: 2))
    let store = try folder.reading()
    #expect(store.sources[0].days.map(\.day) == [day("2025-01-20"), day("2025-02-03")])
    #expect(store.meters.map(\.meterCategory) == ["Compute"])
    let subscriptions = try store.customers().flatMap(\.subscriptions)
    #expect(subscriptions.map(\.id) == [guid(1), guid(2), guid(3)])
    // Usage of nothing on a day is none.
    #expect(subscriptions[0].observations.map(\.lastUsageDate) == [day("2024-12-30"), nil])
    #expect(subscriptions[1].observations.map(\.lastUsageDate) == [day("2025-01-14"), nil])
    #expect(subscriptions[2].observations.map(\.lastUsageDate) == [nil, nil])
    #expect(subscriptions[0].usage.count == 0)
    #expect(subscriptions[1].usage.days == [day("2025-01-15"), day("2025-01-16")])
    let status = try store.status()
    #expect(status.firstUsageDay == day("2025-01-15") && status.usageLines == 2)
    #expect(store.owners.rules.count == 1)
    for needle in [Array("Name 4".utf8), guid(4).bytes, Array("Old".utf8)] {
      #expect(folder.bytes("store.sqlite")?.firstRange(of: needle) == nil)
    }
  }

  @Test func `the next import brings nothing of it back`() throws {
    write()
    _ = try importAll()
    try forget("2025-01-15")
    let dump = try folder.reading().customers()
    let again = try importAll()
    #expect(again.failure == nil)
    #expect(
      again.files.map { file in
        if case .skipped(let reason) = file.outcome { reason } else { "" }
      } == [
        "what is older than 2025-01-15 was erased, and this is of 2025-01-06",
        "what is older than 2025-01-15 was erased, and this is of 2025-01-06", "", "", "", "",
      ])
    #expect(try folder.reading().customers() == dump)
    folder.write(
      "2025-02-10.jsonl",
      jsonLines([
        usageRow(1, "2025-01-14", "1"), usageRow(1, "2025-01-15", "1"),
      ]))
    let late = try folder.import("2025-02-10.jsonl").files[0]
    #expect((late.rowsAccepted, late.rowsForgotten) == (1, 1))
  }

  @Test func `a later day erases more, an earlier one nothing`() throws {
    write()
    _ = try importAll()
    try forget("2025-01-15")
    #expect(try forget("2025-01-10") == ForgetReport(isRehearsal: false))
    #expect(try forget("2025-01-16").usageLines == 1)
    #expect(try Tombstones(folder.reading()).before == day("2025-01-16"))
  }

  @Test func `a rehearsal counts and changes nothing`() throws {
    write()
    _ = try importAll()
    let dump = try folder.logicalDump()
    #expect(try forget("2025-01-15", dryRun: true).usageLines == 5)
    #expect(try folder.logicalDump() == dump)
  }

  @Test func `a day behind everything is wrong usage`() throws {
    write()
    _ = try importAll()
    let dump = try folder.logicalDump()
    let error = #expect(throws: HistoryError.self) { try forget("2025-02-04") }
    #expect(error?.kind == .usage)
    #expect(try folder.logicalDump() == dump)
    #expect(try forget("2025-02-03").observations == 7)
  }
}
