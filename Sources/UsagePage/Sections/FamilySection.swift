internal import Words

package enum FamilySection: PageSection {
  package static let id = "families"
  package static let title = "The model: what it looks at"

  package static func definition(_ input: PageInput) -> String {
    "How far each family of features moves the scores, up or down: the mean size of its part, over all scored "
      + "subscriptions, in log-odds (points, where a rule decides). And how often its fact is the first reason "
      + "of a subscription at risk."
  }

  package static func add(_ numbers: FamilyNumbers, _ input: PageInput, to body: inout SectionBody)
  {
    let names = numbers.families.map { Language.en.family($0.family) }
    body.add(
      PageChart(
        kind: .ranking, title: "Mean size of each family’s part",
        summary: names.first.map { "\($0) moves the scores most." } ?? "", xTitle: "Family",
        yTitle: numbers.isByRule ? "Points" : "Log-odds", labels: names,
        series: [
          PageChart.Series("Mean size", numbers.families.map { Optional($0.meanAbsolute) })
        ], format: .number))
    body.add(
      PageTable(
        "Over \(Shown.count(numbers.rows, "scored subscription"))",
        [
          PageTable.Column("Family"), PageTable.Column("Mean size", .number),
          PageTable.Column("First reason of those at risk", .number),
        ],
        zip(names, numbers.families).map { name, family in
          [.text(name), .decimals(family.meanAbsolute, 3), .count(family.firstReasons)]
        }, isNarrow: true, isOrdered: true))
  }
}
