internal import Glibc

/// What a path leads to: equal for two paths that lead to the same file, whatever they are called.
///
/// ```
///   there      device and inode, after every symbolic link
///   not there  device and inode of its folder, and the name it would get
///   neither    the path as it is written
///   "-"        the standard stream
/// ```
package enum FileIdentity: Sendable, Hashable {
  case standardStream
  case file(device: UInt, inode: UInt)
  case place(folderDevice: UInt, folderInode: UInt, name: String)
  case nowhere(path: String)

  /// Looks at the path; nil for devices such as `/dev/null`, where nothing can be lost.
  package init?(ofPath path: String) {
    guard path != "-" else {
      self = .standardStream
      return
    }
    let target = (try? finalTarget(of: path)) ?? path
    if let found = status(ofPath: target) {
      guard found.st_mode & S_IFMT != S_IFCHR else { return nil }
      self = .file(device: UInt(found.st_dev), inode: UInt(found.st_ino))
    } else if let folder = status(ofPath: parent(of: target)) {
      let name = target.split(separator: "/").last.map(String.init) ?? target
      self = .place(
        folderDevice: UInt(folder.st_dev), folderInode: UInt(folder.st_ino), name: name)
    } else {
      self = .nowhere(path: target)
    }
  }
}

/// Whether a path leads to an existing file that lies in a folder, at any depth.
///
/// The folder itself is none of them. Links inside of the folder that lead out of it are not followed.
package func isFile(_ path: String, inside folder: String) -> Bool {
  guard path != "-", let target = try? finalTarget(of: path),
    fileType(ofPath: target) == S_IFREG, fileType(ofPath: folder) == S_IFDIR,
    let wanted = FileIdentity(ofPath: folder)
  else { return false }
  var above = parent(of: target)
  // The parent of the root is the root.
  while let identity = FileIdentity(ofPath: above) {
    if identity == wanted { return true }
    guard FileIdentity(ofPath: above + "/..") != identity else { return false }
    above += "/.."
  }
  return false
}

private func status(ofPath path: String) -> stat? {
  var found = stat()
  // SAFETY: `found` is ours, and the string lives as a C string for the duration of the call.
  return unsafe stat(path, &found) == 0 ? found : nil
}
