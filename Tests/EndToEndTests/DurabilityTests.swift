import Foundation
import Testing

/// A killed import, and imports beside each other: the store is as before or after, never between.
struct DurabilityTests {
  /// What a store answers; "missing" when there is none.
  private func answers(_ program: Program) throws -> String {
    let imports = try program.run(["imports", "--json"])
    guard imports.status != 66 else { return "missing" }
    #expect(imports.status == 0, "\(imports.errors)")
    return imports.output + (try program.succeed(["status", "--json"]).output)
  }

  /// How often an import is killed; `CHURN_RISK_KILLS` names another number.
  private static let kills =
    ProcessInfo.processInfo.environment["CHURN_RISK_KILLS"].flatMap { Int($0) } ?? 20

  /// Imports `usage.jsonl` again and again, each time into the store of `before`, kills the program at
  /// a moment of the seed, and imports again.
  private func killManyTimes(seed: UInt64, before: Data?, usage: String) throws {
    var generator = SplitMix64(state: seed)
    func fresh() throws -> (TemporaryFolder, Program) {
      let folder = try TemporaryFolder()
      if let before { try folder.write("churn-risk.sqlite", before) }
      return (folder, Program(folder: folder.path))
    }
    let words = ["import", usage]
    let (undisturbed, program) = try fresh()
    let unchanged = try answers(program)
    let start = ContinuousClock.now
    try program.succeed(words)
    let duration = ContinuousClock.now - start
    let whole = try answers(program)
    #expect(whole != unchanged)
    _ = undisturbed
    var killed = 0
    for round in 0..<Self.kills {
      let (folder, program) = try fresh()
      let moment = duration * Double(generator.next() % 1_000) / 900
      let outcome = try program.run(words, killedAfter: moment)
      let after = try answers(program)
      if outcome.status == 128 + SIGKILL {
        killed += 1
        #expect(after == unchanged || after == whole, "round \(round), killed after \(moment)")
      } else {
        #expect(outcome.status == 0 && after == whole, "round \(round): \(outcome.errors)")
      }
      try program.succeed(words)
      // Nothing else is left: the write-ahead log went with the last import.
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names == ["churn-risk.sqlite"], "round \(round)")
      #expect(try answers(program) == whole, "round \(round), imported again")
    }
    print("killed \(killed) of \(Self.kills) imports, seed \(seed)")
    #expect(killed >= Self.kills / 4, "only \(killed) of \(Self.kills) were killed in time")
  }

  /// Some MB of usage, in a file whose folder tells its day.
  private func usage(in folder: TemporaryFolder) throws -> String {
    let lines = (0..<12_000).map { number in
      let day = String(number % 28 + 1)
      return Exports.usage(
        number % 300, day: "2026-01-\(day.count == 1 ? "0" : "")\(day)",
        ["quantity": "\(number)", "meterCategory": "\"Meter \(number % 17)\""])
    }
    try folder.write("2026-02-02/usage.jsonl", lines.joined(separator: "\n"))
    return folder.path("2026-02-02/usage.jsonl")
  }

  @Test func `a first import killed at any moment leaves no history or all of it`() throws {
    let folder = try TemporaryFolder()
    try killManyTimes(seed: 1, before: nil, usage: try usage(in: folder))
  }

  @Test func `a further import killed at any moment leaves the store as before or after`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let rows = (0..<300).map { Exports.subscription($0) }
    try folder.write("2026-01-05/subscriptions.json", Exports.envelope(rows))
    try folder.write(
      "2026-01-05/usage.jsonl",
      (0..<300).map { Exports.usage($0, day: "2026-01-03") }.joined(separator: "\n"))
    try program.succeed(["import", "2026-01-05"])
    let before = try folder.bytes("churn-risk.sqlite")
    try killManyTimes(seed: 2, before: before, usage: try usage(in: folder))
  }

  @Test func `an erasure killed at any moment is undone or done, and the next one leaves no trace`()
    throws
  {
    let exports = try TemporaryFolder()
    let usage = try usage(in: exports)
    func fresh(_ store: Data?) throws -> (TemporaryFolder, Program) {
      let folder = try TemporaryFolder()
      if let store { try folder.write("churn-risk.sqlite", store) }
      return (folder, Program(folder: folder.path))
    }
    let (source, program) = try fresh(nil)
    try program.succeed(["import", usage])
    let before = try source.bytes("churn-risk.sqlite")
    let unchanged = try answers(program)
    let words = ["forget", "--customer", Exports.tenant(7)]
    let start = ContinuousClock.now
    try program.succeed(words)
    let duration = ContinuousClock.now - start
    let whole = try answers(program)
    let trace = Data(Exports.tenant(7).lowercased().utf8)
    #expect(before.range(of: trace) != nil && whole != unchanged)
    var generator = SplitMix64(state: 3)
    for round in 0..<Self.kills {
      let (folder, program) = try fresh(before)
      let moment = duration * Double(generator.next() % 1_000) / 900
      _ = try program.run(words, killedAfter: moment)
      let after = try answers(program)
      #expect(after == unchanged || after == whole, "round \(round), killed after \(moment)")
      try program.succeed(words)
      #expect(try folder.bytes("churn-risk.sqlite").range(of: trace) == nil, "round \(round)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names == ["churn-risk.sqlite"], "round \(round)")
      #expect(try answers(program) == whole, "round \(round), erased again")
    }
  }

  /// Two imports into a store that does not exist yet: one fails at last while the other waits for it.
  ///
  /// What the second one brings must not go with the first.
  @Test func `an import that fails takes nothing of another with it`() async throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write("2026-01-06/good.jsonl", Exports.usage(1, day: "2026-01-01"))
    // More than is looked at before the store is asked for; not a row of it can be used.
    let bad = Exports.usage(1, day: "2026-01-01", ["quantity": "-1"]) + "\n"
    try folder.write("bad.jsonl", String(repeating: bad, count: 2_000_000 / bad.utf8.count))
    let command = "(cat bad.jsonl; sleep 1) | \"$0\" import - --observed-on 2026-01-05"
    async let failing = Task.detached {
      try Program.execute("/bin/bash", ["-c", command, Program.path], folder: folder.path)
    }.value
    try await Task.sleep(for: .milliseconds(400))
    let second = try program.run(["import", "2026-01-06"])
    let first = try await failing
    #expect(first.status == 65, "\(first.errors)")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try program.succeed(["imports"]).output.contains("1 import"))
  }
}

/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
