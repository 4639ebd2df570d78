import TestSupport
import Testing

@testable import History

/// The pages of an answer: what is there, what is missing, and what stands on two of them.
struct AnswerPagesTests {
  private func rows(_ ids: ClosedRange<Int>, licences: Int = 0) -> [String] {
    ids.map { subscriptionRow($0, "\"licenseCount\":\(licences)") }
  }

  private func days(_ folder: ExportFolder) throws -> [ExportDay] {
    try folder.reading().sources[0].days
  }

  private func findings(_ folder: ExportFolder, _ name: String) throws -> [String] {
    try folder.reading().status().quality.filter { $0.name == name }.map(\.details)
  }

  @Test func `overlapping pages are not whole, and say so`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/s.json", envelope(rows(1...20), totalCount: 20))
    folder.write(
      "2025-01-13/p1.json", envelope(rows(1...10), nextLink: "\"https://x\"", totalCount: 20))
    folder.write("2025-01-13/p2.json", envelope(rows(8...17), totalCount: 20))
    try folder.import("2025-01-06", "2025-01-13")
    #expect(try days(folder).map(\.hasAllPages) == [true, false])
    #expect(try days(folder).map(\.rows) == [20, 17])
    #expect(
      try findings(folder, "missingPages") == [
        "3 of the 20 rows of the answer are missing, and 3 rows repeat a subscription of another page "
          + "(subscriptions of default, 2025-01-13); import all pages of the answer"
      ])
  }

  @Test func `without a count overlapping pages are a warning`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-13/p1.json", envelope(rows(1...10), nextLink: "\"https://x\""))
    folder.write("2025-01-13/p2.json", envelope(rows(8...17)))
    try folder.import("2025-01-13")
    #expect(try findings(folder, "missingPages").count == 1)
    #expect(try findings(folder, "missingPages")[0].contains("3 rows repeat a subscription"))
  }

  @Test func `two downloads of a part are no whole`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/s.json", envelope(rows(1...40), totalCount: 40))
    folder.write(
      "2025-01-13/a.json", envelope(rows(1...33), nextLink: "\"https://x\"", totalCount: 40))
    folder.write("2025-01-13/b.json", envelope(rows(1...33, licences: 2), totalCount: 40))
    try folder.import("2025-01-06", "2025-01-13")
    #expect(try days(folder).map(\.isComplete) == [true, false])
  }

  @Test func `status tells of incomplete exports that are not the newest`() throws {
    let folder = ExportFolder()
    for (week, ids) in [("2025-01-06", 1...9), ("2025-01-13", 1...4), ("2025-01-20", 1...9)] {
      folder.write("\(week).json", envelope(rows(ids), totalCount: 9))
      try folder.import("\(week).json")
    }
    #expect(
      try folder.reading().status().warnings.contains(
        "1 older subscription export of default is incomplete, of 2025-01-13; "
          + "absence from it means nothing"))
  }

  @Test func `a second download at noon makes next week no smaller`() throws {
    let folder = ExportFolder()
    for (name, licences) in [
      ("2025-01-06/s", 0), ("2025-01-06/noon", 1), ("2025-01-13/s", 0),
    ] {
      folder.write("\(name).json", envelope(rows(1...40, licences: licences), totalCount: 40))
    }
    try folder.import("2025-01-06", "2025-01-13")
    #expect(try days(folder).map(\.rows) == [40, 40])
    #expect(try days(folder).map(\.isComplete) == [true, true])
    #expect(try findings(folder, "shrunkSource").isEmpty)
    #expect(try findings(folder, "missingPages").isEmpty)
  }

  @Test
  func `rows without a subscription count towards the whole, and so do repetitions of a page`()
    throws
  {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope(
        rows(1...3) + [subscriptionRow(4).replacing("\(guid(4))".uppercased(), with: "x")],
        totalCount: 4))
    folder.write("2025-01-13.json", envelope(rows(1...3) + rows(3...3), totalCount: 4))
    try folder.import("2025-01-06.json", "2025-01-13.json")
    #expect(try days(folder).map(\.hasAllPages) == [true, true])
    let remarks = try findings(folder, "missingPages")
    #expect(
      remarks.count == 1 && remarks[0].contains("1 row repeats a subscription of the same page"))
  }

  @Test func `a page that repeats a row is no whole when others are missing as well`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope(rows(1...3) + rows(3...3), totalCount: 5))
    try folder.import("2025-01-06.json")
    #expect(try days(folder).map(\.hasAllPages) == [false])
    #expect(
      try findings(folder, "missingPages")[0].contains("1 of the 5 rows of the answer are missing"))
  }

  @Test func `a last page without rows ends the answer beside it, whatever its name`() throws {
    for name in ["s-2.json", "a.json"] {
      let folder = ExportFolder()
      folder.write("2025-01-06/s-1.json", envelope(rows(1...4)))
      folder.write("2025-01-13/s-1.json", envelope(rows(1...4), nextLink: "\"https://x\""))
      folder.write("2025-01-13/\(name)", envelope([]))
      try folder.import("2025-01-06")
      let report = try folder.import("2025-01-13")
      #expect(report.failure == nil)
      let page = try #require(report.files.first { $0.path.hasSuffix(name) })
      #expect(page.resource == .subscriptions)
      #expect(page.importId == 3)
      #expect(try days(folder).map(\.isComplete) == [true, true])
      #expect(try findings(folder, "missingPages").isEmpty)
      // The same folder once more changes nothing.
      #expect(try !folder.import("2025-01-13").hasImported)
      // Named by itself it is known too.
      #expect(try folder.import("2025-01-13/\(name)").failure == nil)
    }
  }

  @Test func `of two answers an empty page belongs to the one it is named like`() throws {
    let folder = ExportFolder()
    let next = "\"https://x\""
    folder.write("2025-01-13/subs-1.json", envelope(rows(1...4), nextLink: next))
    folder.write(
      "2025-01-13/usage-1.json", envelope([usageRow(1, "2025-01-10", "2")], nextLink: next))
    folder.write("2025-01-13/usage-2.json", envelope([]))
    let report = try folder.import("2025-01-13")
    #expect(report.files.compactMap(\.resource) == [.subscriptions, .usage, .usage])
    #expect(try days(folder).map(\.hasAllPages) == [false])
  }

  @Test func `an empty page that may belong to either of two answers is left alone`() throws {
    let folder = ExportFolder()
    let next = "\"https://x\""
    folder.write("2025-01-13/subs.json", envelope(rows(1...4), nextLink: next))
    folder.write(
      "2025-01-13/usage.json", envelope([usageRow(1, "2025-01-10", "2")], nextLink: next))
    folder.write("2025-01-13/x.json", envelope([]))
    #expect(
      try folder.import("2025-01-13").files.compactMap(\.resource) == [.subscriptions, .usage])
  }

  @Test func `an empty answer by itself is nothing`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-13/s.json", envelope([]))
    #expect(try !folder.import("2025-01-13").hasImported)
    #expect(try folder.import("2025-01-13/s.json").failure?.kind == .unusable)
  }
}
