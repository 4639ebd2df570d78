internal import History

package enum TrialSection: PageSection {
  package static let id = "trials"
  package static let title = "Trials ending"

  package static func definition(_ input: PageInput) -> String {
    "Azure trials that have begun, have not become paid, and end within \(TrialNumbers.aheadDays) days of "
      + "\(input.facts.period.asOf), the day of the page."
  }

  package static func add(_ numbers: TrialNumbers, _ input: PageInput, to body: inout SectionBody) {
    body.add(figures: [
      (Shown.count(numbers.ending), "end within \(TrialNumbers.aheadDays) days"),
      (Shown.count(numbers.running), "running in all"),
    ])
    body.add(
      PageTable(
        "The next to end first.",
        [
          PageTable.Column("Customer and subscription"), PageTable.Column("Began", .day),
          PageTable.Column("Ends", .day), PageTable.Column("Days left", .number),
          PageTable.Column("Renews by itself"),
        ],
        numbers.rows.map {
          [
            .which($0.which), .day($0.start?.description), .text($0.end.description),
            .count($0.daysLeft), $0.renews.map { .text($0 ? "yes" : "no") } ?? .empty,
          ]
        }, total: numbers.ending))
  }
}
