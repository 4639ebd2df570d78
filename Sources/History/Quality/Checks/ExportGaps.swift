/// Days without an export beyond the usual spacing of a source's exports.
///
/// The usual spacing is the median of the days from one export day to the next, known from four exports on.
/// A step of more than twice that is a recommendation; of more than 60 days a warning, because labels do not
/// count across such a hole. Subscription exports and dated usage exports are judged each by themselves.
struct ExportGaps: QualityCheck {
  let name = "exportGap"
  let isAboutFiles = false

  static let hole = 60

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.sources.flatMap { source in
      findings("subscription", of: source.name, source.days.map(\.day))
        + findings("usage", of: source.name, source.usageDays)
    }
  }

  private func findings(
    _ what: String, of source: String, _ days: [CalendarDay]
  ) -> [QualityFinding] {
    guard let usual = days.usualStep else { return [] }
    return zip(days, days.dropFirst()).filter { $1 - $0 > 2 * usual }.map { last, next in
      let isHole = next - last > Self.hole
      let limit =
        isHole
        ? "more than twice that is odd, and labels do not count across more than 60"
        : "more than twice that is odd"
      return finding(
        isHole ? .warning : .recommendation, count: next - last,
        """
        no \(what) export of \(source) between \(last) and \(next), \(next - last) days where \
        \(usual) are usual (\(limit))
        """)
    }
  }
}
