import Files
import Foundation
import TestSupport
import Testing

@testable import Reporting

/// The workbook as other programs read it.
struct WorkbookTests {
  private static let hasOpenpyxl = Python.run("import openpyxl", []).status == 0
  private static let office = "/usr/bin/soffice"
  private static let hasOffice = FileManager.default.fileExists(atPath: office)

  private var document: AtRiskDocument {
    var document = SampleScores.full
    for (index, name) in SampleScores.hostileNames.enumerated() {
      var row = SampleScores.row(index + 3, manager: "Anna Berg", email: "anna@example.com")
      row.identity.subscriptionName = name
      row.identity.customerName = name + "\u{0}\u{7}\u{FFFE}_x0041_"
      row.identity.lastUsageDate = name
      document.subscriptions.append(row)
    }
    return document
  }

  private func sheet(_ number: Int, of name: String, in lists: ExportedLists) throws -> String {
    let members = try #require(ZipMember.all(of: try contents(ofFile: lists.folder[name])))
    let member = try #require(
      members.first { $0.name == "xl/worksheets/sheet\(number).xml" })
    return String(decoding: try #require(member.content), as: UTF8.self)
  }

  @Test(.enabled(if: hasOpenpyxl, "needs the Debian package python3-openpyxl"))
  func `openpyxl reads days, numbers, flags, links and text as what they are`() throws {
    let lists = try ExportedLists(document, formats: ["xlsx"])
    let script = """
      import datetime, openpyxl, sys
      book = openpyxl.load_workbook(sys.argv[1])
      assert book.sheetnames == ["All", "Without usage", "Lost in the last 30 days", "About"], book.sheetnames
      sheet = book["All"]
      assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref == sheet.dimensions
      assert any(rule.type == "colorScale" for r in sheet.conditional_formatting for rule in r.rules)
      cells = {sheet.cell(1, c.column).value: c for c in sheet[2]}
      titles = [cell.value for cell in sheet[1]]
      assert titles[:2] == ["Rank", "Customer"] and sheet.page_setup.orientation == "landscape"
      last = (sheet.print_area if isinstance(sheet.print_area, str) else sheet.print_area[0]).split(":")[1].replace("$", "")
      printed = titles[: openpyxl.utils.cell.coordinate_to_tuple(last)[1]]
      assert "Listed because" == printed[-1] and len(printed) <= 12 < len(titles), printed
      for name in ["Without usage", "Lost in the last 30 days"]:
          assert book[name].freeze_panes == "B2" and book[name]["A1"].value == "Customer", name
      about = book["About"]
      assert about.page_setup.fitToHeight == 0 and about.sheet_properties.pageSetUpPr.fitToPage
      for row in range(1, about.max_row + 1):
          text = str(about.cell(row, 2).value or "")
          assert (about.row_dimensions[row].height or 15) >= 15 * len(text) / 90, (row, text)
      day = datetime.datetime
      for title, value in [("Rank", 1), ("Started", day(2024, 2, 1)), ("Last used", day(2026, 11, 10)),
                           ("Probability", 0.5), ("At risk", True), ("Value", 812.5), ("Weeks flagged", 4),
                           ("As of", day(2026, 11, 16)), ("Customer", "customer 1"), ("Risk", "high"), ("Status", "active"),
                           ("Trial", "became paid"), ("Value basis", "cost"),
                           ("Listed because", "already on the list"), ("Listed since", day(2026, 10, 26))]:
          assert cells[title].value == value and type(cells[title].value) is type(value), title
      assert cells["Probability"].number_format == "0.0%"
      assert cells["Subscription"].hyperlink.target.startswith("https://portal.azure.com/#@0")
      for row in sheet.iter_rows(min_row=2):
          for cell in row:
              assert cell.data_type != "f", cell.coordinate
              assert cell.value is None or len(str(cell.value)) <= 32767
      assert sheet.cell(3, titles.index("Subscription id") + 1).hyperlink, "a row without a name"
      names = [sheet.cell(r, 3).value for r in range(4, sheet.max_row + 1)]
      assert names[0].startswith("=HYPERLINK("), names[0]
      customer = sheet.cell(4, 2).value
      assert customer.endswith("_x0041_") and "\\x07" not in customer, customer
      print(book.properties.created)
      """
    let (status, output) = Python.run(script, [lists.folder["all.xlsx"]])
    #expect(status == 0 && output.hasPrefix("2026-11-16 00:00:00"), "\(output)")
  }

