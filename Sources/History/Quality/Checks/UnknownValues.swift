/// Values that the reference does not list, for each file and value.
///
/// An unknown status is a warning, because such a subscription is not scored; every other value is a
/// recommendation to look at.
struct UnknownValues: QualityCheck {
  let name = "unknownValues"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.filesInQuestion.flatMap { file in
      file.notes.filter { $0.kind == .unknownValue }.map { note in
        let parts = note.name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let column = String(parts.first ?? "")
        let value = parts.count > 1 ? String(parts[1]) : ""
        return finding(
          column == "status" ? .warning : .recommendation, column: column, file: file.path,
          count: note.count,
          value.isEmpty
            ? "rows without a value" : "rows with the value '\(value)', which was kept as unknown")
      }
    }
  }
}
