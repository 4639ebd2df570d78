import Files

/// The lists of one format, written by churn-risk and by a Python script, both as whole processes from
/// the same at-risk.json.
struct ListComparison {
  static let script = "lists.py"

  var format: String
  var scores: String
  var bench: Bench

  private var ours: String { "\(bench.scratch)/lists" }
  private var theirs: String { "\(bench.scratch)/lists-peer" }

  /// Writes the lists once by each, and compares what came out.
  ///
  /// - Returns: the memory that ours took, in bytes.
  /// - Throws: `NotMeasured` when one fails or the two differ.
  func check() throws -> Int {
    let own = try writeOurs()
    _ = try writeTheirs()
    let (a, b) = (try entries(ours), try entries(theirs))
    guard a.count == b.count else {
      throw NotMeasured(reason: "the script wrote \(b.count) files of \(a.count)")
    }
    for (name, entry) in a {
      guard let other = b[name], other.rows == entry.rows,
        !name.hasSuffix(".csv") || other.sha256 == entry.sha256
      else { throw NotMeasured(reason: "\(name) of the script differs") }
    }
    return own.peakMemory
  }

  func contenders() throws -> [Contender] {
    let version = try writeTheirs().output["version"]?.string ?? "Python"
    bench.report.note(
      "Lists: both are whole processes. CSV files have the same bytes, the others the same files and "
        + "numbers of rows; pages of the script have neither style nor script.")
    return [
      Contender(name: Program.name, prepare: { try removeTree(ours) }, run: { try writeOurs() }),
      Contender(name: version, prepare: { try removeTree(theirs) }, run: { try writeTheirs() }),
    ]
  }

  private func writeOurs() throws -> Run {
    let child = try ChildProcess(
      [
        bench.program.path, "export", "--scores", scores, "--format", format, "--output", ours,
        "--quiet", "--threads", "\(bench.program.threads)",
      ], scratch: bench.scratch)
    guard child.status == 0 else {
      throw NotMeasured(
        reason: "\(Program.name) export ended with \(child.status): \(firstLine(child.errors))")
    }
    return Run(child)
  }

  private func writeTheirs() throws -> Run {
    guard bench.peers.isInstalled else {
      throw NotMeasured(reason: "Python's libraries are not installed; 'make bench' installs them")
    }
    let child = try ChildProcess(
      [bench.peers.python, "-B", "\(bench.peers.scripts)/\(Self.script)", scores, theirs, format],
      scratch: bench.scratch)
    guard child.status == 0 else {
      let last = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").last ?? ""
      throw NotMeasured(reason: "\(Self.script) ended with \(child.status): \(last)")
    }
    return Run(child, output: try JSONValue(parsing: child.output, path: Self.script))
  }

  private func entries(_ folder: String) throws -> [String: (rows: Int?, sha256: String?)] {
    let path = "\(folder)/manifest.json"
    let files = try JSONValue(parsing: contents(ofFile: path), path: path)["files"]?.array ?? []
    return Dictionary(
      files.map { ($0["file"]?.string ?? "", ($0["rows"]?.int, $0["sha256"]?.string)) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Run {
  /// A whole process.
  init(_ child: ChildProcess, output: JSONValue = .null) {
    self.init(
      seconds: child.seconds, processorSeconds: child.processorSeconds,
      peakMemory: child.peakMemory, output: output)
  }
}

extension Bench {
  /// The scores of the comparisons: a twentieth as many subscriptions as the year has lines.
  var scores: ScoresWorkload { ScoresWorkload(subscriptions: max(200, options.lines / 20)) }

  /// The file of scores: written when it is missing, and in the page cache.
  func scoresFile(_ workload: ScoresWorkload) throws -> String {
    let path = "\(options.folder)/\(workload.name)"
    if fileSize(path) == nil {
      note("Writing \(path)")
      try runSelf([
        "scores", "--subscriptions", "\(workload.subscriptions)", "--managers",
        "\(workload.managers)", "--output", path,
      ])
    }
    try readThrough(path)
    return path
  }
}

extension ScoresWorkload {
  var shortTitle: String { "\(grouped(subscriptions)) scored" }
}
