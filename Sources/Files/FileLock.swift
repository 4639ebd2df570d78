internal import Glibc

/// Holds a lock file for as long as it lives; the system lets go of it when the process ends, however that
/// happens.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameter path: the file that stands for the lock; made where it is missing, and left behind.
  /// - Returns: nil when another process has it.
  /// - Throws: `FileError` of kind `unwritable` when the file cannot be opened.
  package static func take(_ path: String) throws(FileError) -> FileLock? {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode: 0o600)
    guard opened.result >= 0 else { throw FileError.notWritten(path, opened.code) }
    let (result, code) = retrying { flock(opened.result, LOCK_EX | LOCK_NB) }
    guard result == 0 else {
      close(opened.result)
      guard code == EWOULDBLOCK else { throw FileError.notWritten(path, code) }
      return nil
    }
    return FileLock(descriptor: opened.result)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}
