/// Days or months inside the usage without a line of any customer: exports that are missing, no churn.
///
/// A run of days is odd when the step over it is at least twice the usual one, which 95 of 100 steps from one
/// day with usage to the next are no longer than; of fewer than twenty steps the usual one is a day. So a
/// partner whose customers rest at weekends has no gap each week. An odd run is a warning, and an error from 28
/// days on, which is as good as a month. The ten longest stand by themselves, the others are added up in one
/// finding, and those that are usual in one for information.
///
/// Where months are exported rather than days, a month stands on its first or its last day; from there to the
/// same day of the next month nothing is missing.
struct UsageGaps: QualityCheck {
  let name = "usageGap"
  let isAboutFiles = false

  static let longestListed = 10
  static let month = 28
  static let fewestSteps = 20

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    let gaps = Self.gaps(between: facts.usageDays)
      .sorted { ($1.dayCount, $0.lowerBound) < ($0.dayCount, $1.lowerBound) }
    let usual = Self.usualStep(facts.usageDays)
    let oddCount = gaps.count { $0.dayCount + 1 >= 2 * usual }
    var found = gaps.prefix(min(oddCount, Self.longestListed)).map { finding(for: $0) }
    let others = gaps[..<oddCount].dropFirst(Self.longestListed)
    if !others.isEmpty {
      found.append(
        finding(
          .warning, column: "usageDate", count: others.reduce(0) { $0 + $1.dayCount },
          "no usage of any customer in \(counted(others.count, "shorter run")) of days"))
    }
    let usualGaps = gaps.dropFirst(oddCount)
    if !usualGaps.isEmpty {
      found.append(
        finding(
          .info, column: "usageDate", count: usualGaps.reduce(0) { $0 + $1.dayCount },
          "no usage of any customer in \(counted(usualGaps.count, "run")) of days, as is usual in this history, "
            + "where up to \(usual) days lie from one day with usage to the next"))
    }
    return found
  }

  /// The runs of days between days with usage, in their order.
  ///
  /// - Parameter days: with usage of anyone, ascending.
  /// - Returns: without those that are the rest of a month which stands on one day.
  static func gaps(between days: [CalendarDay]) -> [ClosedRange<CalendarDay>] {
    days.indices.dropFirst().compactMap { index in
      let (last, next) = (days[index - 1], days[index])
      guard next - last > 1 else { return nil }
      // Days are there beside it: then it is days that are exported, and a month of them is missing.
      let isBesideDays =
        index >= 2 && last - days[index - 2] == 1
        && index + 1 < days.count && days[index + 1] - next == 1
      return !isBesideDays && isMonth(from: last, to: next) ? nil : (last + 1)...(next - 1)
    }
  }

  /// Whether both are the first, or both the last day of two months one after the other.
  private static func isMonth(from last: CalendarDay, to next: CalendarDay) -> Bool {
    func month(_ day: CalendarDay) -> Int { day.civil.year * 12 + day.civil.month }
    let areFirst = last.civil.day == 1 && next.civil.day == 1
    let areLast = (last + 1).civil.day == 1 && (next + 1).civil.day == 1
    return (areFirst || areLast) && month(next) - month(last) == 1
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
