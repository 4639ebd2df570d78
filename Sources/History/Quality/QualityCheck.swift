// What can be wrong with exports, one check for each.
//
//   store ──► QualityFacts (one pass) ──► every check ──► findings, the worst first
//
// To add a check: one file in the folder Checks with a type that conforms to `QualityCheck`, and one
// line in `qualityChecks`. A check looks at facts only; what it needs of the store is gathered with
// the others' needs, so that the store is read once.

/// Looks for one kind of trouble in the data.
protocol QualityCheck: Sendable {
  /// As programs know it; the `name` of its findings.
  var name: String { get }
  /// Whether it judges files and their sources, so that an import can be told about its own.
  ///
  /// The others judge the history as a whole.
  var isAboutFiles: Bool { get }
  /// What it found, in an order that depends on the facts only.
  func findings(in facts: QualityFacts) -> [QualityFinding]
}

/// Every check, in the order in which findings of the same severity are shown.
let qualityChecks: [any QualityCheck] = [
  UsageIdMatch(),
  IdSpaceMixUp(),
  MissingPages(),
  ShrunkSources(),
  StaleSources(),
  UsageGaps(),
  ExportGaps(),
  RejectedRows(),
  IgnoredRows(),
  MissingValues(),
  FutureDates(),
  UsageBeforeStart(),
  UsageOnlySubscriptions(),
  UnknownValues(),
  UnknownColumns(),
]

extension QualityCheck {
  /// A finding of this check.
  func finding(
    _ severity: QualityFinding.Severity, column: String? = nil, file: String? = nil, count: Int,
    _ details: String
  ) -> QualityFinding {
    QualityFinding(
      name: name, severity: severity, column: column, file: file, count: count, details: details)
  }
}

extension QualityFacts {
  /// What the checks found, the worst first, then by check, then the most frequent.
  var findings: [QualityFinding] {
    let found = qualityChecks.filter { isWholeHistory || $0.isAboutFiles }.enumerated()
      .flatMap { place, check in check.findings(in: self).map { (place, $0) } }
    return found.sorted { left, right in
      if left.1.severity != right.1.severity { return left.1.severity < right.1.severity }
      if left.0 != right.0 { return left.0 < right.0 }
      if left.1.count != right.1.count { return left.1.count > right.1.count }
      return (left.1.file ?? "", left.1.column ?? "", left.1.details)
        < (right.1.file ?? "", right.1.column ?? "", right.1.details)
    }.map(\.1)
  }
}
