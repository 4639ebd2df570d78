internal import Glibc

// Whole folders, as writeFile makes whole files: a folder is filled under another name and takes its place
// in one step.

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

/// Puts a filled folder in its place.
///
/// One that is there already steps aside first: between the two steps there
/// is none, and never half of one.
///
/// - Parameters:
///   - folder: becomes `place`; on the same file system.
///   - place: a folder that is there already is removed afterwards.
/// - Throws: `FileError` of kind `unwritable`.
package func publish(_ folder: String, as place: String) throws(FileError) {
  syncFolder(folder)
  let old = place + ".old"
  if fileType(ofPath: place) != nil {
    if fileType(ofPath: old) != nil { try removeTree(old) }
    // SAFETY: both strings live as C strings for the duration of the call.
    guard unsafe rename(place, old) == 0 else { throw FileError.notWritten(place, errno) }
  }
  // SAFETY: as above.
  guard unsafe rename(folder, place) == 0 else { throw FileError.notWritten(place, errno) }
  syncFolder(parent(of: place))
  if fileType(ofPath: old) != nil { try removeTree(old) }
}

/// Makes a symbolic link, or lets it name something else, in one step.
///
/// - Parameters:
///   - path: the link.
///   - destination: what it names, relative to the folder of the link.
/// - Throws: `FileError` of kind `unwritable`, also when something other than a link is there.
package func pointLink(_ path: String, to destination: String) throws(FileError) {
  var status = stat()
  // SAFETY: the string lives for the duration of the call, and `status` outlives it.
  if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
    throw FileError(
      kind: .unwritable, path: path, what: "is no symbolic link", expected: "a link or nothing",
      remedy: "Move it out of the way.")
  }
  let temporary = path + ".new"
  try removeFile(temporary)
  // SAFETY: both strings live as C strings for the duration of the calls.
  guard unsafe symlink(destination, temporary) == 0, unsafe rename(temporary, path) == 0 else {
    throw FileError.notWritten(path, errno)
  }
  syncFolder(parent(of: path))
}

/// What a symbolic link names; nil where there is none.
package func destination(ofLink path: String) -> String? {
  var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
  // SAFETY: at most as many bytes are written as the array has.
  let count = unsafe readlink(path, &bytes, bytes.count)
  guard count > 0 else { return nil }
  return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Removes a folder with everything in it; links in it are removed and not followed.
///
/// - Throws: `FileError` of kind `unwritable` when something cannot be removed.
package func removeTree(_ path: String) throws(FileError) {
  for name in names(inFolder: path) {
    let inside = joined(path, name)
    var status = stat()
    // SAFETY: the string lives for the duration of the call, and `status` outlives it.
    if unsafe lstat(inside, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      try removeTree(inside)
    } else {
      try removeFile(inside)
    }
  }
  // SAFETY: the string lives as a C string for the duration of the call.
  let (result, code) = retrying { unsafe rmdir(path) }
  guard result == 0 || code == ENOENT else { throw FileError.notWritten(path, code) }
}

/// The names in a folder, ascending, without `.` and `..`; none where it cannot be read.
package func names(inFolder path: String) -> [String] {
  // SAFETY: the stream is closed below; each entry is copied before the next is read.
  guard let stream = unsafe opendir(path) else { return [] }
  defer { _ = unsafe closedir(stream) }
  var found: [String] = []
  while let entry = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { found.append(name) }
  }
  return found.sorted()
}

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

/// A folder that cannot be opened or synced (some network file systems) has nothing better to offer.
private func syncFolder(_ path: String) {
  let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
  guard opened.result >= 0 else { return }
  _ = fsync(opened.result)
  close(opened.result)
}
