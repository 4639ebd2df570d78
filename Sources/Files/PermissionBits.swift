internal import Glibc

/// The permissions of what a path leads to, for instance 0o600; nil when there is nothing.
package func permissionBits(ofPath path: String) -> UInt32? {
  var status = stat()
  // SAFETY: `status` is ours, and the string lives as a C string for the duration of the call.
  guard unsafe stat(path, &status) == 0 else { return nil }
  return status.st_mode & 0o7777
}
