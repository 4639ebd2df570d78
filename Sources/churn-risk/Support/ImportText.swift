import CommandLineKit
import Files
import History

/// What an import did, for people and for programs.
struct ImportText {
  let report: ImportReport
  let isVerbose: Bool

  /// More files than this are summed up by kind, source and what became of them.
  private static let mostFiles = 30

  init(_ report: ImportReport, isVerbose: Bool) {
    self.report = report
    self.isVerbose = isVerbose
  }

  func table(width: Int) -> String {
    let isLong = report.files.count > Self.mostFiles && !isVerbose
    var table = Table(columns: [
      Table.Column(isLong ? "Files" : "File", alignment: isLong ? .right : .left),
      Table.Column("Taken for"), Table.Column("Source"), Table.Column("Day"),
      Table.Column("Rows", alignment: .right), Table.Column("Rejected", alignment: .right),
      Table.Column("Outcome", minimumWidth: 20),
    ])
    for line in isLong ? groups : report.files.map({ Line(file: $0) }) {
      table.add([
        isLong ? grouped(line.count) : line.name, line.format, line.source, line.days,
        grouped(line.rows), grouped(line.rejected), line.outcome,
      ])
    }
    let rehearsal = report.isRehearsal ? "Nothing was changed: this was a dry run.\n" : ""
    return table.rendered(maximumWidth: max(width, 100)) + "\n" + total + rehearsal
  }

  private var total: String {
    func sum(_ count: (FileReport) -> Int) -> Int { report.files.reduce(0) { $0 + count($1) } }
    var text =
      "\(grouped(sum { $0.isImported ? 1 : 0 })) of \(grouped(report.files.count)) files imported: "
      + "\(grouped(sum { $0.isImported ? $0.rowsAccepted : 0 })) rows"
    let rejected = sum { $0.rowsRejected }
    if rejected > 0 { text += ", \(grouped(rejected)) rejected" }
    let new = sum { $0.linesNew }
    let known = sum { $0.linesKnown } + sum { $0.rowsRepeated }
    let corrected = sum { $0.linesCorrected } + sum { $0.rowsRestated }
    if new + known + corrected > 0 {
      text +=
        "; usage lines: \(grouped(new)) new, \(grouped(known)) known already, "
        + "\(grouped(corrected)) corrected"
    }
    return text + ".\n"
  }

  /// Rejections, unknown columns and values, and warnings, each once with how often.
  var problems: [String] {
    var problems: [String] = []
    var warnings: [String: Int] = [:]
    var reasons: [String: Int] = [:]
    var notes: [ImportNote] = []
    for file in report.files {
      for warning in file.warnings { warnings[warning, default: 0] += 1 }
      for (reason, count) in file.rejectionCounts { reasons[reason, default: 0] += count }
      notes += file.notes
      if case .failed(let error) = file.outcome, error != report.failure {
        problems.append("Error: \(error)")
      }
    }
    for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) {
      let first = report.files.lazy.flatMap(\.rejections).first { $0.reason == reason }
      let place = first.map { "; the first: \($0.file):\($0.line), column \($0.column)" } ?? ""
      problems.append("Rejected \(grouped(count)) rows: \(reason)\(place).")
    }
    let kinds = Dictionary(grouping: notes) { "\($0.kind.rawValue) '\($0.name)'" }
    for (kind, notes) in kinds.sorted(by: { $0.key < $1.key }) {
      problems.append(
        "Note: \(kind), \(grouped(notes.reduce(0) { $0 + $1.count })) times; it was kept as unknown."
      )
    }
    for (warning, count) in warnings.sorted(by: { $0.key < $1.key }) {
      problems.append("Warning: \(warning)\(count > 1 ? " (\(grouped(count)) files)" : "").")
    }
    return problems
  }

  /// Why a run that found no export at all is a failure: a weekly job must notice.
  var nothingToImport: FileError? {
    let isUseless = report.files.allSatisfy {
      if case .skipped = $0.outcome { return true }
      return false
    }
    guard isUseless else { return nil }
    return FileError(
      kind: report.files.isEmpty ? .missing : .unusable,
      path: report.files.first?.path ?? "the given folders",
      what: report.files.isEmpty
        ? "there is no file" : "no file of \(report.files.count) is an export that is known",
      expected: "exports of Partner Center as JSON or JSON Lines, owners.csv or exclusions.csv",
      remedy: "Check the path; 'churn-risk import --help' says what is read.")
  }

  var json: JSONValue {
    [
      "isDryRun": .bool(report.isRehearsal),
      "files": .array(report.files.map(\.json)),
      "attention": .array(
        problems.map { ["code": "import", "severity": "warning", "text": .string($0)] }),
    ]
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
      format = file.format ?? ""
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
    case .unchanged: "unchanged, imported before"
    case .skipped(let reason): "skipped: \(reason)"
    case .failed(let error): "failed: \(error.what)"
    case .notAttempted: "not attempted"
    }
  }

  private var outcomeName: String {
    switch outcome {
    case .imported: "imported"
    case .unchanged: "unchanged"
    case .skipped: "skipped"
    case .failed: "failed"
    case .notAttempted: "notAttempted"
    }
  }

  fileprivate var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "file": .string(path), "outcome": .string(outcomeName),
      "importId": importId.map { .integer(Int($0)) } ?? .null, "format": text(format),
      "resource": text(resource?.rawValue), "source": text(source),
      "observedOn": .string("\(observation.day)"),
      "dayFrom": .string(observation.origin.rawValue), "rowsAccepted": .integer(rowsAccepted),
      "rowsRejected": .integer(rowsRejected), "rowsIgnored": .integer(rowsIgnored),
      "rowsRepeated": .integer(rowsRepeated), "rowsRestated": .integer(rowsRestated),
      "linesNew": .integer(linesNew), "linesKnown": .integer(linesKnown),
      "linesCorrected": .integer(linesCorrected),
      "rejections": .array(
        rejections.map {
          [
            "file": .string($0.file), "line": .integer($0.line), "column": .string($0.column),
            "reason": .string($0.reason),
          ]
        }),
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }
}
