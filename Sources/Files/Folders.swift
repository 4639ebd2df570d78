internal import CExchange
internal import Glibc

/// Puts a filled folder in its place.
///
/// One that is there already trades places with it in one step, and is then removed: whoever looks finds
/// the old or the new one, never none. File systems that cannot do that let the old one step aside first,
/// under the name of `asideName`; whoever was killed between the two steps finds it there.
///
/// - Parameters:
///   - folder: becomes `place`; on the same file system.
///   - place: a folder that is there already is removed afterwards.
/// - Throws: `FileError` of kind `unwritable`.
package func publish(_ folder: String, as place: String) throws(FileError) {
  syncFolder(folder)
  guard fileType(ofPath: place) != nil else {
    try renameFolder(folder, to: place)
    return
  }
  // SAFETY: both strings live as C strings for the duration of the call.
  let (result, code) = retrying { unsafe exchange_names(folder, place) }
  if result == 0 {
    syncFolder(parent(of: place))
    try removeTree(folder)
  } else if [ENOSYS, EINVAL, EOPNOTSUPP].contains(code) {
    try publishInTwoSteps(folder, as: place)
  } else {
    throw FileError.notWritten(place, code)
  }
}

/// What a folder is called while another takes its place in two steps.
package func asideName(_ place: String) -> String { place + ".old" }

func publishInTwoSteps(_ folder: String, as place: String) throws(FileError) {
  let old = asideName(place)
  if fileType(ofPath: old) != nil { try removeTree(old) }
  try renameFolder(place, to: old)
  try renameFolder(folder, to: place)
  try removeTree(old)
}

/// Gives a folder another name on the same file system; an empty folder of that name is replaced.
///
/// - Throws: `FileError` of kind `unwritable`.
package func renameFolder(_ folder: String, to place: String) throws(FileError) {
  // SAFETY: both strings live as C strings for the duration of the call.
  guard unsafe rename(folder, place) == 0 else { throw FileError.notWritten(place, errno) }
  syncFolder(parent(of: place))
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
package func namesOfFolder(_ path: String) -> [String] { (try? readFolder(path)) ?? [] }

/// The names in a folder, ascending, without `.` and `..`.
///
/// - Throws: `FileError` of kind `unusable`.
package func readFolder(_ path: String) throws(FileError) -> [String] {
  // SAFETY: the stream is closed below; each entry is copied before the next is read.
  guard let stream = unsafe opendir(path) else {
    throw FileError(
      kind: .unusable, path: path, what: "the folder cannot be read: \(systemMessage(errno))",
      remedy: "Check the place and its permissions.")
  }
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
