/// Days or months inside the usage without a line of any customer: exports that are missing, no churn.
///
/// A warning for each run of days; an error from 28 days on, which is as good as a month. The ten longest
/// runs stand by themselves, the others are added up in one finding. A history without any usage has no gap.
struct UsageGaps: QualityCheck {
  let name = "usageGap"
  let isAboutFiles = false

  static let longestListed = 10
  static let month = 28

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    let gaps = zip(facts.usageDays, facts.usageDays.dropFirst()).filter { $1 - $0 > 1 }
      .map { last, next in (last + 1)...(next - 1) }
      .sorted { ($1.dayCount, $0.lowerBound) < ($0.dayCount, $1.lowerBound) }
    var found = gaps.prefix(Self.longestListed).map { gap in
      finding(
        gap.dayCount >= Self.month ? .error : .warning, column: "usageDate", count: gap.dayCount,
        gap.dayCount == 1
          ? "no usage of any customer on \(gap.lowerBound)"
          : "no usage of any customer from \(gap.lowerBound) to \(gap.upperBound)"
            + (gap.dayCount >= Self.month ? ", 28 days or more" : ""))
    }
    let others = gaps.dropFirst(Self.longestListed)
    if !others.isEmpty {
      found.append(
        finding(
          .warning, column: "usageDate", count: others.reduce(0) { $0 + $1.dayCount },
          "no usage of any customer in \(others.count) shorter runs of days"))
    }
    return found
  }
}
