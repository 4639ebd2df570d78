internal import History

package enum WithoutUsageSection: PageSection {
  package static let id = "withoutUsage"
  package static let title = "Subscriptions without usage"

  package static func definition(_ input: PageInput) -> String {
    "Azure subscriptions that were active on \(input.facts.period.to), the last day of the period, and had no "
      + "Azure usage on any day of it."
  }

  package static func add(
    _ numbers: WithoutUsageNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    body.add(figures: [
      (Shown.count(numbers.total), "without usage"),
      (
        Shown.percent(numbers.total, of: numbers.active), "of \(Shown.count(numbers.active)) active"
      ),
      (Shown.count(numbers.neverUsed), "never used as far as known"),
    ])
    body.add(
      PageTable(
        "Never used first, then the longest unused.",
        [
          PageTable.Column("Customer and subscription"), PageTable.Column("Started", .day),
          PageTable.Column("Last used", .day), PageTable.Column("Days without usage", .number),
        ],
        numbers.rows.map { row in
          [
            .which(row.which), .day(row.start?.description),
            .day(row.lastUsage?.description, orElse: "never"),
            .optional(row.lastUsage.map { numbers.end - $0 }),
          ]
        }, total: numbers.total))
  }
}
