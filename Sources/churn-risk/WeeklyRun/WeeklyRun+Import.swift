import CommandLineKit
import Files
import History
import RiskModel
import Words

extension WeeklyRun {
  /// Imports everything; a file that fails does not keep the others from being scored.
  ///
  /// - Returns: what a person should know of the files.
  /// - Throws: `HistoryError` when the history cannot be written or a path is missing.
  func importExports() throws -> [Attention] {
    session.progress.begin("Importing")
    let history = try HistoryStore.open(configuration.store, for: .importing)
    let lists = [configuration.owners, configuration.contacts].compactMap { $0 }
    let report = try Importer(history).import(paths: configuration.imports + lists) {
      session.report(done: $0.fileNumber - 1, of: $0.fileCount)
    }
    return ImportAttention(report).all
  }

  /// Sources that came every week and did not come this time.
  static func gaps(_ sources: [Source], asOf: CalendarDay) -> [Attention] {
    sources.compactMap { source in
      let days = source.days.map(\.day).filter { $0 <= asOf }
      guard let last = days.last, (11...90).contains(asOf - last) else { return nil }
      return Attention(
        "sourceMissing",
        "Source '\(source.name)' was last exported on \(last), \(asOf - last) days before \(asOf). Its "
          + "subscriptions are scored by what was known then.",
        Message(
          .remarkSourceMissing, [.days: Double(asOf - last)],
          texts: [.text: source.name, .date: last.description]))
    }
  }
}
