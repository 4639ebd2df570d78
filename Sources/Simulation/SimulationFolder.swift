internal import Files
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
    let isThere = isFolder(path)
    wasCreated = isThere == nil
    guard isThere ?? true else {
      throw .folderInUse(path: path, reason: "is a file")
    }
    if wasCreated, Self.hasFileAbove(path) {
      throw .unwritable(path: path, reason: "a part of the path is a file")
    }
    do {
      if !wasCreated { try Self.check(path, manifest) }
      switch isFolder(staging, followingLinks: false) {
      case nil: break
      case true?: try removeTree(staging)
      case false?: try removeFile(staging)
      }
      try makeFolder(staging)
    } catch {
      throw SimulationError(error, path: path)
    }
  }

  /// Whether a file stands where the path needs a folder.
  private static func hasFileAbove(_ path: String) -> Bool {
    var above = parent(of: path)
    while isFolder(above) == nil, parent(of: above) != above { above = parent(of: above) }
    return isFolder(above) == false
  }

  private static func check(_ path: String, _ manifest: String) throws {
    let names = try readFolder(path)
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

  func makeDay(_ day: CalendarDay) throws { try makeFolder(staged(day.description)) }

  /// Moves everything into place, day folders first and the manifest last.
  func publish() throws {
    let names = try readFolder(staging)
    for name in names.filter({ $0 != Self.manifestName }) + [Self.manifestName] {
      guard isFolder(staged(name)) == true else {
        try renameFile(staged(name), to: path + "/" + name)
        continue
      }
      try makeFolder(path + "/" + name)
      for file in try readFolder(staged(name)) {
        try renameFile(staged(name + "/" + file), to: path + "/" + name + "/" + file)
      }
    }
    try removeTree(staging)
  }

  /// Removes what was staged; errors are left to the failure that led here.
  func discard() {
    try? removeTree(staging)
    if wasCreated { try? removeTree(path) }
  }
}

extension SimulationError {
  /// The failure of a file operation below `path`.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as SimulationError: self = error
    case let error as FileError: self = .file(error)
    default: self = .unwritable(path: path, reason: "\(error)")
    }
  }
}
