/// A source whose newest subscription export has far fewer rows than the one before.
///
/// A warning when more than 20 % of the rows are gone. Only the newest export of a source counts, against
/// the last complete one before it. Usage is not compared: how much an export of it holds depends on the
/// days that were asked for.
struct ShrunkSources: QualityCheck {
  let name = "shrunkSource"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.sourcesInQuestion.compactMap { source in
      guard let newest = source.days.last,
        let before = source.days.dropLast().last(where: \.isComplete),
        newest.rows * 5 < before.rows * 4
      else { return nil }
      let lost = before.rows - newest.rows
      return finding(
        .warning, file: facts.file(of: source.name, .subscriptions, on: newest.day)?.path,
        count: lost,
        "the export of \(source.name) of \(newest.day) has \(counted(newest.rows, "row")), "
          + "\(QualityFinding.share(lost, of: before.rows)) fewer than that of \(before.day) "
          + "(more than 20 % is odd); rows may be missing")
    }
  }
}
