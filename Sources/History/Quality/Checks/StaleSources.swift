/// A source that has fallen behind the others: its usage, or its subscription exports.
///
/// What counts is the days from its newest usage line, or its newest subscription export, to the newest
/// observation of the whole history. A warning when they are more than 10 and more than twice the usual
/// days from one such export of the source to the next. Each source is judged by itself, because fresh usage
/// of one tenant says nothing about another's.
struct StaleSources: QualityCheck {
  let name = "staleSource"
  let isAboutFiles = false

  /// A source this many days behind is not stale, however often it is exported.
  static let tolerance = 10

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    guard let newest = facts.newestObservation else { return [] }
    let names = Set(facts.files.lazy.filter(\.resource.isEvidence).map(\.source)).sorted()
    return names.flatMap { name in
      let source = facts.sources.first { $0.name == name }
      return [
        finding(
          "usage", of: name, facts.newestUsageDays[name], usual: source?.usageDays.usualStep,
          newest),
        finding(
          "subscriptions", of: name, source?.days.last?.day,
          usual: source?.days.map(\.day).usualStep, newest),
      ].compactMap(\.self)
    }
  }

  private func finding(
    _ what: String, of source: String, _ last: CalendarDay?, usual: Int?, _ newest: CalendarDay
  ) -> QualityFinding? {
    guard let last else { return nil }
    let limit = max(Self.tolerance, 2 * (usual ?? 0))
    guard newest - last > limit else { return nil }
    let verb = what == "usage" ? "ends" : "end"
    return finding(
      .warning, column: what == "usage" ? "usageDate" : nil, count: newest - last,
      "the \(what) of \(source) \(verb) on \(last), \(newest - last) days before the newest "
        + "observation, \(newest) (more than \(limit) days is stale)")
  }
}
