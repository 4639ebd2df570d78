import Glibc

/// A file being written by `writeFile`, in order and through a buffer.
///
/// Copies write to the same file. It may be used only inside the body of `writeFile`.
package struct OutputFile {
  let sink: OutputSink

  /// A place in memory that takes what is written like a file.
  static func inMemory() -> OutputFile { OutputFile(sink: OutputSink()) }

  /// Appends `text` in UTF-8.
  package mutating func write(_ text: String) throws(FileError) {
    sink.buffer.append(contentsOf: text.utf8)
    try sink.flushIfFull()
  }

  /// Appends `bytes` as they are.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    sink.buffer.append(contentsOf: bytes)
    try sink.flushIfFull()
  }
}

/// The buffer in front of a file descriptor, with gzip in between where asked for.
final class OutputSink {
  /// Waiting to be written; whoever appends calls `flushIfFull` afterwards.
  var buffer: [UInt8] = []
  /// Nil keeps everything in the buffer.
  private let descriptor: Int32?
  private let path: String
  private var deflater: Deflater?
  private var isFinished = false

  private static let fullSize = 1 << 16

  init(descriptor: Int32, path: String, gzip: Bool) {
    self.descriptor = descriptor
    self.path = path
    deflater = gzip ? Deflater() : nil
  }

  /// In memory.
  init() {
    descriptor = nil
    path = ""
  }

  func flushIfFull() throws(FileError) {
    precondition(!isFinished, "a file is written only inside the body of writeFile")
    if buffer.count >= Self.fullSize, descriptor != nil { try flush(isLast: false) }
  }

  /// Writes what is left, with the end of the gzip data.
  func finish() throws(FileError) {
    try flush(isLast: true)
    isFinished = true
  }

  private func flush(isLast: Bool) throws(FileError) {
    guard let descriptor else { return }
    let bytes = deflater.map { $0.deflate(buffer, isLast: isLast) } ?? buffer
    buffer.removeAll(keepingCapacity: true)
    var start = 0
    while start < bytes.count {
      let (written, code) = retrying {
        // SAFETY: start < count, so the pointer covers the `count - start` bytes that are written.
        unsafe bytes.withUnsafeBytes {
          unsafe Glibc.write(descriptor, $0.baseAddress.map { unsafe $0 + start }, $0.count - start)
        }
      }
      guard written >= 0 else { throw FileError.notWritten(path, code) }
      start += written
    }
  }
}

extension FileError {
  static func notWritten(_ path: String, _ code: Int32) -> FileError {
    let remedy =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "Free some space or choose another place."
      case EPIPE: "The reader of the output has gone."
      default: "Check the place and its permissions."
      }
    var error = FileError(
      kind: .unwritable, path: path, what: "cannot be written: \(systemMessage(code))",
      remedy: remedy)
    error.isReaderGone = path == "-" && code == EPIPE
    return error
  }
}
