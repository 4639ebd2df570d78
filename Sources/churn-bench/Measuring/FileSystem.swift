import Files
import Glibc

// The few questions to the file system that measuring asks.

/// The size of a file in bytes; nil when there is none.
func fileSize(_ path: String) -> Int? {
  var status = stat()
  // SAFETY: `status` is ours, and the path is a C string for the duration of the call.
  return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
}

/// Reads a file from its start to its end and forgets it, which also brings it into the page cache.
///
/// - Returns: how long that took, in seconds.
/// - Throws: `FileError` when it cannot be read.
@discardableResult
func readThrough(_ path: String) throws(FileError) -> Double {
  // SAFETY: the path is a C string for the duration of the call.
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw FileError(kind: .missing, path: path, what: "cannot be opened")
  }
  defer { close(descriptor) }
  var block = [UInt8](repeating: 0, count: 1 << 20)
  let start = monotonicSeconds()
  while true {
    // SAFETY: read writes at most `count` bytes, which the block has.
    let count = unsafe block.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    guard count >= 0 else {
      throw FileError(kind: .unusable, path: path, what: "cannot be read")
    }
    if count == 0 { return monotonicSeconds() - start }
  }
}

/// Has the system write out what waits in memory, so that it does not do so during the next run.
func writeOutEverything() { sync() }
