/// Standard output and standard error, written directly.
///
/// The C globals `stdout` and `stderr` are shared mutable state, which Swift 6 refuses. A write
/// returns when every byte is accepted, so nothing is left to flush and no failure goes unseen.
public enum StandardStream: Int32, Sendable {
  /// Where results go.
  case output = 1
  /// Where messages and progress go.
  case error = 2

  /// Writes all bytes.
  ///
  /// - Throws: `OutputError.brokenPipe` when the reader is gone, as in `… | head`;
  ///   `OutputError.failed` for everything else, such as a full disk.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    try write(
      bytes, by: { System.write($0, to: rawValue) },
      waiting: { System.waitUntilWritable(rawValue) })
  }

  /// The loop of `write(_:)` over any way of writing some bytes.
  func write(
    _ bytes: [UInt8], by writeSome: (ArraySlice<UInt8>) -> System.WriteResult,
    waiting wait: () -> Void
  ) throws(OutputError) {
    var start = 0
    while start < bytes.count {
      switch writeSome(bytes[start...]) {
      case .wrote(let count): start += count
      case .interrupted: continue
      case .wouldBlock: wait()
      case .brokenPipe: throw .brokenPipe
      case .failed(let code): throw .failed(stream: self, code: code)
      }
    }
  }

  /// Writes text as UTF-8, exactly as it is: no line feed is added.
  ///
  /// - Throws: as `write(_:)` for bytes.
  public func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

  /// Writes a note to standard error: a full line, control characters escaped, failures ignored.
  ///
  /// When standard error itself is gone there is nobody left to tell.
  public static func note(_ text: String) {
    try? StandardStream.error.write(text.escaped(keepsLines: true) + "\n")
  }
}

/// Standard output or standard error did not accept what was written.
public enum OutputError: ExitCodeProviding, Hashable, CustomStringConvertible {
  /// The reader of a pipe has what it wants. The program ends quietly with status 0.
  case brokenPipe
  /// The system refused; `code` is an `errno`.
  case failed(stream: StandardStream, code: Int32)

  /// 0 when the reader has gone, else 73.
  public var exitCode: ExitCode {
    switch self {
    case .brokenPipe: .success
    case .failed: .cannotWrite
    }
  }

  /// True when the reader has gone: it has what it wants.
  public var isSilent: Bool { self == .brokenPipe }

  /// What failed, why, and what to do.
  public var description: String {
    switch self {
    case .brokenPipe: "The reader of the output has gone."
    case .failed(let stream, let code):
      "Standard \(stream == .output ? "output" : "error") cannot be written: "
        + "\(System.reason(forError: code)). Check the free space and where it is redirected to."
    }
  }
}
