import TestSupport
import Testing

@testable import History

/// The log of contacts that account managers keep.
struct ContactImportTests {
  private let header = "subscriptionId,date,accountManager,outcome,until\n"

  @Test(arguments: ["falseAlarm", "False Alarm", "false-alarm", " FALSE_ALARM "])
  func `an outcome may be written with spaces and hyphens`(outcome: String) throws {
    let folder = ExportFolder()
    folder.write(
      "contacts.csv", "subscriptionId,date,outcome\n\(guid(1)),2025-03-03,\(outcome)\n")
    #expect(try folder.import("contacts.csv").files[0].rowsAccepted == 1)
  }

  @Test func `reads contacts of every outcome`() throws {
    let folder = ExportFolder()
    folder.write(
      "log.csv",
      header + """
        \(guid(1).description.uppercased()),2025-03-03,Kim,called,
        \(guid(1)),2025-03-10,Kim,SNOOZED,2025-04-30
        \(guid(2)),2025-03-03,,falseAlarm,
        \(guid(2)),2025-03-04,Bo,saved,
        \(guid(2)),2025-03-05,Bo,leaving,

        """)
    let file = try folder.import("log.csv").files[0]
    #expect((file.rowsAccepted, file.format) == (5, "contacts"))
    let log = try folder.reading().contacts
    #expect(
      log.contacts(about: guid(1), through: day("2025-12-31")) == [
        Contact(
          subscriptionId: guid(1), day: day("2025-03-03"), accountManager: "Kim", outcome: .called),
        Contact(
          subscriptionId: guid(1), day: day("2025-03-10"), accountManager: "Kim", outcome: .snoozed,
          until: day("2025-04-30")),
      ])
    #expect(
      log.contacts(about: guid(2), through: day("2025-03-04")).map(\.outcome)
        == [.falseAlarm, .saved])
    #expect(log.contacts(about: guid(3), through: day("2025-12-31")).isEmpty)
  }

  @Test func `files add up whatever their names, and a later one puts a line right`() throws {
    let folder = ExportFolder()
    folder.write("2025-03-03/contacts.csv", header + "\(guid(1)),2025-03-03,Kim,called,\n")
    folder.write(
      "2025-03-10/contacts.csv",
      header + "\(guid(1)),2025-03-10,Kim,saved,\n\(guid(1)),2025-03-03,Kim,falseAlarm,\n")
    try folder.import("2025-03-03", "2025-03-10")
    let found = try folder.reading().contacts.contacts(about: guid(1), through: day("2025-12-31"))
    #expect(found.map(\.outcome) == [.falseAlarm, .saved])
  }

  @Test(arguments: [
    ("x,2025-03-03,Kim,called,", "subscriptionId", "the id is not a GUID"),
    ("ID,,Kim,called,", "date", "the row has no date"),
    ("ID,2025-02-30,Kim,called,", "date", ParsedDate.invalid.problem),
    (
      "ID,2025-03-03,Kim,phoned,", "outcome",
      "the outcome is none of called, saved, leaving, falseAlarm, snoozed"
    ),
    ("ID,2025-03-03,Kim,snoozed,2025-03-02", "until", "the day lies before the date"),
    ("ID,2025-03-03,Kim,snoozed,soon", "until", ParsedDate.invalid.problem),
  ])
  func `rejects what it cannot use`(line: String, column: String, reason: String) throws {
    let folder = ExportFolder()
    let good = "\(guid(2)),2025-03-03,Kim,called,\n"
    let text = line.hasPrefix("ID") ? "\(guid(1))" + line.dropFirst(2) : line
    folder.write("contacts.csv", header + good + text + "\n")
    let file = try folder.import("contacts.csv").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (1, 1))
    #expect(file.rejections.map(\.column) == [column])
    #expect(file.rejections.map(\.reason) == [reason])
  }

  @Test func `goes with its import`() throws {
    let folder = ExportFolder()
    folder.write("contacts.csv", header + "\(guid(1)),2025-03-03,Kim,called,\n")
    try folder.import("contacts.csv")
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    let row = try #require(try store.imports().first)
    _ = try store.remove(importId: row.id)
    #expect(store.contacts.isEmpty)
  }

  @Test func `a file of its own is read without a history`() throws {
    let folder = ExportFolder()
    folder.write("contacts.csv", header + "\(guid(1)),2025-03-03,Kim,called,\n")
    #expect(!(try ContactLog.read(folder["contacts.csv"]).contacts.isEmpty))
    folder.write("owners.csv", "customerMarket,accountManager\nUS,Ann\n")
    #expect(throws: HistoryError.self) {
      try ContactLog.read(folder["owners.csv"])
    }
  }
}
