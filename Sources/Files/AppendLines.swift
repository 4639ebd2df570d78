internal import Glibc

/// Adds whole lines to a file that others may be reading or adding to, and waits until they are on the disk.
///
/// The file is made with mode 0600 where it is missing. A last line without its end, which somebody who
/// was killed left behind, gets one first, so that it spoils no line but itself.
///
/// - Parameters:
///   - lines: each with its line feed.
///   - path: a file or a device.
/// - Returns: how many of the bytes were written, and why not all of them.
package func append(_ lines: [UInt8], to path: String) -> (count: Int, failure: FileError?) {
  let opened = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode: 0o600)
  guard opened.result >= 0 else { return (0, .notWritten(path, opened.code)) }
  defer { close(opened.result) }
  let ending: [UInt8] = isTorn(opened.result) ? [UInt8(ascii: "\n")] : []
  // One call for all, so that lines of two processes do not mix; a second one only where the first
  // could not write everything.
  let bytes = ending + lines
  var written = 0
  while written < bytes.count {
    // SAFETY: written < count, so the pointer covers the `count - written` bytes that are written.
    let (count, code) = unsafe bytes.withUnsafeBytes { buffer in
      retrying {
        unsafe Glibc.write(
          opened.result, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
    }
    guard count >= 0 else {
      return (max(0, written - ending.count), .notWritten(path, code))
    }
    written += count
  }
  let (synced, code) = retrying { fdatasync(opened.result) }
  // Devices have nothing to wait for.
  guard synced == 0 || code == EINVAL || code == EROFS else {
    return (lines.count, .notWritten(path, code))
  }
  return (lines.count, nil)
}

/// Adds one line, without its line feed.
///
/// - Throws: `FileError` of kind `unwritable`.
package func appendLine(_ line: String, to path: String) throws(FileError) {
  if let failure = append(Array((line + "\n").utf8), to: path).failure { throw failure }
}

/// Whether a file ends in the middle of a line.
private func isTorn(_ descriptor: Int32) -> Bool {
  let end = lseek(descriptor, 0, SEEK_END)
  guard end > 0 else { return false }
  var last: UInt8 = 0
  // SAFETY: one byte is read into `last`, which is ours.
  let (count, _) = retrying { unsafe pread(descriptor, &last, 1, end - 1) }
  return count == 1 && last != UInt8(ascii: "\n")
}
