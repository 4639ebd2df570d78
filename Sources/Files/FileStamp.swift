internal import Glibc

/// What a file looks like from outside; another one means that it may have another content.
///
/// Files that are replaced whole, as `writeFile` does, have another inode; what is written in place has another
/// time.
package struct FileStamp: Sendable, Hashable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int
  /// When the file itself or its permissions were last changed.
  private let changedSeconds: Int
  private let changedNanoseconds: Int

  /// Looks at a file; nil where there is none.
  package init?(ofPath path: String) {
    var found = stat()
    // SAFETY: `found` is ours, and the string lives as a C string for the duration of the call.
    guard unsafe stat(path, &found) == 0 else { return nil }
    device = UInt(found.st_dev)
    inode = UInt(found.st_ino)
    size = Int(found.st_size)
    seconds = found.st_mtim.tv_sec
    nanoseconds = found.st_mtim.tv_nsec
    changedSeconds = found.st_ctim.tv_sec
    changedNanoseconds = found.st_ctim.tv_nsec
  }

  /// Whether it is the same file, whatever stands in it.
  package func isSameFile(as other: FileStamp) -> Bool {
    device == other.device && inode == other.inode
  }
}
