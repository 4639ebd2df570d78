import CommandLineKit
import Files
import Glibc

/// The program that is measured, as a user runs it: a whole process, from its start to its end.
struct Program {
  static let name = "churn-risk"

  /// The binary.
  var path: String
  var threads: Int
  /// A folder for what it prints.
  var scratch: String

  /// The binary that was built together with this one.
  static var besideThis: String {
    let own = pathOfThisProgram()
    return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)]) + "/" + name
  }

  /// Imports a file into a store, which is created when it is missing.
  ///
  /// - Throws: `NotMeasured` when not every line was taken as a new one.
  func importFile(_ file: WorkloadFile, into store: String) throws -> Run {
    let words = [
      path, "import", file.path, "--store", store, "--json", "--quiet", "--threads", "\(threads)",
    ]
    let child = try ChildProcess(words, scratch: scratch)
    guard child.status == 0 else {
      throw NotMeasured(
        reason: "\(Self.name) import ended with \(child.status): "
          + withoutPath(firstLine(child.errors), file.path))
    }
    let output = try JSONValue(parsing: child.output, path: "\(Self.name) import")
    let report = output["files"]?[0]
    let (accepted, new) = (report?["rowsAccepted"]?.int, report?["linesNew"]?.int)
    guard accepted == file.workload.lines, new == file.workload.lines else {
      throw NotMeasured(
        reason: "\(Self.name) took \(accepted ?? 0) lines of \(file.workload.lines), "
          + "\(new ?? 0) of them new")
    }
    return Run(
      seconds: child.seconds, processorSeconds: child.processorSeconds,
      peakMemory: child.peakMemory, output: output)
  }

  /// Imports a folder into a new store.
  ///
  /// - Throws: `NotMeasured` when it fails.
  func importFolder(_ folder: String, into store: String) throws {
    try Self.removeStore(store)
    let child = try ChildProcess(
      [path, "import", folder, "--store", store, "--quiet", "--threads", "\(threads)"],
      scratch: scratch)
    guard child.status == 0 else {
      throw NotMeasured(
        reason: "\(Self.name) import ended with \(child.status): "
          + withoutPath(firstLine(child.errors), folder))
    }
  }

  /// Writes the panel of a partner's landmarks.
  ///
  /// - Throws: `NotMeasured` when it fails.
  func writePanel(of partner: PartnerWorkload, from store: String, to file: String) throws -> Run {
    let recipe = "\(scratch)/recipe.json"
    try writeFile(recipe) { file in
      let recipe: JSONValue = [
        "schemaVersion": 1, "name": "benchmark", "events": ["deprovisioned", "suspended"],
        "horizonDays": .integer(PartnerWorkload.horizonDays), "reactivationGraceDays": 0,
      ]
      try file.write(recipe.serialized() + "\n")
    }
    let days = partner.landmarks
    let words = [
      path, "features", "--store", store, "--recipe", recipe, "--from", "\(days[0])", "--to",
      "\(days[days.count - 1])", "--every", "\(PartnerWorkload.spacing)", "--lag",
      "\(PartnerWorkload.lagDays)", "--output", file, "--quiet", "--threads", "\(threads)",
    ]
    let child = try ChildProcess(words, scratch: scratch)
    guard child.status == 0 else {
      throw NotMeasured(
        reason: "\(Self.name) features ended with \(child.status): \(firstLine(child.errors))")
    }
    return Run(
      seconds: child.seconds, processorSeconds: child.processorSeconds,
      peakMemory: child.peakMemory)
  }

  /// Removes a store and what SQLite keeps beside it.
  static func removeStore(_ store: String) throws {
    for ending in ["", "-wal", "-shm"] { try removeFile(store + ending) }
  }

  /// The size of a store with what SQLite keeps beside it, in bytes.
  static func sizeOfStore(_ store: String) -> Int {
    ["", "-wal"].reduce(0) { $0 + (fileSize(store + $1) ?? 0) }
  }
}

/// The first line of what a program printed, for a message.
func firstLine(_ output: [UInt8]) -> String {
  String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
}

/// A message without the file's name, so that the same message about another file reads the same.
func withoutPath(_ message: String, _ path: String) -> String {
  var parts: [Substring] = []
  var rest = message[...]
  while let range = rest.firstRange(of: path) {
    parts.append(rest[..<range.lowerBound])
    rest = rest[range.upperBound...]
  }
  return (parts + [rest]).joined(separator: "the file")
}

/// Where this program's binary is.
func pathOfThisProgram() -> String {
  var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
  // SAFETY: readlink writes at most `count` bytes into the buffer and returns how many.
  let length = unsafe buffer.withUnsafeMutableBytes { bytes in
    unsafe bytes.baseAddress.map {
      unsafe readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), bytes.count)
    } ?? -1
  }
  return String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
}
