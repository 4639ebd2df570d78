import CommandLineKit
import FoundationEssentials
import Testing

@testable import churn_bench

/// A benchmark is one file in Benchmarks and one line in the catalog.
struct BenchmarkCatalogTests {
  @Test func `every file in Benchmarks is in the catalog, and the other way round`() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "/\(root)/Sources/churn-bench/Benchmarks")
    #expect(
      Set(files.map { $0.hasSuffix(".swift") ? String($0.dropLast(6)) : $0 })
        == Set(benchmarks.map { "\(type(of: $0))" }))
  }

  @Test func `names are unique and written in kebab case`() {
    #expect(Set(benchmarks.map(\.name)).count == benchmarks.count)
    for benchmark in benchmarks {
      #expect(benchmark.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(benchmark.name)")
      #expect(!benchmark.summary.isEmpty && !benchmark.summary.hasSuffix("."))
    }
  }

  @Test func `the declarations of all commands are sound`() {
    #expect(declarationProblems(of: ChurnBench.self) == [])
  }
}
