import Glibc

// A file that is still being written, or cut short, while it is read would be taken for a whole one.
// Its size at the start, the bytes that were read and its size at the end must be the same.

/// Notices that a file changed its size while it was read.
struct SizeCheck {
  private let size: Int?
  private var position: Int

  /// Looks at an opened file; pipes and devices have no size that could change.
  init(_ descriptor: Int32) {
    size = Self.size(of: descriptor)
    // Somebody else may have read the beginning of standard input.
    position = max(0, lseek(descriptor, 0, SEEK_CUR))
  }

  /// Takes note of bytes that were read.
  mutating func note(_ count: Int) { position += count }

  /// Whether the end that was reached is that of the file as it was opened.
  ///
  /// Files that say they are empty and are not, as those of /proc, pass.
  func isWhole(_ descriptor: Int32) -> Bool {
    guard let size else { return true }
    return position >= size && Self.size(of: descriptor) == size
  }

  private static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    // SAFETY: `status` outlives the call.
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }
}

extension FileError {
  static func changed(_ path: String) -> FileError {
    FileError(
      kind: .unusable, path: path, what: "the file was changed while it was read",
      expected: "a file that is complete", remedy: "Wait until it is complete, then repeat.")
  }
}
