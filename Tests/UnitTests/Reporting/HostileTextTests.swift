import Files
import TestSupport
import Testing

@testable import Reporting

/// Names are written by customers: a spreadsheet must show them and never run them.
struct HostileTextTests {
  private var document: AtRiskDocument {
    SampleScores.document(
      SampleScores.hostileNames.enumerated().map { index, name in
        var row = SampleScores.row(index + 1, manager: name, email: name)
        row.identity.subscriptionName = name
        row.identity.customerName = name
        row.identity.customerMarket = name
        row.identity.partnerId = name
        row.identity.partnerName = name
        row.identity.productName = name
        row.identity.status = name
        row.identity.lastUsageDate = name
        row.identity.currency = name
        row.identity.microsoftChurnRisk = name
        row.reasons = [
          AtRiskDocument.Reason(
            feature: name, family: name, value: 1, contribution: 1, text: name)
        ]
        return row
      })
  }

  @Test func `no cell of any file starts like a formula`() throws {
    let lists = try ExportedLists(document)
    for name in lists.folder.names where name.hasSuffix(".csv") {
      for row in try lists.rows(name) {
        for cell in row where Double(cell) == nil {
          let first = cell.unicodeScalars.first
          let isFormula = first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
          #expect(!isFormula, "\(name)")
        }
      }
    }
  }

  @Test func `file names stay inside of the folder`() throws {
    let lists = try ExportedLists(document)
    // One for each name but the empty one, and our own seven.
    let names = Set(SampleScores.hostileNames.filter { !$0.isEmpty })
    #expect(lists.folder.names.count == names.count + 7)
    for name in lists.folder.names { #expect(!name.hasPrefix(".") && name.utf8.count < 120) }
  }

  @Test(.enabled(if: Python.exists, "\(Python.reason)"))
  func `Python's csv module reads every name back`() throws {
    let lists = try ExportedLists(document)
    let script = """
      import csv, json, sys
      csv.field_size_limit(10_000_000)
      rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
      sys.stdout.buffer.write(json.dumps(rows).encode())
      """
    let (status, output) = Python.run(script, [lists.folder["all.csv"]])
    #expect(status == 0, "\(output)")
    let rows = try #require(try JSONValue(parsing: Array(output.utf8), path: "python").array)
    #expect(rows.count == SampleScores.hostileNames.count + 1)
    for (row, name) in zip(rows.dropFirst(), SampleScores.hostileNames) {
      #expect(row.array?.count == ListColumn.all.count)
      for title in ["subscriptionName", "customerName", "partnerName", "reason1", "email"] {
        let index = try #require(ListColumn.all.firstIndex { $0.name == title })
        let cell = try #require(row[index]?.string)
        // Neutralised text has an apostrophe in front; the rest is the name.
        #expect(cell == name || cell == "'" + name, "\(title)")
      }
    }
  }
}
