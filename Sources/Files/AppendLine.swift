internal import Glibc

/// Adds a line to a file that others may be reading; made with mode 0600 where it is missing.
///
/// - Throws: `FileError` of kind `unwritable`.
package func appendLine(_ line: String, to path: String) throws(FileError) {
  let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode: 0o600)
  guard opened.result >= 0 else { throw FileError.notWritten(path, opened.code) }
  defer { close(opened.result) }
  let bytes = Array((line + "\n").utf8)
  // One call, so that lines of two processes do not mix.
  // SAFETY: the buffer is valid for the duration of the call.
  let (written, code) = unsafe bytes.withUnsafeBytes { buffer in
    retrying { unsafe Glibc.write(opened.result, buffer.baseAddress, buffer.count) }
  }
  guard written == bytes.count, fsync(opened.result) == 0 else {
    throw FileError.notWritten(path, written < 0 ? code : ENOSPC)
  }
}
