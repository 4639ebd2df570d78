import Files
import Glibc

/// A file in memory for parsers that read files.
enum Scratch {
  /// Writes the bytes and hands out their path.
  static func withFile<Result>(
    of bytes: [UInt8], _ body: (String) throws -> Result
  ) rethrows -> Result {
    let path = "/dev/shm/churn-fuzz-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    do {
      try writeFile(path) { try $0.write(bytes) }
    } catch {
      fatalError("\(error)")
    }
    // SAFETY: the path is a C string for the duration of the call.
    defer { _ = unsafe unlink(path) }
    return try body(path)
  }
}
