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
    let folder = ExportFolder()
    folder.write("owners.csv", "customerMarket,accountManager\nUS,Bo\n")
    try folder.import("owners.csv")
    for name in names { folder.write("lists/\(name)", try lists.text(name)) }
    let report = try folder.import("lists")
    #expect(report.files.count == names.count && report.failure == nil && !report.hasImported)
    #expect(try folder.reading().owners.rules.map(\.accountManager) == ["Bo"])
    for name in ["lost.csv", "without-usage.csv", "all.csv", "ann.csv"] {
      let failure = try #require(try folder.import("lists/\(name)").failure)
      #expect(failure.kind == .unusable)
      #expect(failure.what.hasPrefix("this is a list that 'churn-risk export' wrote"), "\(name)")
    }
  }

  @Test func `an owners file may carry a name for people`() throws {
    let folder = ExportFolder()
    folder.write(
      "owners.csv", "customerTenantId,customerName,accountManager\n\(guid(901)),Contoso,Ann\n")
    let file = try folder.import("owners.csv").files[0]
    #expect(file.rowsAccepted == 1)
    #expect(file.notes.map(\.name) == ["customerName"])
  }
}
