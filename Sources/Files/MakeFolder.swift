internal import Glibc

/// Makes a folder, with its parents, where there is none; mode 0700 unless told otherwise.
///
/// - Parameters:
///   - path: the folder; one that is there stays as it is, its mode too.
///   - mode: the permissions of every folder that is made, whatever the umask says.
/// - Returns: the folders that were made, outermost first.
/// - Throws: `FileError` of kind `unwritable` when it cannot be made or a file stands in its place.
@discardableResult
package func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(FileError) -> [String] {
  switch fileType(ofPath: path) {
  case S_IFDIR: return []
  case nil: break
  default:
    throw FileError(
      kind: .unwritable, path: path, what: "is a file", expected: "a folder",
      remedy: "Choose another folder.")
  }
  let above = parent(of: path)
  let made = above == path ? [] : try makeFolder(above, mode: mode)
  // SAFETY: the string lives as a C string for the duration of the call.
  let (result, code) = retrying { unsafe mkdir(path, 0o700) }
  if code == EEXIST { return made }
  guard result == 0 else { throw cannotMake(path, code) }
  // What was made here is ours to open up to others.
  // SAFETY: as above.
  let (opened, reason) = retrying { unsafe chmod(path, mode_t(mode)) }
  guard opened == 0 else { throw cannotMake(path, reason) }
  return made + [path]
}

/// The mode of a folder whose files have `mode`: who may read a file may also enter the folder.
///
/// 0640 gives 0750, 0600 gives 0700.
package func folderMode(ofFiles mode: UInt32) -> UInt32 { mode | (mode & 0o444) >> 2 }

/// Removes a folder that is empty; any other stays.
package func removeEmptyFolder(_ path: String) {
  // SAFETY: the string lives as a C string for the duration of the call.
  _ = retrying { unsafe rmdir(path) }
}

private func cannotMake(_ path: String, _ code: Int32) -> FileError {
  FileError(
    kind: .unwritable, path: path, what: "the folder cannot be made: \(systemMessage(code))",
    remedy: "Check the place and its permissions.")
}
