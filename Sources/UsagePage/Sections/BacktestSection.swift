package enum BacktestSection: PageSection {
  package static let id = "backtest"
  package static let title = "The model: past lists"

  package static func definition(_ input: PageInput) -> String {
    "What each past list would have been, made anew from what was known on its day, against what happened "
      + "('churn-risk backtest'). The area under the ROC curve is the chance that a subscription that was lost "
      + "stood above one that was not: 0.5 is guessing, 1 is perfect. Intervals are 95 %, by customer. The "
      + "baseline is the number of days since the last usage alone."
  }

  package static func add(
    _ numbers: BacktestNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    let lists = numbers.lists
    let better = lists.count {
      ($0.areaUnderROC.value ?? 0) > ($0.baselineArea.value ?? .infinity)
    }
    body.add(
      PageChart(
        kind: .line, title: "Area under the ROC curve of each list",
        summary:
          "\(Shown.count(lists.count, "list")); \(Shown.count(better)) of them above the baseline.",
        xTitle: "Day of the list", yTitle: "Area under the ROC curve", labels: lists.map(\.origin),
        series: [
          PageChart.Series("The model", lists.map(\.areaUnderROC.value)),
          PageChart.Series("Days since last usage", lists.map(\.baselineArea.value)),
          PageChart.Series("95 % interval", lists.map(\.areaUnderROC.low), isEdge: true),
          PageChart.Series(
            "Upper end of the interval", lists.map(\.areaUnderROC.high), isEdge: true),
        ], format: .number))
    let rows = lists + [numbers.pooled].compactMap(\.self)
    body.add(
      PageTable(
        "Each list, and all of them together"
          + (numbers.skipped > 0
            ? "; \(Shown.count(numbers.skipped, "day")) could not be judged." : "."),
        [
          PageTable.Column("Day", .day), PageTable.Column("Rows", .number),
          PageTable.Column("Lost", .number),
          PageTable.Column("Area under ROC", .number),
          PageTable.Column("Lift of those called", .number),
          PageTable.Column("Share of losses found", .number),
          PageTable.Column("Observed ÷ expected", .number),
        ],
        rows.map {
          [
            .text($0.origin), .count($0.rows), .count($0.churned),
            .optional($0.areaUnderROC.value, 3), .optional($0.lift.value, 2),
            .optional(percent: $0.recall.value), .optional($0.observedExpected.value, 2),
          ]
        }, isOrdered: true))
  }
}
