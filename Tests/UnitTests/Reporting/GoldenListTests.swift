import Files
import Foundation
import TestSupport
import Testing
import Words

@testable import Reporting

/// The bytes of every format, for a small document made by hand and for a simulated partner; `make golden-lists`
/// writes them anew.
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

  /// The rest of the archive is the library's, and may change with its version.
  private func compareSheets(of path: String, as prefix: String) throws {
    let members = try #require(ZipMember.all(of: contents(ofFile: path)))
    for member in members where member.name.hasPrefix("xl/worksheets/sheet") {
      let name = String(member.name.dropFirst("xl/worksheets/".count))
      try compare(try #require(member.content), "\(prefix)-\(name)")
    }
    #expect(members.contains { $0.name == "xl/worksheets/_rels/sheet1.xml.rels" })
  }

  @Test(arguments: [
    "anna-berg.csv", "anna-berg.html", "anna-berg.json", "lost.csv", "summary.html",
  ])
  func `a text file is as it was`(name: String) throws {
    let lists = try ExportedLists(SampleScores.full, formats: ["csv", "html", "json"])
    try compare(contents(ofFile: lists.folder[name]), name)
  }

  @Test func `the sheets of the workbook are as they were`() throws {
    let lists = try ExportedLists(SampleScores.full, formats: ["xlsx"])
    try compareSheets(of: lists.folder["anna-berg.xlsx"], as: "anna-berg")
  }

  /// The scores of the partner are kept, too: how their last digits come out is the processor's.
  private static var partner: AtRiskDocument {
    get throws { try AtRiskDocument(contentsOf: "\(folder)/Simulated/at-risk.json") }
  }

  @Test(arguments: [
    "all.csv", "all.json", "unassigned.html", "mireille-aubracq.html", "mireille-aubracq.csv",
    "mireille-aubracq.json", "summary.csv", "summary.html", "summary.json", "reasons.csv",
    "without-usage.csv", "lost.csv", "manifest.json",
  ])
  func `the lists of a simulated partner are as they were`(name: String) throws {
    let lists = try ExportedLists(
      Self.partner, formats: ["csv", "html", "json"], order: .expectedLoss)
    try compare(contents(ofFile: lists.folder[name]), "Simulated/\(name)")
  }

  @Test func `the workbook of a simulated partner is as it was`() throws {
    let lists = try ExportedLists(Self.partner, formats: ["xlsx"], order: .expectedLoss)
    try compareSheets(of: lists.folder["mireille-aubracq.xlsx"], as: "Simulated/mireille-aubracq")
  }

  @Test(arguments: [Language.fr, .ja, .zhHant])
  func `the page of a simulated partner is as it was in other languages`(language: Language) throws
  {
    let lists = try ExportedLists(
      Self.partner.translated(to: language), formats: ["html"], order: .expectedLoss)
    try compare(
      contents(ofFile: lists.folder["mireille-aubracq.html"]), "Simulated/\(language.rawValue).html"
    )
  }
}
