internal import Glibc

/// Gives a file another name on the same file system; a file of that name is replaced in one step.
///
/// - Throws: `FileError` of kind `unwritable`.
package func renameFile(_ path: String, to target: String) throws(FileError) {
  // SAFETY: both strings live as C strings for the duration of the call.
  let (result, code) = retrying { unsafe rename(path, target) }
  guard result == 0 else { throw FileError.notWritten(target, code) }
}
