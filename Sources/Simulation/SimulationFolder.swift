internal import Files
internal import FoundationEssentials
internal import Glibc
internal import History

/// The output folder: everything is written to a folder inside it first and moved when complete.
///
/// ```
///   DIR/.simulating/…   ──all written──►   DIR/…   (simulation.json last)
/// ```
/// A failure removes `.simulating`, and `DIR` if it was created here. After a kill, the next run
/// finds `.simulating` alone, or a folder without its last file, which it refuses to touch.
struct SimulationFolder {
  static let manifestName = "simulation.json"
  private static let stagingName = ".simulating"

  private let path: String
  private let wasCreated: Bool
  private var staging: String { path + "/" + Self.stagingName }

  /// Makes sure that the folder may be written, and opens the staging folder.
  ///
  /// - Throws: `folderInUse` when it holds something else, `unwritable` when it cannot be made.
  init(path: String, manifest: String) throws(SimulationError) {
    self.path = path
    let manager = FileManager.default
    var isFolder = false
    wasCreated = !manager.fileExists(atPath: path, isDirectory: &isFolder)
    guard wasCreated || isFolder else {
      throw .folderInUse(path: path, reason: "is a file")
    }
    do {
      if !wasCreated { try Self.check(path, manifest) }
      if manager.fileExists(atPath: staging) { try manager.removeItem(atPath: staging) }
      try manager.createDirectory(
        atPath: staging, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw SimulationError(error, path: path)
    }
  }

  private static func check(_ path: String, _ manifest: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    guard names.contains(where: { $0 != stagingName }) else { return }
    guard names.contains(manifestName) else {
      throw SimulationError.folderInUse(
        path: path, reason: "the folder holds files that simulate did not write")
    }
    let found = try contents(ofFile: path + "/" + manifestName)
    guard found == Array(manifest.utf8) else {
      throw SimulationError.folderInUse(
        path: path, reason: "the folder was made by simulate with other parameters")
    }
  }

  /// The path under which a file of the result is to be written.
  func staged(_ name: String) -> String { staging + "/" + name }

  func makeDay(_ day: CalendarDay) throws {
    try FileManager.default.createDirectory(
      atPath: staged(day.description), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  /// Moves everything into place, day folders first and the manifest last.
  func publish() throws {
    let manager = FileManager.default
    let names = try manager.contentsOfDirectory(atPath: staging).sorted()
    for name in names.filter({ $0 != Self.manifestName }) + [Self.manifestName] {
      var isFolder = false
      _ = manager.fileExists(atPath: staged(name), isDirectory: &isFolder)
      guard isFolder else {
        try replace(name)
        continue
      }
      try manager.createDirectory(
        atPath: path + "/" + name, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      for file in try manager.contentsOfDirectory(atPath: staged(name)).sorted() {
        try replace(name + "/" + file)
      }
    }
    try manager.removeItem(atPath: staging)
  }

  /// Removes what was staged; errors are left to the failure that led here.
  func discard() {
    let manager = FileManager.default
    try? manager.removeItem(atPath: staging)
    if wasCreated { try? manager.removeItem(atPath: path) }
  }

  private func replace(_ name: String) throws {
    let manager = FileManager.default
    let target = path + "/" + name
    if manager.fileExists(atPath: target) { try manager.removeItem(atPath: target) }
    try manager.moveItem(atPath: staged(name), toPath: target)
  }
}

extension SimulationError {
  /// The failure of a file operation below `path`, in words.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as SimulationError: self = error
    case let error as FileError: self = .file(error)
    case let error as CocoaError:
      self = .unwritable(path: path, reason: Self.reason(error.underlying as? POSIXError))
    default: self = .unwritable(path: path, reason: "\(error)")
    }
  }

  private static func reason(_ error: POSIXError?) -> String {
    switch error?.code {
    case .ENOTDIR: "a part of the path is a file"
    case .EACCES, .EPERM: "permission denied"
    case .EROFS: "the file system is read-only"
    case .ENOSPC, .EDQUOT: "no space is left"
    case .ENOENT: "no folder can be made there"
    case .ENAMETOOLONG: "the name is too long"
    case .some(let code): "system error \(code.rawValue)"
    case nil: "the folder cannot be used"
    }
  }
}
