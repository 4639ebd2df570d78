internal import History

package enum CohortSection: PageSection {
  package static let id = "cohorts"
  package static let title = "Azure subscription retention: by month of start"

  package static func definition(_ input: PageInput) -> String {
    "Of the Azure subscriptions that began in a month, the share that was still there after 30, 60, 90 … days, "
      + "neither deprovisioned nor suspended (a suspension lifted within 30 days does not count). Only months "
      + "since the first export (\(input.facts.period.firstObservation)): of older ones only the survivors are "
      + "known. A cell stands empty until every subscription of the month can be that old. Who left otherwise "
      + "(transfer, unpaid trial, end of the commitment) counts until then (Kaplan–Meier within the month). "
      + "From the first day on record, whatever the period."
  }

  /// Lines that can be told apart.
  private static let charted = 4

  package static func add(_ numbers: CohortNumbers, _ input: PageInput, to body: inout SectionBody)
  {
    let long = numbers.cohorts.filter { $0.retained.count > 2 }
    func ages(of cohorts: [CohortNumbers.Cohort]) -> [Int] {
      let steps = cohorts.map(\.retained.count).max() ?? 0
      return (0..<max(1, steps)).map { $0 * CohortNumbers.stepDays }
    }
    if !long.isEmpty {
      // From the oldest month to the newest, as many as lines can be told apart.
      let count = min(charted, long.count)
      let shown = (0..<count).map { long[count == 1 ? 0 : $0 * (long.count - 1) / (count - 1)] }
      let ages = ages(of: shown)
      let last = shown.first
      body.add(
        PageChart(
          kind: .curve,
          title: "Still there by age, from the oldest month to the newest that can be followed",
          summary: last.map {
            "Of the \(Shown.count($0.size)) that began in \($0.month), "
              + "\(Shown.percent($0.retained.last ?? 1)) were still there after "
              + "\(($0.retained.count - 1) * CohortNumbers.stepDays) days."
          } ?? "",
          xTitle: "Days since the start", yTitle: "Still there", labels: ages.map(String.init),
          places: ages.map(Double.init),
          series: shown.map { cohort in
            PageChart.Series(
              cohort.month,
              ages.indices.map {
                cohort.retained.indices.contains($0) ? cohort.retained[$0] : nil
              })
          }, format: .percent, most: 1))
    }
    let shownAges = Array(ages(of: numbers.cohorts).prefix(13))
    body.add(
      PageTable(
        "Share still there after so many days",
        [
          PageTable.Column("Began in", .day), PageTable.Column("Subscriptions", .number),
          PageTable.Column("Lost so far", .number),
        ] + shownAges.dropFirst().map { PageTable.Column("\($0) days", .number) },
        numbers.cohorts.map { cohort in
          [.text(cohort.month), .count(cohort.size), .count(cohort.lost)]
            + shownAges.indices.dropFirst().map {
              .optional(percent: cohort.retained.indices.contains($0) ? cohort.retained[$0] : nil)
            }
        }, isOrdered: true))
  }
}
