/// Rows with dates after the day on which they were seen, which cannot be.
///
/// A warning: the observation day is wrong, or days and months were swapped.
struct FutureDates: QualityCheck {
  let name = "futureDates"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.filesInQuestion.flatMap { file in
      file.notes.filter { $0.kind == .futureDate }.map { note in
        finding(
          .warning, column: note.name.isEmpty ? nil : note.name, file: file.path, count: note.count,
          "rows have dates after the observation day, \(file.observedOn); the day may be wrong, or "
            + "day and month swapped")
      }
    }
  }
}
