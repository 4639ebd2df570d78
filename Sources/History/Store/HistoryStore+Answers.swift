extension HistoryStore {
  /// The last imported page of the answer that a page without rows belongs to.
  ///
  /// An answer is the files of one folder, day, source and resource, and it lacks its end when each of
  /// them names a next page. Of several such answers it is the one whose file names begin like that of the
  /// page.
  ///
  /// - Parameters:
  ///   - path: the page.
  ///   - day: its observation day.
  ///   - source: nil when the user named none.
  /// - Returns: nil when there is no such answer, or when it cannot be told which one.
  /// - Throws: `.unusable` when the store is damaged.
  func answerWithoutEnd(
    beside path: String, on day: CalendarDay, source: String?
  ) throws(HistoryError) -> ImportRow? {
    struct Answer: Hashable {
      var source: String
      var resource: Resource
      var isSourceNamed: Bool
    }
    let (folder, name) = Self.folderAndName(path)
    let beside = try imports(observedOn: day).filter { row in
      row.identity.resource.isExport && Self.folderAndName(row.file).folder == folder
        && (source.map { $0 == row.identity.source } ?? !row.isSourceNamed)
    }
    let answers = Dictionary(grouping: beside) { row in
      Answer(
        source: row.identity.source, resource: row.identity.resource,
        isSourceNamed: row.isSourceNamed)
    }.values.filter { $0.allSatisfy(\.hasNextLink) }
    func likeness(_ pages: [ImportRow]) -> Int {
      pages.map { Self.folderAndName($0.file).name.commonPrefix(with: name) }.max() ?? 0
    }
    let ordered = answers.sorted { likeness($0) > likeness($1) }
    guard let best = ordered.first else { return nil }
    if ordered.count > 1, likeness(ordered[1]) == likeness(best) { return nil }
    return best.last
  }

  private static func folderAndName(_ path: String) -> (folder: Substring, name: Substring) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path[...]) }
    return (path[..<slash], path[path.index(after: slash)...])
  }
}

extension Substring {
  /// How many characters two texts begin with alike.
  fileprivate func commonPrefix(with other: Substring) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
