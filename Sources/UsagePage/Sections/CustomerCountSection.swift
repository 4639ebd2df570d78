package enum CustomerCountSection: PageSection {
  package static let id = "customerCount"
  package static let title = "Customer count"

  package static func definition(_ input: PageInput) -> String {
    "New customers: those whose first Azure subscription was sold in the period, by the day of that sale. "
      + "Customers: those with an active Azure subscription at the end of each \(input.facts.bucketWord)."
  }

  package static func add(
    _ numbers: CustomerCountNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    var figures = [(figure: Shown.count(numbers.total), words: "new customers")]
    if let active = numbers.active.last ?? nil {
      figures.append((Shown.count(active), "customers at the end"))
    }
    body.add(figures: figures)
    if numbers.total > 0 {
      body.add(
        PageChart(
          kind: .bar, title: "New customers by \(input.facts.bucketWord)",
          summary: Trend.ofCounts(numbers.new, input.facts, what: "new"),
          xTitle: input.facts.bucketTitle, yTitle: "Customers", labels: numbers.labels,
          series: [PageChart.Series("New customers", numbers.new)]))
    }
    guard numbers.active.contains(where: { $0 != nil }) else { return }
    body.add(
      PageChart(
        kind: .line, title: "Customers with an active Azure subscription",
        summary: Trend.ofLevels(numbers.active, what: "customers"),
        xTitle: input.facts.bucketTitle, yTitle: "Customers", labels: numbers.labels,
        series: [PageChart.Series("Customers", numbers.active)]))
  }
}
