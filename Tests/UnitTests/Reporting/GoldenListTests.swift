import Files
import Foundation
import TestSupport
import Testing

@testable import Reporting

/// The bytes of every format, for a small document; `make golden-lists` writes them anew.
struct GoldenListTests {
  private static let folder = {
    let parts = #filePath.split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/") + "/Golden"
  }()

  private static let writes = ProcessInfo.processInfo.environment["CHURN_RISK_WRITE_GOLDEN"] == "1"

  private func compare(_ bytes: [UInt8], _ name: String) throws {
    let path = "\(Self.folder)/\(name)"
    if Self.writes { try writeFile(path, mode: 0o644) { try $0.write(bytes) } }
    #expect(try contents(ofFile: path) == bytes, "\(name)")
  }

  @Test(arguments: [
    "anna-berg.csv", "anna-berg.html", "anna-berg.json", "lost.csv", "summary.html",
  ])
  func `a text file is as it was`(name: String) throws {
    let lists = try ExportedLists(SampleScores.full, formats: ["csv", "html", "json"])
    try compare(contents(ofFile: lists.folder[name]), name)
  }

  /// The rest of the archive is the library's, and may change with its version.
  @Test func `the sheets of the workbook are as they were`() throws {
    let lists = try ExportedLists(SampleScores.full, formats: ["xlsx"])
    let members = try #require(
      ZipMember.all(of: contents(ofFile: lists.folder["anna-berg.xlsx"])))
    for member in members where member.name.hasPrefix("xl/worksheets/sheet") {
      let name = String(member.name.dropFirst("xl/worksheets/".count))
      try compare(try #require(member.content), "anna-berg-\(name)")
    }
    #expect(members.contains { $0.name == "xl/worksheets/_rels/sheet1.xml.rels" })
  }
}
