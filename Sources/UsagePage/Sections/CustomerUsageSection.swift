internal import History

package enum CustomerUsageSection: PageSection {
  package static let id = "customerUsage"
  package static let title = "Customers with and without usage"

  package static func definition(_ input: PageInput) -> String {
    "With usage: customers with Azure usage on at least one day of the period. Without: customers that had an "
      + "active Azure subscription on a day of the period and no usage on any."
  }

  package static func add(
    _ numbers: CustomerUsageNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    body.add(figures: [
      (Shown.count(numbers.withUsage), "customers with usage"),
      (Shown.count(numbers.withoutUsage), "customers without usage"),
    ])
    if let last = input.facts.lastUsage, last < input.facts.period.to {
      body.add(
        sentence:
          "Usage is known through \(last) only; who used something after that is not known yet.")
    }
    guard numbers.byDate.contains(where: { $0 > 0 }) else { return }
    let values: [Int?] = numbers.byDate
    body.add(
      PageChart(
        kind: .line, title: "Customers with usage by \(input.facts.bucketWord)",
        summary: Trend.ofLevels(values, what: "customers with usage"),
        xTitle: input.facts.bucketTitle, yTitle: "Customers", labels: numbers.labels,
        series: [PageChart.Series("With usage", values)]))
  }
}
