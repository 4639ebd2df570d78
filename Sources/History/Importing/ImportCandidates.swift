/// A file that is to be imported.
struct ImportCandidate: Hashable {
  var path: String
  /// Named by the user, not found in a folder: then it must be recognised.
  var isNamed: Bool
  var observation: ObservationDay
}

/// Finds the files behind the paths that a user names.
enum ImportCandidates {
  private static let deepestFolder = 32

  /// The files in the order in which they are imported: paths as they are given, the files of a
  /// folder by observation day and path.
  ///
  /// - Throws: `.missing` when a path does not exist, `.usage` when standard input has no day.
  static func find(
    paths: [String], observedOn: CalendarDay?
  ) throws(HistoryError) -> [ImportCandidate] {
    var candidates: [ImportCandidate] = []
    for path in paths {
      if path == "-" {
        candidates.append(try candidate(path, isNamed: true, observedOn, modifiedOn: nil))
        continue
      }
      guard let status = FileStatus(path: path) else {
        throw HistoryError(
          .missing, path: path, what: "does not exist", expected: "a file, a folder or -",
          remedy: "Check the path.")
      }
      guard status.kind == .folder else {
        candidates.append(
          try candidate(path, isNamed: true, observedOn, modifiedOn: status.modifiedOn))
        continue
      }
      var found: [ImportCandidate] = []
      try collect(path, depth: 0, observedOn, into: &found)
      found.sort {
        $0.observation.day == $1.observation.day
          ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
          : $0.observation.day < $1.observation.day
      }
      candidates += found
    }
    return candidates
  }

  private static func collect(
    _ folder: String, depth: Int, _ observedOn: CalendarDay?, into found: inout [ImportCandidate]
  ) throws(HistoryError) {
    guard depth < deepestFolder, let names = visibleNames(inFolder: folder) else {
      throw HistoryError(
        .unusable, path: folder,
        what: depth < deepestFolder
          ? "the folder cannot be read" : "folders are nested more than \(deepestFolder) deep",
        remedy: "Check its permissions and its links.")
    }
    for name in names {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      guard let status = FileStatus(path: path) else { continue }
      switch status.kind {
      case .folder: try collect(path, depth: depth + 1, observedOn, into: &found)
      case .file:
        found.append(
          try candidate(path, isNamed: false, observedOn, modifiedOn: status.modifiedOn))
      case .other: continue
      }
    }
  }

  private static func candidate(
    _ path: String, isNamed: Bool, _ observedOn: CalendarDay?, modifiedOn: CalendarDay?
  ) throws(HistoryError) -> ImportCandidate {
    guard
      let observation = ObservationDay.find(
        path: path, option: observedOn, modifiedOn: modifiedOn)
    else {
      throw HistoryError(
        .usage, path: path, what: "nothing tells the day on which this was exported",
        remedy: "Pass --observed-on YYYY-MM-DD.")
    }
    return ImportCandidate(path: path, isNamed: isNamed, observation: observation)
  }
}
