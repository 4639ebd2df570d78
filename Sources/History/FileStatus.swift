internal import Glibc

// The few questions to the file system that this room asks. All of its system calls are here.

/// What stands at a path.
struct FileStatus {
  enum Kind { case file, folder, other }

  /// What makes a file or a folder the same as another, whatever the paths that lead to it.
  struct Identity: Hashable {
    var device: UInt
    var number: UInt
  }

  var kind: Kind
  var identity: Identity
  var byteCount: Int
  /// The UTC day on which the content was last changed.
  var modifiedOn: CalendarDay

  /// Follows symbolic links; nil when there is nothing, or nothing that may be looked at.
  init?(path: String) {
    var code: Int32 = 0
    self.init(path: path, code: &code)
  }

  /// As above; `code` then tells why, as an `errno` value.
  init?(path: String, code: inout Int32) {
    var status = stat()
    // SAFETY: `status` outlives the call, and the path is a C string for its duration.
    guard unsafe stat(path, &status) == 0 else {
      code = errno
      return nil
    }
    identity = Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    byteCount = Int(status.st_size)
    // Rounds down also before 1970.
    let seconds = status.st_mtim.tv_sec
    modifiedOn = CalendarDay(
      daysSinceEpoch: Int32(clamping: seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)))
  }
}

extension FileStatus {
  /// Whether an `errno` value says that there is nothing, or a link to nothing or to itself.
  static func isNothing(_ code: Int32) -> Bool { [ENOENT, ENOTDIR, ELOOP].contains(code) }
}

/// The names in a folder, sorted by their bytes, without `.`, `..` and hidden ones.
///
/// - Returns: nil when the folder cannot be read; `code` then tells why, as an `errno` value.
func visibleNames(inFolder path: String, code: inout Int32) -> [String]? {
  // SAFETY: the path is a C string for the duration of the call.
  guard let folder = unsafe opendir(path) else {
    code = errno
    return nil
  }
  // SAFETY: the folder is open and closed once.
  defer { unsafe _ = closedir(folder) }
  var names: [String] = []
  // SAFETY: the entry stays valid until the next call of readdir.
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// The same for those who need no reason.
func visibleNames(inFolder path: String) -> [String]? {
  var code: Int32 = 0
  return visibleNames(inFolder: path, code: &code)
}

/// The path without links and dots; nil when there is nothing.
func realPath(_ path: String) -> String? {
  // SAFETY: the path is a C string for the duration of the call; realpath allocates its answer,
  // which is freed here.
  guard let real = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}

/// Today, in UTC.
func today() -> CalendarDay { CalendarDay(daysSinceEpoch: Int32(time(nil) / 86_400)) }

/// Creates an empty file that only its owner can read.
///
/// - Returns: 0, or the `errno` value; `EEXIST` when there is one already.
func createPrivateFile(_ path: String) -> Int32 {
  // SAFETY: the path is a C string for the duration of the call.
  let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { return errno }
  close(descriptor)
  return 0
}

/// Removes a file if it is there.
func removeFile(_ path: String) {
  // SAFETY: the path is a C string for the duration of the call.
  unsafe _ = unlink(path)
}

/// The text of an `errno` value, for instance "Permission denied".
func systemMessage(_ code: Int32) -> String {
  // SAFETY: strerror returns a terminated string; glibc keeps it per thread until the next call.
  unsafe String(cString: strerror(code))
}

/// Makes the bytes of a file last and gives it its name; a file of that name is replaced.
///
/// - Returns: 0, or the `errno` value.
func publishFile(_ partial: String, as path: String) -> Int32 {
  // SAFETY: the paths are C strings for the duration of the calls.
  let descriptor = unsafe open(partial, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return errno }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0, unsafe rename(partial, path) == 0 else { return errno }
  return 0
}
