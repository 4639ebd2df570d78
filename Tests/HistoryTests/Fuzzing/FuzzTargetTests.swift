import Files
import FoundationEssentials
import Testing

@testable import churn_fuzz

/// A fuzz target is one file in Targets, one line in the catalog, and a folder of seeds.
struct FuzzTargetTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  private static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
  }

  @Test func `every file in Targets is in the catalog, and the other way round`() throws {
    let files = try Self.names(in: "Sources/churn-fuzz/Targets")
    #expect(files == fuzzTargets.map { "\(type(of: $0)).swift" }.sorted())
  }

  @Test func `every target has seeds, and nothing else does`() throws {
    let folders = try Self.names(in: "Training/fuzz-corpus").filter { $0 != "words.dict" }
    #expect(folders == fuzzTargets.map(\.name).sorted())
  }

  /// What was found once is among the seeds.
  @Test(arguments: fuzzTargets.map(\.name)) func `stands its seeds`(name: String) throws {
    let target = try #require(fuzzTargets.first { $0.name == name })
    let seeds = try Self.names(in: "Training/fuzz-corpus/\(name)")
    #expect(!seeds.isEmpty)
    for seed in seeds {
      let bytes = Array(
        try Data(
          contentsOf: URL(filePath: "\(Self.root)/Training/fuzz-corpus/\(name)/\(seed)")))
      #expect(bytes.count <= target.longestInput, "\(seed)")
      target.run(bytes)
    }
  }
}
