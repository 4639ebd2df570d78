/// Rows that were passed over because they are of no use, for each file and reason; for information.
struct IgnoredRows: QualityCheck {
  let name = "ignoredRows"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.filesInQuestion.flatMap { file in
      file.notes.filter { $0.kind == .ignoredRow }.map { note in
        finding(
          .info, file: file.path, count: note.count,
          "\(note.count) of \(counted(file.rowsRead, "row")) are of no use: \(note.name)")
      }
    }
  }
}
