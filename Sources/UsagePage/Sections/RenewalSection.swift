package enum RenewalSection: PageSection {
  package static let id = "renewals"
  package static let title = "Azure subscription retention: renewals"

  package static func definition(_ input: PageInput) -> String {
    "The number of Azure subscriptions that were renewed in the period, by lastRenewalDate. One that renews "
      + "every month counts as one subscription, and each renewal that an export showed as one renewal."
  }

  package static func add(_ numbers: RenewalNumbers, _ input: PageInput, to body: inout SectionBody)
  {
    let total = numbers.renewals.reduce(0, +)
    body.add(figures: [
      (Shown.count(numbers.subscriptions), "subscriptions renewed"),
      (Shown.count(total), "renewals"),
    ])
    guard total > 0 else { return }
    body.add(
      PageChart(
        kind: .bar, title: "Renewals by \(input.facts.bucketWord)",
        summary: Trend.ofCounts(numbers.renewals, input.facts, what: "renewals"),
        xTitle: input.facts.bucketTitle, yTitle: "Renewals", labels: numbers.labels,
        series: [PageChart.Series("Renewals", numbers.renewals)]))
  }
}
