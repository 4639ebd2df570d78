import TestSupport
import Testing

@testable import History

struct QualityCatalogTests {
  /// A newcomer who adds a file to Checks and forgets the line in the catalog learns it here.
  @Test func `lists every file of the folder Checks`() throws {
    let folder = #filePath.replacing(
      "Tests/HistoryTests/History/Quality/QualityCatalogTests.swift",
      with: "Sources/History/Quality/Checks")
    let files = try #require(visibleNames(inFolder: folder))
    let types = qualityChecks.map { "\(type(of: $0)).swift" }
    #expect(files == types.sorted())
  }

  @Test func `gives every check a name of its own`() {
    #expect(Set(qualityChecks.map(\.name)).count == qualityChecks.count)
  }

  @Test func `finds nothing in an empty history`() {
    #expect(QualityFacts().findings.isEmpty)
  }

  @Test func `puts the worst first, then the order of the catalog, then the most frequent`() {
    var facts = QualityFacts()
    func file(_ path: String, rejected: Int, _ notes: [ImportNote]) -> QualityFacts.File {
      QualityFacts.File(
        path: path, resource: .owners, source: "a", observedOn: day("2025-01-06"),
        rowsAccepted: 10, rowsRejected: rejected, notes: notes)
    }
    facts.files = [
      file(
        "a", rejected: 1,
        [
          ImportNote(kind: .unknownColumn, name: "x", count: 9),
          ImportNote(kind: .unknownValue, name: "status=ODD", count: 8),
        ]),
      file("b", rejected: 2, []), file("c", rejected: 40, []),
    ]
    #expect(
      facts.findings.map { "\($0.severity) \($0.name) \($0.count)" } == [
        "error rejectedRows 40", "warning rejectedRows 2", "warning rejectedRows 1",
        "warning unknownValues 8", "info unknownColumns 9",
      ])
  }

  @Test func `rounds no share to nothing or all`() {
    #expect(QualityFinding.share(1, of: 100_000) == "0.1 %")
    #expect(QualityFinding.share(99_999, of: 100_000) == "99.9 %")
    #expect(QualityFinding.share(1, of: 2) == "50 %")
    #expect(QualityFinding.share(1, of: 3) == "33.3 %")
    #expect(QualityFinding.share(0, of: 3) == "0 %" && QualityFinding.share(3, of: 3) == "100 %")
    #expect(QualityFinding.share(0, of: 0) == "0 %")
  }
}
