/// Columns that no field goes by, for each file and column; for information, because nothing of what is
/// known is lost with them.
struct UnknownColumns: QualityCheck {
  let name = "unknownColumns"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.filesInQuestion.flatMap { file in
      file.notes.filter { $0.kind == .unknownColumn }.map { note in
        finding(
          .info, column: note.name, file: file.path, count: note.count,
          "the column was not read; no field goes by this name")
      }
    }
  }
}
