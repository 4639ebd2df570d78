import CommandLineKit
import Files
import History
import RiskModel

/// What a run imported.
struct RunImport {
  /// A file that could not be imported.
  struct Failure {
    var attention: Attention
    /// The day it speaks of.
    var day: CalendarDay
    /// Whether the configuration names it for a list of owners or contacts, which the next run needs too.
    var isList: Bool

    /// Whether a list of the day lacks what is in the file.
    ///
    /// A damaged export of an earlier week stays in its folder, and often nobody can download it once more:
    /// it is told every time, and this week's list is not the worse for it.
    func isMissed(on asOf: CalendarDay) -> Bool { isList || asOf - day < 7 }
  }

  var failures: [Failure]
  /// What is told once, by the first run that ends.
  var notes: [Attention]
}

extension WeeklyRun {
  /// Imports everything; a file that fails does not keep the others from being scored.
  ///
  /// - Returns: what a person should know of the files.
  /// - Throws: `HistoryError` when the history cannot be written or a path is missing; `FileError` when
  ///   nothing can be written to the folder of the runs.
  func importExports(_ runs: RunFolder) throws -> RunImport {
    session.progress.begin("Importing")
    let history = try HistoryStore.open(configuration.store, for: .importing)
    let lists = [configuration.owners, configuration.contacts].compactMap { $0 }
    let report = try Importer(history).import(paths: configuration.imports + lists) {
      session.report(done: $0.fileNumber - 1, of: $0.fileCount)
    }
    // First: what was imported before the work had to stop is not told by another import.
    let notes = try runs.notes.keep(ImportAttention(report).remarks)
    var failures: [RunImport.Failure] = []
    for file in report.files {
      guard case .failed(let error) = file.outcome else { continue }
      // The store takes nothing: that is no fault of the file, and the lists would lack everything.
      if [.busy, .unwritable, .failed].contains(error.kind) { throw error }
      failures.append(
        RunImport.Failure(
          attention: Attention(failed: error), day: file.observation.day,
          isList: lists.contains(file.path)))
    }
    return RunImport(failures: failures, notes: notes)
  }
}
