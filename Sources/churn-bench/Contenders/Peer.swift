import Files

/// Another tool that is given the same file.
///
/// A peer is a Python script in `Training/peers`. It times its own work only, after its modules are
/// imported, so its start is not counted against it.
struct Peer {
  var name: String
  /// The script's file name.
  var script: String
  /// The settings that are measured; the fastest counts.
  var settings: [String]
  /// In which way its work is less or more than an import, a sentence.
  var difference: String

  static let duckDB = Peer(
    name: "DuckDB", script: "duckdb_import.py", settings: ["ordered", "unordered"],
    difference: "DuckDB stores every column of every line in a file, names included. churn-risk "
      + "stores day, meter and quantity, hashes the file, validates every field, rejects bad lines "
      + "one by one, drops duplicates and compares with what it knows.")

  static let polars = Peer(
    name: "Polars", script: "polars_scan.py", settings: ["streaming", "in-memory"],
    difference: "Polars reads, sums by subscription and stores nothing.")
}

/// The peers as they are installed.
struct PeerRunner {
  /// Python in the peers' virtual environment.
  var python: String
  /// The folder of the scripts.
  var scripts: String
  var threads: Int
  var scratch: String

  /// Where a peer that stores puts it.
  var store: String { "\(scratch)/peer.store" }

  var isInstalled: Bool { fileSize(python) != nil }

  /// Runs a peer over a file; its store must not exist yet.
  ///
  /// - Throws: `NotMeasured` when it fails or has other lines than were written.
  func run(_ peer: Peer, setting: String, on file: WorkloadFile) throws -> Run {
    let (output, peakMemory) = try answer(
      of: peer.script,
      words: [file.format.rawValue, file.path, store, "\(threads)", setting], name: peer.name)
    guard let seconds = output["seconds"]?.double,
      let processorSeconds = output["processorSeconds"]?.double
    else {
      throw NotMeasured(reason: "\(peer.name) did not say how long it took")
    }
    guard output["rows"]?.int == file.workload.lines else {
      throw NotMeasured(
        reason: "\(peer.name) has \(output["rows"]?.int ?? 0) lines of \(file.workload.lines)")
    }
    return Run(
      seconds: seconds, processorSeconds: processorSeconds, peakMemory: peakMemory,
      output: output)
  }

  /// Runs a script, whose last words are given.
  ///
  /// - Returns: what it printed, and the most memory that it took, in bytes.
  /// - Throws: `NotMeasured` when the peers are not installed, or it fails.
  func answer(
    of script: String, words: [String], name: String
  ) throws -> (output: JSONValue, peakMemory: Int) {
    guard isInstalled else {
      throw NotMeasured(reason: "\(name) is not installed; 'make bench' installs it")
    }
    let child = try ChildProcess([python, "-B", "\(scripts)/\(script)"] + words, scratch: scratch)
    guard child.status == 0 else {
      let last = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").last ?? ""
      throw NotMeasured(reason: "\(name) ended with \(child.status): \(last)")
    }
    return (try JSONValue(parsing: child.output, path: script), child.peakMemory)
  }

  /// Removes what a peer stored.
  func removeStore() throws {
    for ending in ["", ".wal"] { try removeFile(store + ending) }
  }
}
