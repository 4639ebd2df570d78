import TestSupport
import Testing

@testable import History

struct RegionalDateTests {
  @Test(arguments: [
    ("31/12/2024", "2024-12-31"), ("12/31/2024", "2024-12-31"), ("31-12-2024", "2024-12-31"),
    ("31.12.2024", "2024-12-31"), ("3.4.2024", "2024-04-03"), ("2024/12/31", "2024-12-31"),
    ("2024.12.31", "2024-12-31"), ("2024/1/2", "2024-01-02"), ("2024年12月31日", "2024-12-31"),
    ("12/31/2024 1:45:00 PM", "2024-12-31"), ("31/12/2024 13:45", "2024-12-31"),
    ("5/5/2024", "2024-05-05"), ("/Date(1735603200000)/", "2024-12-31"),
    ("/Date(-86400000)/", "1969-12-31"),
  ])
  func `dates that tell their order are read`(text: String, expected: String) {
    let date = RegionalDate(text)
    #expect(date?.parsed(date?.toldOrder) == .day(day(expected)))
  }

  @Test func `a date that may be either depends on its column`() {
    let date = RegionalDate("03/04/2024")
    #expect(date?.toldOrder == nil)
    #expect(date?.parsed(nil) == .ambiguous)
    #expect(date?.parsed(.dayFirst) == .day(day("2024-04-03")))
    #expect(date?.parsed(.monthFirst) == .day(day("2024-03-04")))
  }

  @Test func `a date against the order of its column is no date`() {
    #expect(RegionalDate("31/12/2024")?.parsed(.monthFirst) == .invalid)
    #expect(RegionalDate("30.02.2024")?.parsed(nil) == .invalid)
  }

  @Test func `special years mean what they mean elsewhere`() {
    #expect(RegionalDate("01/01/0001")?.parsed(nil) == .unset)
    #expect(RegionalDate("31/12/9999")?.parsed(.dayFirst) == .noEnd)
  }

  @Test(arguments: [
    "", "1/2", "01/02/03", "31.12.24", "1/2/2024x", "a/b/2024", "1/2-2024", "2024年12月31",
    "/Date(x)/",
    "31/12/2024 later", "१/२/2024", "2024/123/1",
  ])
  func `what is no date is none`(text: String) {
    #expect(RegionalDate(text) == nil)
  }
}

struct RegionalNumberTests {
  @Test(arguments: [
    ("1234.5", 1234.5, DecimalMark.point), ("1,234.5", 1234.5, .point), ("1'234.5", 1234.5, .point),
    ("1234,5", 1234.5, .comma), ("1.234,5", 1234.5, .comma), ("1\u{202F}234,56", 1234.56, .comma),
    ("0,125", 0.125, .comma), ("-0,5", -0.5, .comma), ("1.234.567", 1_234_567, .comma),
    ("1,234,567", 1_234_567, .point), ("0.125", 0.125, .point), ("1,5e3", 1500, .comma),
  ])
  func `numbers that tell their mark are read`(text: String, value: Double, mark: DecimalMark) {
    #expect(RegionalNumber(text)?.toldMark == mark)
    #expect(RegionalNumber(text)?.value(nil) == value)
  }

  @Test(arguments: ["42", "1 234 567", "1'234", "-7", "5e-3"])
  func `whole numbers tell nothing and need nothing`(text: String) {
    #expect(RegionalNumber(text)?.toldMark == nil)
    #expect(RegionalNumber(text)?.value(nil) != nil)
  }

  @Test func `a single sign before three digits depends on the column`() {
    for (text, point, comma) in [("1,234", 1234, 1.234), ("1.234", 1.234, 1234)] {
      #expect(RegionalNumber(text)?.toldMark == nil)
      #expect(RegionalNumber(text)?.value(nil) == nil)
      #expect(RegionalNumber(text)?.value(.point) == point)
      #expect(RegionalNumber(text)?.value(.comma) == comma)
    }
  }

  @Test(arguments: [
    "", "1,2,3", "1.2.3", "1,23,456", "12a", "nan", "0x10", "1 23", ",", "1,234.", "--1",
  ])
  func `what is no number is none`(text: String) {
    #expect(RegionalNumber(text)?.value(nil) == nil)
  }
}

struct RegionalTableTests {
  private func table(_ header: String, _ rows: String...) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  private let header = "id;customerTenantId;status;subscriptionType;creationDate;deprovisionedDate"

  private func row(_ id: Int, _ created: String, _ deprovisioned: String = "") -> String {
    "\(guid(id));\(guid(900));ACTIVE;Azure;\(created);\(deprovisioned)"
  }

  private func states(_ folder: ExportFolder) throws -> [Int: SubscriptionState] {
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    return Dictionary(
      uniqueKeysWithValues: subscriptions.map { (Int($0.id.low & 0xFFFF), $0.states[0]) })
  }

