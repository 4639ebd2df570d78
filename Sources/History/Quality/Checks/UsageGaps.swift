/// Days or months inside the usage without a line of any customer: exports that are missing, no churn.
///
/// A run of days is odd when the step over it is at least twice the usual one, which 95 of 100 steps from one
/// day with usage to the next are no longer than; of fewer than twenty steps the usual one is a day. So a
/// partner whose customers rest at weekends has no gap each week. An odd run is a warning, and an error from 28
/// days on, which is as good as a month. The ten longest stand by themselves, the others are added up in one
/// finding, and those that are usual in one for information.
struct UsageGaps: QualityCheck {
  let name = "usageGap"
  let isAboutFiles = false

  static let longestListed = 10
  static let month = 28
  static let fewestSteps = 20

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    let gaps = zip(facts.usageDays, facts.usageDays.dropFirst()).filter { $1 - $0 > 1 }
      .map { last, next in (last + 1)...(next - 1) }
      .sorted { ($1.dayCount, $0.lowerBound) < ($0.dayCount, $1.lowerBound) }
    let usual = Self.usualStep(facts.usageDays)
    let oddCount = gaps.count { $0.dayCount + 1 >= 2 * usual }
    var found = gaps.prefix(min(oddCount, Self.longestListed)).map { finding(for: $0) }
    let others = gaps[..<oddCount].dropFirst(Self.longestListed)
    if !others.isEmpty {
      found.append(
        finding(
          .warning, column: "usageDate", count: others.reduce(0) { $0 + $1.dayCount },
          "no usage of any customer in \(others.count) shorter runs of days"))
    }
    let usualGaps = gaps.dropFirst(oddCount)
    if !usualGaps.isEmpty {
      found.append(
        finding(
          .info, column: "usageDate", count: usualGaps.reduce(0) { $0 + $1.dayCount },
          "no usage of any customer in \(usualGaps.count) runs of days, as is usual in this history, "
            + "where up to \(usual) days lie from one day with usage to the next"))
    }
    return found
  }

  /// The step that 95 of 100 are no longer than, in days.
  private static func usualStep(_ days: [CalendarDay]) -> Int {
    let steps = zip(days.dropFirst(), days).map { later, earlier in later - earlier }.sorted()
    return steps.count < fewestSteps ? 1 : steps[(steps.count * 95 + 99) / 100 - 1]
  }

  private func finding(for gap: ClosedRange<CalendarDay>) -> QualityFinding {
    let isMonth = gap.dayCount >= Self.month
    return finding(
      isMonth ? .error : .warning, column: "usageDate", count: gap.dayCount,
      gap.dayCount == 1
        ? "no usage of any customer on \(gap.lowerBound)"
        : "no usage of any customer from \(gap.lowerBound) to \(gap.upperBound)"
          + (isMonth ? ", 28 days or more" : ""))
  }
}
