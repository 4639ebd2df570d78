import CommandLineKit
import Files
import History

/// What an import did, for people: a table, the files that were no exports, and a sentence.
struct ImportText {
  let report: ImportReport
  let isVerbose: Bool

  /// More files than this are summed up by kind, source and what became of them.
  private static let mostFiles = 30

  init(_ report: ImportReport, isVerbose: Bool) {
    self.report = report
    self.isVerbose = isVerbose
  }

  /// The text for a terminal of `width` columns; nil: nothing is cut.
  func text(width: Int?) -> String {
    let isLong = report.files.count > Self.mostFiles && !isVerbose
    var table = Table(columns: [
      isLong
        ? Table.Column("Files", alignment: .right) : Table.Column("File", minimumWidth: 20),
      Table.Column("Taken for"), Table.Column("Source", minimumWidth: 9),
      Table.Column("Day"), Table.Column("Rows", alignment: .right),
      Table.Column("Rejected", alignment: .right), Table.Column("Outcome"),
    ])
    for line in isLong ? groups : report.files.map({ Line(file: $0) }) {
      table.add([
        isLong ? grouped(line.count) : line.name, line.format, line.source, line.days,
        grouped(line.rows), grouped(line.rejected), line.outcome,
      ])
    }
    let rehearsal = report.isRehearsal ? "Nothing was changed: this was a dry run.\n" : ""
    let quality = QualityText(report.quality).text(
      width: width, all: report.isRehearsal ? "--json" : "churn-risk status --json")
    return table.rendered(maximumWidth: width.map { max($0, 80) }) + "\n" + skipped + total
      + rehearsal + (quality.isEmpty ? "" : "\n" + quality)
  }

  /// Every file that was left alone, by name and with the reason.
  private var skipped: String {
    let lines = report.files.compactMap { file -> String? in
      guard case .skipped(let reason) = file.outcome else { return nil }
      return "  \(file.path.escaped()): \(reason)\n"
    }
    return lines.isEmpty
      ? "" : "Skipped \(counted(lines.count, "file")):\n\(lines.joined())\n"
  }

  /// What this run did; files that were imported before count as files, not with their rows.
  private var total: String {
    let imported = report.files.filter(\.isImported)
    var text = "\(grouped(imported.count)) of \(counted(report.files.count, "file")) imported"
    if !imported.isEmpty {
      text += ": " + counted(imported.reduce(0) { $0 + $1.rowsAccepted }, "row")
      let rejected = imported.reduce(0) { $0 + $1.rowsRejected }
      if rejected > 0 { text += ", \(grouped(rejected)) rejected" }
      text += Self.ofNoUse(imported)
    }
    let others: [(String, (FileReport.Outcome) -> Bool)] = [
      ("imported before", { if case .unchanged = $0 { true } else { false } }),
      ("skipped", { if case .skipped = $0 { true } else { false } }),
      ("failed", { if case .failed = $0 { true } else { false } }),
      ("not attempted", { if case .notAttempted = $0 { true } else { false } }),
    ]
    for (word, isIt) in others {
      let count = report.files.count { isIt($0.outcome) }
      if count > 0 { text += "; \(grouped(count)) \(word)" }
    }
    return text + ".\n" + usage(imported) + duplicates(imported)
  }

  /// Rows that were passed over, by reason.
  private static func ofNoUse(_ files: [FileReport]) -> String {
    var counts: [String: Int] = [:]
    for file in files { counts.merge(file.ignoredCounts, uniquingKeysWith: +) }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ", \(grouped($0.value)) of no use (\($0.key))" }.joined()
  }

  private func usage(_ imported: [FileReport]) -> String {
    let files = imported.filter { $0.resource?.hasUsage == true }
    guard !files.isEmpty else { return "" }
    let new = files.reduce(0) { $0 + $1.linesNew }
    let known = files.reduce(0) { $0 + $1.linesKnown }
    let repeated = files.reduce(0) { $0 + $1.rowsRepeated }
    let corrected = files.reduce(0) { $0 + $1.linesCorrected + $1.rowsRestated }
    return "Usage lines: \(grouped(new)) new, \(grouped(known)) known already, "
      + "\(grouped(corrected)) corrected"
      + (repeated > 0 ? "; \(counted(repeated, "row")) repeated in the same file.\n" : ".\n")
  }

  /// Rows about the same thing as another row of their file, where there are any.
  private func duplicates(_ imported: [FileReport]) -> String {
    let files = imported.filter { $0.resource?.hasUsage == false }
    let repeated = files.reduce(0) { $0 + $1.rowsRepeated }
    let restated = files.reduce(0) { $0 + $1.rowsRestated }
    guard repeated + restated > 0 else { return "" }
    return "Rows that list a subscription of their file again: \(grouped(repeated)) alike, "
      + "\(grouped(restated)) with a difference (the last row counts).\n"
  }

  /// One line of the table: a file, or files alike.
  private struct Line {
    var count = 1
    var name: String
    var format: String
    var source: String
    var first: CalendarDay
    var last: CalendarDay
    var rows: Int
    var rejected: Int
    var outcome: String

    init(file: FileReport) {
      name = file.path.split(separator: "/").suffix(2).joined(separator: "/")
      format = (file.format ?? "") + (file.encoding.map { " (\($0))" } ?? "")
      source = file.source ?? ""
      first = file.observation.day
      last = file.observation.day
      rows = file.rowsAccepted
      rejected = file.rowsRejected
      outcome = file.outcomeText
    }

    var days: String { first == last ? "\(first)" : "\(first) … \(last)" }
  }

  private var groups: [Line] {
    var groups: [Line] = []
    for file in report.files {
      let line = Line(file: file)
      guard
        let index = groups.firstIndex(where: {
          $0.format == line.format && $0.source == line.source && $0.outcome == line.outcome
        })
      else {
        groups.append(line)
        continue
      }
      groups[index].count += 1
      groups[index].rows += line.rows
      groups[index].rejected += line.rejected
      groups[index].first = min(groups[index].first, line.first)
      groups[index].last = max(groups[index].last, line.last)
    }
    return groups
  }
}

extension FileReport {
  var isImported: Bool {
    if case .imported = outcome { return true }
    return false
  }

  fileprivate var outcomeText: String {
    switch outcome {
    case .imported: "imported"
    case .unchanged: "unchanged"
    case .skipped: "skipped"
    case .failed: "failed"
    case .notAttempted: "not attempted"
    }
  }
}
