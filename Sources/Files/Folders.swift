internal import Glibc

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

/// Removes a folder with everything in it; links in it are removed and not followed.
///
/// - Throws: `FileError` of kind `unwritable` when something cannot be removed.
package func removeTree(_ path: String) throws(FileError) {
  for name in namesOfFolder(path) {
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
package func namesOfFolder(_ path: String) -> [String] {
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

/// A folder that cannot be opened or synced (some network file systems) has nothing better to offer.
func syncFolder(_ path: String) {
  let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
  guard opened.result >= 0 else { return }
  _ = fsync(opened.result)
  close(opened.result)
}