  @Test func `one date that tells decides for its column, and for no other`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.csv",
      table(header, row(1, "03/04/2024"), row(2, "25/12/2024"), row(3, "04/05/2024", "01/02/2024")))
    let report = try folder.import("2025-01-06.csv")
    #expect(report.files[0].rowsAccepted == 2)
    #expect(report.files[0].rejections.map(\.line) == [4])
    #expect(report.files[0].rejections.map(\.column) == ["deprovisionedDate"])
    #expect(report.files[0].rejections[0].reason.contains("--date-order"))
    let states = try states(folder)
    #expect(states[1]?.creationDate == day("2024-04-03"))
    #expect(states[2]?.creationDate == day("2024-12-25"))
  }

  @Test func `the user's word decides where nothing else does`() throws {
    for (order, expected) in [(DateOrder.dayFirst, "2024-04-03"), (.monthFirst, "2024-03-04")] {
      let folder = ExportFolder()
      folder.write("2025-01-06.csv", table(header, row(1, "03/04/2024")))
      let store = try HistoryStore.open(folder.storePath, for: .importing)
      _ = try Importer(store).import(paths: [folder["2025-01-06.csv"]], dateOrder: order)
      #expect(try states(folder)[1]?.creationDate == day(expected))
    }
  }

  @Test func `a column with both orders keeps only the dates that tell`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.csv",
      table(header, row(1, "25/12/2024"), row(2, "12/25/2024"), row(3, "01/02/2024")))
    let report = try folder.import("2025-01-06.csv")
    #expect(report.files[0].rowsAccepted == 2)
    #expect(report.files[0].rejections.map(\.line) == [4])
  }

  @Test func `quantities with a decimal comma are read by what their column tells`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.csv",
      "Subscription ID;Usage date;Meter category;Meter unit;Quantity\n"
        + "\(guid(1));31.12.2024;Storage;1 GB;0,5\n\(guid(1));30.12.2024;Storage;1 GB;1.234\n")
    try folder.import("2025-01-06.csv")
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [1234, 0.5])
    #expect(usage.days == [day("2024-12-30"), day("2024-12-31")])
  }

  @Test func `a comma that may be either rejects the row, a semicolon file decides`() throws {
    let header = ["subscriptionId", "usageDate", "meterCategory", "quantity"]
    for (separator, accepted) in [("\t", 0), (";", 1)] {
      let folder = ExportFolder()
      folder.write(
        "2025-01-06.csv",
        header.joined(separator: separator) + "\n"
          + [guid(1).description, "2024-12-31", "Storage", "1,234"].joined(separator: separator)
          + "\n")
      let report = try folder.import("2025-01-06.csv")
      #expect(report.files[0].rowsAccepted == accepted)
      if accepted == 1 {
        #expect(try folder.reading().customers()[0].subscriptions[0].usage.quantities == [1.234])
      } else {
        #expect(report.files[0].rejections[0].reason.contains("decimals or thousands"))
      }
    }
  }

  @Test func `a translated, westernised table is recognised and read`() throws {
    let folder = ExportFolder()
    let text =
      "ID d’abonnement;Nom du client;État;Type d’abonnement;Renouvellement automatique;"
      + "Date de création\r\n\(guid(1));Société Générale;ACTIVE;Azure;Oui;31/12/2024\r\n"
    // Windows-1252: the letters of Latin-1 and the apostrophe.
    let bytes = text.unicodeScalars.map { $0 == "\u{2019}" ? 0x92 : UInt8($0.value) }
    folder.write("2025-01-06.csv", bytes: bytes)
    let report = try folder.import("2025-01-06.csv")
    #expect(report.files[0].encoding == "Windows-1252")
    let state = try states(folder)[1]
    #expect(state?.customerName == "Société Générale")
    #expect(state?.autoRenewEnabled == true)
    #expect(state?.creationDate == day("2024-12-31"))
    #expect(state?.status == .active)
  }

  /// UTF-16 with the low byte first, without a mark.
  private func utf16Units(_ text: String) -> [UInt8] {
    text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
  }

  @Test func `JSON in UTF-16, as PowerShell writes it, is read`() throws {
    let folder = ExportFolder()
    for (index, text) in [
      envelope([subscriptionRow(1)]), jsonLines([subscriptionRow(1), subscriptionRow(2)]),
    ].enumerated() {
      let bytes = [0xFF, 0xFE] + utf16Units(text)
      folder.write("2025-01-0\(index + 6).json", bytes: bytes)
      let report = try folder.import("2025-01-0\(index + 6).json")
      #expect(report.files[0].rowsAccepted == index + 1)
      #expect(report.files[0].encoding == "UTF-16LE")
    }
  }

  @Test func `a column that stands twice is told, and the filled one counts`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.csv",
      "id,status,status,subscriptionType\n\(guid(1)),,SUSPENDED,Azure\n")
    let report = try folder.import("2025-01-06.csv")
    #expect(report.files[0].warnings.contains { $0.contains("'status' more than once") })
    #expect(try states(folder)[1]?.status == .suspended)
  }
}
