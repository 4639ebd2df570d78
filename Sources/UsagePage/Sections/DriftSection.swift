package enum DriftSection: PageSection {
  package static let id = "drift"
  package static let title = "The model: does it still fit?"

  package static func definition(_ input: PageInput) -> String {
    "Whether the scores are spread as they were (population stability index, one row of each customer; drift "
      + "where it is above what chance reaches once in a hundred times), and what became of earlier lists once "
      + "their horizon had passed."
  }

  package static func add(_ numbers: DriftNumbers, _ input: PageInput, to body: inout SectionBody) {
    if numbers.changes.isEmpty {
      body.add(sentence: "Drift was not measured; 'churn-risk run' does so every week.")
    } else {
      let alarms = numbers.changes.filter(\.isAlarm)
      body.add(
        sentence: alarms.isEmpty
          ? "Nothing has drifted."
          : "\(Shown.count(alarms.count, "figure")) of \(numbers.changes.count) "
            + "\(alarms.count == 1 ? "has" : "have") drifted.")
      body.add(
        PageTable(
          "Scores, and features that have drifted",
          [
            PageTable.Column("What"), PageTable.Column("Since", .day),
            PageTable.Column("Index", .number), PageTable.Column("By chance at most", .number),
            PageTable.Column("Drifted"),
          ],
          numbers.changes.map {
            [
              .text($0.feature ?? "the scores"), .text($0.since), .decimals($0.value, 3),
              .decimals($0.critical, 3), .text($0.isAlarm ? "yes" : "no"),
            ]
          }))
    }
    guard !numbers.matured.isEmpty else { return }
    body.add(heading: "Earlier lists")
    body.add(
      PageTable(
        "Subscriptions lost within the horizon beside those expected",
        [
          PageTable.Column("List of"), PageTable.Column("Subscriptions", .number),
          PageTable.Column("Lost", .number), PageTable.Column("Expected", .number),
          PageTable.Column("Lost ÷ expected", .number), PageTable.Column("95 % interval"),
        ],
        numbers.matured.map { list in
          let interval = list.low.flatMap { low in
            list.high.map { "\(Shown.decimals(low, 2)) to \(Shown.decimals($0, 2))" }
          }
          return [
            .text(list.asOf), .count(list.rows), .count(list.lost), .decimals(list.expected, 1),
            .optional(list.ratio, 2), interval.map { .text($0) } ?? .empty,
          ]
        }, isNarrow: true, isOrdered: true))
  }
}
