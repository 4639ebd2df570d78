import Files
import TestSupport
import Testing

@testable import History
@testable import Reporting

/// The lists that `export` writes name account managers, and are no owners files for that.
struct OwnListsTests {
  private func lists(_ rows: [AtRiskDocument.Row]) throws -> ExportedLists {
    var document = SampleScores.document(rows)
    var lost = AtRiskDocument.ExcludedRow()
    lost.identity = rows[0].identity
    lost.reason = "alreadyChurned"
    lost.since = "2026-11-10"
    document.excluded = [lost]
    return try ExportedLists(document)
  }

  @Test func `a folder with every list of an export brings nothing`() throws {
    let rows = (1...4).map { number in
      var row = SampleScores.row(number, manager: "Ann", email: "ann@example.com")
      row.identity.subscriptionId = guid(number).description
      row.identity.lastUsageDate = "2026-01-01"
      return row
    }
    let lists = try lists(rows)
    let names = lists.folder.names.filter { $0.hasSuffix(".csv") }
    #expect(names.contains("lost.csv") && names.contains("without-usage.csv"))
    for name in ["lost.csv", "without-usage.csv", "all.csv", "ann.csv"] {
      #expect(try lists.rows(name).count > 1, "\(name)")
    }
    let (folder, copies) = (TemporaryFolder(), TemporaryFolder())
    try write("customerMarket,accountManager\nUS,Bo\n", to: folder["owners.csv"])
    _ = try imported(folder["owners.csv"], into: folder)
    for name in names { try write(lists.text(name), to: copies[name]) }
    let report = try imported(copies.path, into: folder)
    #expect(report.files.count == names.count && report.failure == nil && !report.hasImported)
    let store = try HistoryStore.open(folder["store.sqlite"], for: .reading)
    #expect(store.owners.rules.map(\.accountManager) == ["Bo"])
    for name in ["lost.csv", "without-usage.csv", "all.csv", "ann.csv"] {
      let failure = try #require(try imported(copies[name], into: folder).failure)
      #expect(failure.kind == .unusable)
      #expect(failure.what.hasPrefix("this is a list that 'churn-risk export' wrote"), "\(name)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    try writeFile(path) { try $0.write(text) }
  }

  private func imported(_ path: String, into folder: TemporaryFolder) throws -> ImportReport {
    let store = try HistoryStore.open(folder["store.sqlite"], for: .importing)
    return try Importer(store).import(paths: [path])
  }

  @Test func `an owners file may carry a name for people`() throws {
    let folder = TemporaryFolder()
    try write(
      "customerTenantId,customerName,accountManager\n\(guid(901)),Contoso,Ann\n",
      to: folder["owners.csv"])
    let file = try imported(folder["owners.csv"], into: folder).files[0]
    #expect(file.rowsAccepted == 1)
    #expect(file.notes.map(\.name) == ["customerName"])
  }
}
