internal import Glibc

/// Makes a folder, with its parents, where there is none; mode 0700.
///
/// - Throws: `FileError` of kind `unwritable` when it cannot be made or a file stands in its place.
package func makeFolder(_ path: String) throws(FileError) {
  switch fileType(ofPath: path) {
  case S_IFDIR: return
  case nil: break
  default:
    throw FileError(
      kind: .unwritable, path: path, what: "is a file", expected: "a folder",
      remedy: "Choose another folder.")
  }
  let above = parent(of: path)
  if above != path { try makeFolder(above) }
  // SAFETY: the string lives as a C string for the duration of the call.
  let (result, code) = retrying { unsafe mkdir(path, 0o700) }
  guard result == 0 || code == EEXIST else {
    throw FileError(
      kind: .unwritable, path: path, what: "the folder cannot be made: \(systemMessage(code))",
      remedy: "Check the place and its permissions.")
  }
}
