import Glibc

/// Opens a file; `mode` counts only where the flags create one.
func open(_ path: String, _ flags: Int32, mode: UInt32) -> (result: Int32, code: Int32) {
  // SAFETY: the string lives as a C string for the duration of the call.
  retrying { unsafe Glibc.open(path, flags, mode_t(mode)) }
}

/// The type bits of what stands at `path` (`S_IFREG`, `S_IFDIR`, …), nil when there is nothing.
func fileType(ofPath path: String, followingLinks: Bool = true) -> mode_t? {
  var status = stat()
  // SAFETY: `status` is ours, and the string lives as a C string for the duration of the call.
  let result = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
  return result == 0 ? status.st_mode & S_IFMT : nil
}

/// Whether what stands at `path` is a folder; nil when there is nothing.
package func isFolder(_ path: String, followingLinks: Bool = true) -> Bool? {
  fileType(ofPath: path, followingLinks: followingLinks).map { $0 == S_IFDIR }
}

/// The folder that holds `path`.
package func parent(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
}

func joined(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

/// Where a chain of symbolic links ends; the end need not exist.
func finalTarget(of path: String) throws(FileError) -> String {
  var target = path
  for _ in 0..<40 where fileType(ofPath: target, followingLinks: false) == S_IFLNK {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: readlink writes at most `count` bytes into the buffer and returns how many.
    let (length, code) = retrying {
      unsafe buffer.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return -1 }
        return unsafe readlink(target, start.assumingMemoryBound(to: CChar.self), bytes.count)
      }
    }
    guard length >= 0 else { throw FileError.notWritten(path, code) }
    let link = String(decoding: buffer[..<length], as: UTF8.self)
    target = link.hasPrefix("/") ? link : joined(parent(of: target), link)
  }
  guard fileType(ofPath: target, followingLinks: false) != S_IFLNK else {
    throw FileError.notWritten(path, ELOOP)
  }
  return target
}
