import Foundation
import Testing

/// The built binary, run as a user runs it.
struct Program {
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The folder that relative paths start from.
  var folder: String
  var environment: [String: String] = [:]

  /// The binary that `CHURN_RISK_PROGRAM` names, else the one beside the test bundle.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["CHURN_RISK_PROGRAM"] { return named }
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let products =
      bundle.bundlePath.hasSuffix(".xctest")
      ? bundle.bundleURL.deletingLastPathComponent()
      : URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return products.appendingPathComponent("churn-risk").path
  }()

  /// Runs the program to its end, or kills it after a while; standard input is empty unless given.
  @discardableResult
  func run(
    _ words: [String], input: String = "", killedAfter: Duration? = nil
  ) throws -> Outcome {
    try Self.execute(
      Self.path, words, folder: folder, environment: environment, input: input,
      killedAfter: killedAfter)
  }

  /// Runs the program and expects status 0.
  @discardableResult
  func succeed(
    _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(words)
    #expect(
      outcome.status == 0, "churn-risk \(words.joined(separator: " ")): \(outcome.errors)",
      sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs any executable; outputs go through files, so that no pipe can fill up.
  static func execute(
    _ executable: String, _ words: [String], folder: String, environment: [String: String] = [:],
    input: String = "", killedAfter: Duration? = nil
  ) throws -> Outcome {
    let scratch = try TemporaryFolder()
    var variables = ProcessInfo.processInfo.environment
    for name in ["STORE", "TOKENS", "ACTIVITY"] { variables["CHURN_RISK_\(name)"] = nil }
    for (name, value) in environment { variables[name] = value }
    try scratch.write("in", input)
    try scratch.write("out", "")
    try scratch.write("err", "")
    let status = try ChildProcess.run(
      executable, words, folder: folder, environment: variables,
      streams: (scratch.path("in"), scratch.path("out"), scratch.path("err")),
      killedAfter: killedAfter)
    return Outcome(
      status: status, output: try scratch.text("out"), errors: try scratch.text("err"))
  }
}

/// A folder of its own for one test, removed with it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("churn-risk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it.
  func write(_ name: String, _ content: String) throws {
    try write(name, Data(content.utf8))
  }

  func write(_ name: String, _ content: Data) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}

/// Places in the repository.
enum Repository {
  /// The top of the checkout.
  static let root: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A file or folder beside the checkout that is not part of it; nil when it is not there.
  static func shared(_ name: String) -> String? {
    let path = URL(fileURLWithPath: "\(root)/../shared/\(name)").standardized.path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
