package import Files
package import History

// A folder of the activity log, mode 0700, a file of mode 0600 for each UTC day:
//
//   activity/2026-11-25.jsonl
//            2026-11-26.jsonl     the service adds lines, and commands may too

/// Where the activity log is kept.
package struct ActivityFolder: Sendable, Hashable {
  /// How many days the files are kept beside today's.
  package static let retentionDays = 90

  package let path: String

  package init(_ path: String) { self.path = path }

  /// Whether the folder is there.
  package var exists: Bool { permissionBits(ofPath: path + "/.") != nil }

  /// The days that have a file, ascending.
  package var days: [CalendarDay] {
    namesOfFolder(path).compactMap { name in
      name.hasSuffix(Self.ending) ? CalendarDay(String(name.dropLast(Self.ending.count))) : nil
    }.sorted()
  }

  /// The file of a day.
  package func file(of day: CalendarDay) -> String { "\(path)/\(day)\(Self.ending)" }

  private static let ending = ".jsonl"

  /// Makes the folder where there is none.
  ///
  /// - Throws: `FileError` of kind `unwritable`.
  package func make() throws(FileError) { try makeFolder(path) }

  /// Adds one entry at once, for commands; a service has an `ActivityLog`.
  ///
  /// - Throws: `FileError` of kind `unwritable`; the folder is made where there is none.
  package func append(_ entry: ActivityEntry) throws(FileError) {
    try make()
    if let failure = Files.append(entry.line, to: file(of: entry.time.day)).failure {
      throw failure
    }
  }

  /// Removes the files of days that are more than `days` before today; other files stay.
  ///
  /// - Throws: `FileError` of kind `unwritable`; the others are removed all the same.
  func removeFiles(olderThan days: Int, today: CalendarDay) throws(FileError) {
    var failure: FileError?
    for day in self.days where today - day > days {
      do { try removeFile(file(of: day)) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }
}
