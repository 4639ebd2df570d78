import Files
import TestSupport
import Testing

@testable import History

struct ImportFormatCatalogTests {
  /// A newcomer who adds a file to ImportFormats and forgets the line in the catalog learns it here.
  @Test func `lists every file of the folder ImportFormats`() throws {
    let folder = #filePath.replacing(
      "Tests/HistoryTests/History/ImportFormatCatalogTests.swift",
      with: "Sources/History/ImportFormats")
    let files = try #require(visibleNames(inFolder: folder))
    let types = Set(importFormats.map { "\(type(of: $0)).swift" })
    for file in files where file != "ImportFormat.swift" {
      #expect(types.contains(file), "\(file) is not in importFormats")
    }
    #expect(files.count == types.count + 1)
  }

  @Test func `gives every format a name of its own`() {
    #expect(Set(importFormats.map(\.name)).count == importFormats.count)
  }

  @Test func `has a row in the README for every format`() throws {
    let root = #filePath.replacing(
      "Tests/HistoryTests/History/ImportFormatCatalogTests.swift", with: "")
    var readme: [UInt8] = []
    let source = try ByteSource(path: root + "README.md")
    while try source.read(upTo: 1 << 16, into: &readme) > 0 {}
    let text = String(decoding: readme, as: UTF8.self)
    for format in importFormats {
      #expect(text.contains("\n| \(format.name) |"), "the README does not tell of \(format.name)")
    }
  }

  @Test func `recognises each kind of content by one format only`() {
    let heads = [
      (
        "subscription analytics",
        FileHead(shape: .jsonLines, columns: ["id", "status", "subscriptiontype"])
      ),
      (
        "Azure usage analytics",
        FileHead(
          shape: .jsonDocument, columns: ["subscriptionid", "usagedate", "quantity", "meterunit"])
      ),
      (
        "billing usage",
        FileHead(
          shape: .jsonLines,
          columns: ["subscriptionid", "entitlementid", "usagedate", "metercategory", "quantity"])
      ),
      (
        "FOCUS cost and usage",
        FileHead(
          shape: .delimited,
          columns: ["subaccountid", "chargeperiodstart", "billedcost", "consumedquantity"])
      ),
      (
        "Insights Azure usage",
        FileHead(
          shape: .delimited,
          columns: ["subscriptionid", "month", "usagequantity", "acrusd", "subscriptionstate"])
      ),
      (
        "Insights subscription details",
        FileHead(
          shape: .delimited,
          columns: ["subscriptionid", "month", "subscriptionstate", "isautorenew"])
      ),
      (
        "owners",
        FileHead(shape: .delimited, columns: ["customermarket", "accountmanager", "email"])
      ),
      ("exclusions", FileHead(shape: .delimited, columns: ["customertenantid", "reason", "from"])),
    ]
    for (name, head) in heads {
      #expect(importFormats.filter { $0.recognises(head) == .yes }.map(\.name) == [name])
    }
  }

  @Test func `gives every field of every format names that no other field has`() {
    for format in importFormats {
      let names = fields(of: format).flatMap { $0 }.map { $0.lowercased() }
      #expect(Set(names).count == names.count, "\(format.name)")
    }
  }

  private func fields(of format: any ImportFormat) -> [[String]] {
    let folder = ExportFolder()
    guard let store = try? HistoryStore.open(folder.storePath, for: .rehearsing),
      let transaction = try? ImportTransaction(store, observedOn: day("2025-01-01"))
    else { return [] }
    let file = FileImport(path: "", transaction: transaction, namedSource: nil) { _ in }
    return format.loader(file).fields
  }
}
