internal import Glibc

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
