internal import Glibc

/// Removes a file; one that is not there is no error.
///
/// - Throws: `FileError` of kind `unwritable` when it is there and cannot be removed.
package func removeFile(_ path: String) throws(FileError) {
  // SAFETY: the string lives as a C string for the duration of the call.
  let (result, code) = retrying { unsafe unlink(path) }
  guard result == 0 || code == ENOENT else {
    throw FileError(
      kind: .unwritable, path: path, what: "cannot be removed: \(systemMessage(code))",
      remedy: "Check the permissions of its folder.")
  }
}
