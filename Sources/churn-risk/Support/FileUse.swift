import CommandLineKit
import Files

/// The files that a command reads and writes, compared before the work begins.
///
/// An output that is also an input would consume it, and some inputs exist only once: last week's
/// scores, the history, an export of a day that is gone. Of two outputs in one place one would be left.
/// Files are the same when device and inode are, or the place where they would be made; so links and
/// other spellings do not get around it. Devices such as `/dev/null` may be named twice.
///
/// ```swift
/// var files = FileUse()
/// files.reads(previous, by: "--previous")
/// files.writes(output, by: "--output")
/// try files.check()
/// ```
struct FileUse {
  private var inputs: [Use] = []
  private var outputs: [Use] = []

  private struct Use {
    /// What the reader calls it: an option, or "the history".
    var user: String
    var path: String
    var identity: FileIdentity
  }

  /// The file will be read; nil is no file.
  ///
  /// A folder stands for every file in it. What comes from standard input cannot be replaced.
  mutating func reads(_ path: String?, by user: String) {
    guard let path, path != "-", let identity = FileIdentity(ofPath: path) else { return }
    inputs.append(Use(user: user, path: path, identity: identity))
  }

  /// The history is read, changed, or about to be made, with the files that SQLite keeps beside it.
  mutating func keeps(store: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { reads(store + suffix, by: "--store") }
  }

  /// The file will be written; nil is no file, `-` standard output.
  mutating func writes(_ path: String?, by user: String) {
    guard let path, let identity = FileIdentity(ofPath: path) else { return }
    outputs.append(Use(user: user, path: path, identity: identity))
  }

  /// Compares every output with every input and with each other.
  ///
  /// - Throws: `UsageError`, exit status 64.
  func check() throws(UsageError) {
    for output in outputs {
      if let input = inputs.first(where: { Self.replaces(output, $0) }) {
        throw UsageError(
          "\(output.user) \(output.path) would replace a file that \(input.user) \(input.path) names. "
            + "Nothing was changed. Name another place with \(output.user).")
      }
    }
    for (index, output) in outputs.enumerated() {
      guard let other = outputs[..<index].first(where: { $0.identity == output.identity })
      else { continue }
      let place = output.path == "-" ? "standard output" : "the same file, \(output.path)"
      throw UsageError(
        "\(other.user) and \(output.user) name \(place); only one of them would be left whole. "
          + "Nothing was changed. Give each a file of its own.")
    }
  }

  private static func replaces(_ output: Use, _ input: Use) -> Bool {
    output.identity == input.identity || isFile(output.path, inside: input.path)
  }
}
