/// A file that is to be imported, or something that was found where one was looked for.
struct ImportCandidate: Hashable {
  /// Why there is nothing to import.
  enum Obstacle: Hashable {
    /// It may hold exports, but it cannot be looked at.
    case unreadable(HistoryError)
    /// It holds nothing that is not found elsewhere; the reason is for the user.
    case useless(String)
  }

  var path: String
  /// Named by the user, not found in a folder: then it must be recognised.
  var isNamed: Bool
  var observation: ObservationDay
  /// nil for a file that can be tried.
  var obstacle: Obstacle?
}

/// Finds the files behind the paths that a user names.
enum ImportCandidates {
  private static let deepestFolder = 32

  /// The files in the order in which they are imported.
  ///
  /// Paths come as they are given, the files of a folder by observation day and path. What cannot be
  /// looked at in a folder is among them, so that it is reported and the rest is imported.
  ///
  /// - Throws: `.missing` when a path does not exist, `.usage` when standard input has no day.
  static func find(
    paths: [String], observedOn: CalendarDay?
  ) throws(HistoryError) -> [ImportCandidate] {
    var candidates: [ImportCandidate] = []
    for path in paths {
      if path == "-" {
        candidates.append(try candidate(path, isNamed: true, observedOn, nil))
        continue
      }
      var code: Int32 = 0
      guard let status = FileStatus(path: path, code: &code) else {
        throw FileStatus.isNothing(code)
          ? HistoryError(
            .missing, path: path, what: "does not exist", expected: "a file, a folder or -",
            remedy: "Check the path.") : unreadable(path, code)
      }
      guard status.kind == .folder else {
        candidates.append(try candidate(path, isNamed: true, observedOn, status))
        continue
      }
      var found: [ImportCandidate] = []
      try collect(path, status, inside: [], observedOn, into: &found)
      found.sort {
        $0.observation.day == $1.observation.day
          ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
          : $0.observation.day < $1.observation.day
      }
      candidates += found
    }
    return candidates
  }

  /// Adds what is below a folder that is itself `inside` others, the named one first.
  private static func collect(
    _ folder: String, _ status: FileStatus, inside: [FileStatus.Identity],
    _ observedOn: CalendarDay?, into found: inout [ImportCandidate]
  ) throws(HistoryError) {
    func add(
      _ path: String, _ status: FileStatus?, _ obstacle: ImportCandidate.Obstacle? = nil
    ) throws(HistoryError) {
      var candidate = try candidate(path, isNamed: false, observedOn, status)
      candidate.obstacle = obstacle
      found.append(candidate)
    }
    if inside.contains(status.identity) {
      return try add(
        folder, status, .useless("the link leads back to a folder that it is in"))
    }
    guard inside.count < deepestFolder else {
      let error = HistoryError(
        .unusable, path: folder, what: "folders are nested more than \(deepestFolder) deep",
        remedy: "Name the folder itself.")
      return try add(folder, status, .unreadable(error))
    }
    var code: Int32 = 0
    guard let names = visibleNames(inFolder: folder, code: &code) else {
      return try add(folder, status, .unreadable(unreadable(folder, code)))
    }
    for name in names {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      guard let entry = FileStatus(path: path, code: &code) else {
        let obstacle: ImportCandidate.Obstacle =
          FileStatus.isNothing(code)
          ? .useless("the link leads nowhere") : .unreadable(unreadable(path, code))
        try add(path, status, obstacle)
        continue
      }
      switch entry.kind {
      case .folder:
        try collect(path, entry, inside: inside + [status.identity], observedOn, into: &found)
      case .file: try add(path, entry)
      case .other: continue
      }
    }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> HistoryError {
    HistoryError(
      .unusable, path: path, what: "cannot be read: \(systemMessage(code))",
      remedy: "Check its permissions and its links.")
  }

  private static func candidate(
    _ path: String, isNamed: Bool, _ observedOn: CalendarDay?, _ status: FileStatus?
  ) throws(HistoryError) -> ImportCandidate {
    // The name of a pipe is a number that may look like a day.
    let isPlain = status.map { $0.kind != .other } ?? false
    guard
      let observation = ObservationDay.find(
        path: path, realPath: isPlain ? realPath(path) : nil, option: observedOn,
        modifiedOn: status?.modifiedOn, today: today())
    else {
      throw HistoryError(
        .usage, path: path, what: "nothing tells the day on which this was exported",
        remedy: "Pass --observed-on YYYY-MM-DD.")
    }
    return ImportCandidate(path: path, isNamed: isNamed, observation: observation)
  }
}
