import Files
import Foundation
import Reporting
import Testing

/// The benchmark program on a few lines, without peers.
struct ChurnBenchTests {
  private static let path =
    URL(fileURLWithPath: Program.path).deletingLastPathComponent()
    .appendingPathComponent("churn-bench").path

  private func run(_ words: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
    try Program.execute(Self.path, words, folder: folder.path)
  }

  @Test func `every benchmark runs to its end and says what it could not measure`() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(
      [
        "run", "--force", "--runs", "2", "--lines", "3000", "--scale", "--folder", "files",
        "--json", "figures.json", "--python", "nowhere/python", "--quiet",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("DuckDB is not installed; 'make bench' installs it"))
    #expect(outcome.output.contains("SHA-256 by libcrypto"))

    let written = try JSONValue(parsing: Array(folder.bytes("figures.json")), path: "figures")
    let findings = try #require(written["findings"]?.array)
    func figures(of benchmark: String) -> [Double] {
      findings.filter { $0["benchmark"]?.string == benchmark }.compactMap { $0["figure"]?.double }
    }
    // Four years and the big one.
    #expect(figures(of: "store-size").count == 5)
    #expect(figures(of: "store-size").allSatisfy { $0 > 1 })
    #expect(figures(of: "read-back").count == 5)
    #expect(figures(of: "read-back").allSatisfy { $0 > 0 })
    #expect(figures(of: "one-more-week").count == 2)
    #expect(figures(of: "gzip").count >= 1)
    #expect(figures(of: "peak-memory").allSatisfy { $0 > 1_000_000 })
    #expect(figures(of: "scores-memory").allSatisfy { $0 > 1_000_000 })
    #expect(figures(of: "json-lines").isEmpty)
    #expect(
      findings.allSatisfy { ($0["figure"]?.isNull == true) == ($0["problem"]?.isNull == false) })
  }

  @Test func `what it made for a run is gone, and the files to import are kept`() throws {
    let folder = try TemporaryFolder()
    let words = [
      "run", "store-size", "--force", "--lines", "1000", "--folder", "files", "--quiet",
    ]
    _ = try run(words, in: folder)
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path("files")).sorted()
    }
    let kept = try names()
    #expect(kept.count == 4)
    #expect(kept.allSatisfy { $0.hasPrefix("usage-v1-1000x10000x") && $0.hasSuffix(".jsonl") })
    let written = try folder.bytes("files/\(kept[0])")
    _ = try run(words, in: folder)
    #expect(try names() == kept)
    #expect(try folder.bytes("files/\(kept[0])") == written)
  }

  @Test func `files of another version and of killed runs are removed, others are not`() throws {
    let folder = try TemporaryFolder()
    try folder.write("files/usage-v0-1000x10000x24-by-day-2026-01-03.jsonl", "{}")
    try folder.write("files/mine.jsonl", "{}")
    // Of a run that was killed: no process has a number that large.
    try folder.write("files/scratch-2000000000/fresh.sqlite", "{}")
    _ = try run(
      ["run", "store-size", "--force", "--lines", "1000", "--folder", "files", "--quiet"],
      in: folder)
    #expect(!folder.exists("files/usage-v0-1000x10000x24-by-day-2026-01-03.jsonl"))
    #expect(folder.exists("files/mine.jsonl"))
    #expect(!folder.exists("files/scratch-2000000000"))
  }

  @Test func `a program that fails is a figure that is missing, with its message`() throws {
    let folder = try TemporaryFolder()
    try folder.write("broken", "#!/bin/sh\necho 'Error: out of order.' >&2\nexit 65\n")
    // SAFETY: the path is a C string for the duration of the call.
    #expect(unsafe chmod(folder.path("broken"), 0o755) == 0)
    let outcome = try run(
      [
        "run", "json-lines", "--force", "--lines", "1000", "--folder", "files", "--quiet",
        "--program", folder.path("broken"),
      ], in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("churn-risk import ended with 65: Error: out of order."))
  }

  @Test func `a benchmark that does not exist is wrong usage`() throws {
    let outcome = try run(["run", "speed"], in: try TemporaryFolder())
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("There is no benchmark 'speed'"))
  }

  @Test func `more lines than days and meters is wrong usage`() throws {
    let outcome = try run(
      ["workload", "--lines", "560001", "--days", "7"], in: try TemporaryFolder())
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("do not fit"))
  }

  @Test func `the scores of the lists are as the schema says, and the same each time`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.json", "b.json"] {
      let outcome = try run(
        ["scores", "--subscriptions", "500", "--managers", "7", "--output", name], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try folder.bytes("a.json") == folder.bytes("b.json"))
    try Schemas.expect(folder.path("a.json"), matches: .atRisk)
    let scores = try AtRiskDocument(contentsOf: folder.path("a.json"))
    #expect(scores.subscriptions.count == 500 && scores.excluded.count == 10)
    #expect(scores.subscriptions.filter(\.isAtRisk).count == 40)
  }
}