  @Test(.enabled(if: hasOffice, "needs LibreOffice, /usr/bin/soffice"))
  func `LibreOffice opens it and runs nothing`() throws {
    let lists = try ExportedLists(document, formats: ["xlsx"])
    let folder = TemporaryFolder()
    let script = """
      import subprocess, sys
      subprocess.run([sys.argv[1], "-env:UserInstallation=file://" + sys.argv[3] + "/profile", "--headless",
                      "--convert-to", "csv", "--outdir", sys.argv[3], sys.argv[2]], check=True, timeout=120,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
      text = open(sys.argv[3] + "/all.csv", encoding="utf-8").read()
      import shutil; shutil.rmtree(sys.argv[3] + "/profile")
      assert "=HYPERLINK(" in text and "customer 1" in text and "2024-02-01" in text and ",50%," in text, text[:2000]
      """
    let (status, output) = Python.run(script, [Self.office, lists.folder["all.xlsx"], folder.path])
    #expect(status == 0, "\(output)")
  }

  @Test func `the same scores give the same bytes, on one thread and on many`() throws {
    let many = (1...1_200).map { SampleScores.row($0, manager: "A\($0 % 3)") }
    let document = SampleScores.document(many)
    let first = try ExportedLists(document, formats: ["xlsx"])
    let again = try ExportedLists(document, formats: ["xlsx"])
    #expect(first.entries.map(\.sha256) == again.entries.map(\.sha256))
    #expect(try sheet(1, of: "all.xlsx", in: first).contains("<row r=\"1201\">"))
  }

  @Test func `text that is too long is cut with a note, and never in the middle of a character`() {
    let text = SheetText.fitting(String(repeating: "😀", count: 20_000))
    #expect(text.utf16.count <= SheetText.longest && text.hasSuffix(SheetText.cutNote))
    #expect(text.dropLast(SheetText.cutNote.count).allSatisfy { $0 == "😀" })
    let whole = String(repeating: "x", count: SheetText.longest)
    #expect(SheetText.fitting(whole) == whole)
  }

  @Test(arguments: [
    ("", 90, 1), ("word", 90, 1), (String(repeating: "x", count: 81), 90, 1),
    (String(repeating: "x", count: 82), 90, 2), (String(repeating: "字", count: 82), 90, 3),
    ("one\ntwo", 90, 2), ("\n\n", 90, 3),
  ])
  func `a row is as high as its text`(text: String, width: Int, lines: Int) {
    #expect(RowHeight.lines(text, width: width) == lines)
    #expect(RowHeight.points(lines: 1_000) <= 409)
  }

  @Test func `named columns come first, and none is lost`() {
    let table = ListTable.lost(SampleScores.full.excluded)
    let arranged = table.arranged(first: ["since", "nothing", "customerName"])
    #expect(arranged.columns.prefix(2).map(\.name) == ["since", "customerName"])
    #expect(Set(arranged.columns.map(\.name)) == Set(table.columns.map(\.name)))
    #expect(arranged.rows(0)[0].count == table.columns.count)
    if case .text(let text) = arranged.rows(0)[0][1] { #expect(text == "customer 1") }
    #expect(table.arranged(first: []).columns.map(\.name) == table.columns.map(\.name))
  }

  @Test func `only a GUID becomes part of an address`() {
    #expect(SubscriptionPage.azurePortal(subscription: "x\" onclick=\"", tenant: nil) == nil)
    #expect(SubscriptionPage.partnerCenter(tenant: "../../evil") == nil)
    #expect(
      SubscriptionPage.azurePortal(subscription: SampleScores.id(1), tenant: "evil")
        == "https://portal.azure.com/#resource/subscriptions/\(SampleScores.id(1))/overview")
  }

  @Test func `sheets hold the rows of their owner only`() throws {
    var document = document
    var lost = document.excluded[0]
    lost.identity.accountManager = "Zoe"
    lost.identity.customerName = "SOMEBODY ELSE'S"
    document.excluded.append(lost)
    let lists = try ExportedLists(document, formats: ["xlsx"])
    #expect(try sheet(3, of: "all.xlsx", in: lists).contains("SOMEBODY ELSE"))
    #expect(try !sheet(3, of: "anna-berg.xlsx", in: lists).contains("SOMEBODY ELSE"))
    #expect(try sheet(3, of: "anna-berg.xlsx", in: lists).contains("customer 1"))
  }
}
