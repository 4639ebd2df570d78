package import Files
package import History

/// Reads the activity log of a span of days, a line at a time, also while a service adds to it.
package struct ActivityReader {
  private let folder: ActivityFolder

  /// What was read, beside the entries themselves.
  package struct Reading: Sendable, Hashable {
    /// Entries that were handed out.
    package var entries = 0
    /// Lines that are no entries: of a process that was killed while it wrote, or damaged by others.
    package var damagedLines = 0
    /// The first of them.
    package var firstDamaged: (file: String, line: Int)? {
      damagedFile.map { ($0, damagedLine) }
    }

    /// Nothing was read yet.
    package init() {}

    private var damagedFile: String?
    private var damagedLine = 0

    mutating func noteDamage(_ file: String, _ line: Int) {
      damagedLines += 1
      guard damagedFile == nil else { return }
      (damagedFile, damagedLine) = (file, line)
    }
  }

  /// - Throws: `FileError` of kind `missing` when there is no folder.
  package init(_ folder: ActivityFolder) throws(FileError) {
    guard folder.exists else {
      throw FileError(
        kind: .missing, path: folder.path, what: "there is no folder of the activity log",
        expected: "the one that 'churn-risk serve' writes",
        remedy: "Name it with --activity.")
    }
    self.folder = folder
  }

  /// Hands out the entries, day by day and within a day in the order in which they were written.
  ///
  /// - Parameters:
  ///   - first: the first day; nil: from the beginning.
  ///   - last: the last day; nil: to the end.
  ///   - body: is given each entry.
  /// - Returns: how many there were, and what is damaged.
  /// - Throws: `FileError` when a file cannot be read; what `body` throws.
  package func read(
    from first: CalendarDay? = nil, to last: CalendarDay? = nil,
    _ body: (ActivityEntry) throws -> Void
  ) throws -> Reading {
    var reading = Reading()
    for day in folder.days {
      if let first, day < first { continue }
      if let last, day > last { continue }
      let path = folder.file(of: day)
      guard let source = try source(path) else { continue }
      try read(source, into: &reading, body)
    }
    return reading
  }

  /// Nil when the file was too old, and was removed since the folder was read.
  private func source(_ path: String) throws(FileError) -> ByteSource? {
    do {
      return try ByteSource(path: path, inflating: false, hashing: false, mayGrow: true)
    } catch {
      guard error.kind == .missing else { throw error }
      return nil
    }
  }

  private func read(
    _ source: ByteSource, into reading: inout Reading, _ body: (ActivityEntry) throws -> Void
  ) throws {
    let parser = JSONView.Parser()
    var lines = LineReader(source, longestLine: Self.longestLine)
    while let line = try lines.next() {
      guard case .bytes(let range) = line else {
        reading.noteDamage(source.path, lines.lineNumber)
        continue
      }
      if range.isEmpty { continue }
      let view = parser.view(lines.buffer.span.extracting(range))
      guard let entry = view.flatMap({ ActivityEntry($0) }) else {
        reading.noteDamage(source.path, lines.lineNumber)
        continue
      }
      reading.entries += 1
      try body(entry)
    }
  }

  /// In bytes; an entry with every text at its longest and every byte of it escaped is shorter.
  private static let longestLine = 1 << 16
}
