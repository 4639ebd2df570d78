package enum ReliabilitySection: PageSection {
  package static let id = "reliability"
  package static let title = "The model: are the probabilities true?"

  package static func definition(_ input: PageInput) -> String {
    "Subscriptions of past days that the model had not learned from, in ten groups of equal size by predicted "
      + "probability: the mean prediction of each beside the share that was lost, with a 95 % interval "
      + "(Wilson) as if they were independent. On the diagonal both are the same."
  }

  package static func add(
    _ numbers: ReliabilityNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    let points = numbers.points
    let inside = points.count { $0.predicted >= $0.low && $0.predicted <= $0.high }
    body.add(
      PageChart(
        kind: .curve, title: "Predicted and observed",
        summary:
          "In \(inside) of \(Shown.count(points.count, "group")) the prediction lies within the interval of "
          + "what was observed.",
        xTitle: "Predicted", yTitle: "Observed", labels: points.map { Shown.percent($0.predicted) },
        places: points.map(\.predicted), placeFormat: .percent,
        series: [
          PageChart.Series("Observed", points.map { Optional($0.observed) }),
          PageChart.Series("As predicted", points.map { Optional($0.predicted) }),
          PageChart.Series("95 % interval", points.map { Optional($0.low) }, isEdge: true),
          PageChart.Series(
            "Upper end of the interval", points.map { Optional($0.high) }, isEdge: true),
        ], format: .percent))
    body.add(
      PageTable(
        "The groups",
        [
          PageTable.Column("Mean prediction"), PageTable.Column("Rows", .number),
          PageTable.Column("Lost", .number), PageTable.Column("Share lost", .number),
        ],
        points.map {
          [.percent($0.predicted), .count($0.rows), .count($0.churned), .percent($0.observed)]
        }, isNarrow: true, isOrdered: true))
    guard !numbers.metrics.isEmpty else { return }
    body.add(heading: "Measures")
    body.add(
      PageTable(
        "Of the same predictions; model/card.md says what each means.",
        [PageTable.Column("Measure"), PageTable.Column("Value", .number)],
        numbers.metrics.map { [.text($0.name), .decimals($0.value, 4)] }, isNarrow: true,
        isOrdered: true))
  }
}
