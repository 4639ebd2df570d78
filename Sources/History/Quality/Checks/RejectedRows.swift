/// Rows that could not be used, for each file, column and reason.
///
/// A warning; an error when more than 20 % of a file's rows were rejected.
struct RejectedRows: QualityCheck {
  let name = "rejectedRows"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.filesInQuestion.filter { $0.rowsRejected > 0 }.flatMap(findings)
  }

  private func findings(of file: QualityFacts.File) -> [QualityFinding] {
    let severity: QualityFinding.Severity =
      file.rowsRejected * 5 > file.rowsRead ? .error : .warning
    func finding(column: String?, _ count: Int, _ reason: String) -> QualityFinding {
      let share = QualityFinding.share(count, of: file.rowsRead)
      return self.finding(
        severity, column: column, file: file.path, count: count,
        "\(count) of \(counted(file.rowsRead, "row")) (\(share)): \(reason)"
          + (severity == .error ? "; more than 20 % of the file was rejected" : ""))
    }
    var rest = file.rowsRejected
    var found: [QualityFinding] = []
    for note in file.notes where note.kind == .rejectedRow {
      let (column, reason) = note.columnAndReason
      found.append(finding(column: column, note.count, reason))
      rest -= note.count
    }
    if rest > 0 {
      found.append(
        finding(
          column: nil, rest,
          "the reasons were not kept; 'churn-risk import --rejects FILE' writes them"))
    }
    return found
  }
}
