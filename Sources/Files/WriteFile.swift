import Glibc

// A file is written whole or not at all:
//
//   nameless file in the folder (O_TMPFILE) ──write, fsync──► temporary name ──rename──► the path
//                                                                              fsync of the folder
//
// A process killed while it writes leaves nothing, because the file has no name yet; between the
// temporary name and the rename there are two system calls. File systems without O_TMPFILE get a
// named temporary file from the start, which is removed on failure.

/// Writes a file whole or not at all, with mode 0600 unless told otherwise.
///
/// `body` writes to a temporary file in the same folder, which then takes the place of `path`; an
/// existing file stays untouched until that moment. A symbolic link is followed. Devices and pipes
/// are written directly, and "-" is standard output.
///
/// - Parameters:
///   - path: the file, or "-".
///   - mode: the permissions the file gets, also when it takes the place of another one.
///   - gzip: compress; the same content gives the same bytes.
///   - body: whatever it throws is thrown on, and nothing of the file remains.
/// - Throws: `FileError` of kind `unwritable`, or the error of `body`.
package func writeFile(
  _ path: String, mode: UInt32 = 0o600, gzip: Bool = false,
  _ body: (inout OutputFile) throws -> Void
) throws {
  if path == "-" {
    return try write(to: STDOUT_FILENO, path, gzip, body)
  }
  let target = try finalTarget(of: path)
  switch fileType(ofPath: target) {
  case S_IFDIR:
    throw FileError(
      kind: .unwritable, path: path, what: "is a folder", expected: "the name of a file",
      remedy: "Add a file name.")
  case S_IFREG, nil:
    try replace(target, path, mode: mode, gzip, body)
  default:
    let descriptor = open(target, O_WRONLY | O_CLOEXEC, mode: 0)
    guard descriptor.result >= 0 else { throw FileError.notWritten(path, descriptor.code) }
    defer { close(descriptor.result) }
    try write(to: descriptor.result, path, gzip, body)
  }
}

private func write(
  to descriptor: Int32, _ path: String, _ gzip: Bool, _ body: (inout OutputFile) throws -> Void
) throws {
  let sink = OutputSink(descriptor: descriptor, path: path, gzip: gzip)
  var file = OutputFile(sink: sink)
  try body(&file)
  try sink.finish()
}

private func replace(
  _ target: String, _ path: String, mode: UInt32, _ gzip: Bool,
  _ body: (inout OutputFile) throws -> Void
) throws {
  let folder = parent(of: target)
  var temporary = try TemporaryFile(folder: folder, for: path)
  defer { temporary.discard() }
  try write(to: temporary.descriptor, path, gzip, body)
  guard fchmod(temporary.descriptor, mode) == 0, fsync(temporary.descriptor) == 0 else {
    throw FileError.notWritten(path, errno)
  }
  try temporary.rename(to: target, for: path)
  // The rename itself is on disk only when the folder is. A folder that cannot be opened or synced
  // (some network file systems) has nothing better to offer.
  let opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
  if opened.result >= 0 {
    _ = fsync(opened.result)
    close(opened.result)
  }
}

/// A file in `folder` that has no name yet, or only a temporary one.
private struct TemporaryFile {
  let descriptor: Int32
  private let folder: String
  private var name: String?

  // O_TMPFILE is a compound macro, which Swift does not import.
  private static let nameless = 0o20000000 | O_DIRECTORY

  init(folder: String, for path: String) throws(FileError) {
    self.folder = folder
    let opened = open(folder, O_WRONLY | O_CLOEXEC | Self.nameless, mode: 0o600)
    if opened.result >= 0 {
      descriptor = opened.result
      return
    }
    guard [EOPNOTSUPP, EISDIR, EINVAL, ENOENT].contains(opened.code) else {
      throw FileError.notCreated(path, folder: folder, opened.code)
    }
    let (name, descriptor, code) = Self.firstFree(in: folder) {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600)
    }
    guard descriptor >= 0 else { throw FileError.notCreated(path, folder: folder, code) }
    self.name = name
    self.descriptor = descriptor
  }

  mutating func rename(to target: String, for path: String) throws(FileError) {
    if name == nil {
      let source = "/proc/self/fd/\(descriptor)"
      let (free, result, code) = Self.firstFree(in: folder) { candidate in
        // SAFETY: both strings live as C strings for the duration of the call.
        retrying { unsafe linkat(AT_FDCWD, source, AT_FDCWD, candidate, AT_SYMLINK_FOLLOW) }
      }
      guard result == 0 else { throw FileError.notCreated(path, folder: folder, code) }
      name = free
    }
    guard let temporary = name else { return }
    // SAFETY: both strings live as C strings for the duration of the call.
    guard unsafe Glibc.rename(temporary, target) == 0 else {
      throw FileError.notWritten(path, errno)
    }
    name = nil
  }

  /// Closes the file and removes its temporary name, if it has one.
  mutating func discard() {
    close(descriptor)
    if let name {
      // SAFETY: the string lives as a C string for the duration of the call.
      _ = unsafe unlink(name)
    }
    name = nil
  }

  /// Tries numbered names until `create` succeeds or fails for another reason than "exists".
  private static func firstFree(
    in folder: String, _ create: (String) -> (result: Int32, code: Int32)
  ) -> (name: String, result: Int32, code: Int32) {
    let process = getpid()
    for number in 0..<10_000 {
      let name = joined(folder, ".churn-risk-\(process)-\(number).tmp")
      let (result, code) = create(name)
      if result >= 0 || code != EEXIST { return (name, result, code) }
    }
    return ("", -1, EEXIST)
  }
}

extension FileError {
  static func notCreated(_ path: String, folder: String, _ code: Int32) -> FileError {
    var error = notWritten(path, code)
    if code == ENOENT {
      error.what = "cannot be written, because the folder \(folder) does not exist"
      error.remedy = "Create the folder or choose another place."
    } else {
      error.what = "cannot be written in the folder \(folder): \(systemMessage(code))"
    }
    return error
  }
}
