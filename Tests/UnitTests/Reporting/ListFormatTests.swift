import FoundationEssentials
import TestSupport
import Testing

@testable import Reporting

/// A format is one file in Formats and one line in `all`.
struct ListFormatTests {
  @Test func `every file in Formats is in the catalog, and the other way round`() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "/\(root)/Sources/Reporting/Lists/Formats")
    #expect(
      files.sorted() == ListFormats.all.map { "\(type(of: $0)).swift" }.sorted())
  }

  @Test func `formats go by unique names`() {
    #expect(Set(ListFormats.names).count == ListFormats.all.count)
    for name in ListFormats.names {
      #expect(ListFormats.named(name).map { type(of: $0).name } == name)
    }
    #expect(ListFormats.named("CSV") == nil)
  }
}
