internal import History

package enum ReservationSection: PageSection {
  package static let id = "reservations"
  package static let title = "Reservations nearing expiry"

  package static func definition(_ input: PageInput) -> String {
    "Reservations and savings plans, told by the name of their product, by commitmentEndDate, counted from "
      + "\(input.facts.period.asOf), the day of the page. They do not renew by themselves unless somebody "
      + "arranged it."
  }

  package static func add(
    _ numbers: ReservationNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    body.add(
      figures: ReservationNumbers.Group.allCases.map {
        (Shown.count(numbers.counts[$0] ?? 0), words($0))
      })
    if numbers.withoutEnd > 0 {
      body.add(
        sentence:
          "\(Shown.count(numbers.withoutEnd)) more \(numbers.withoutEnd == 1 ? "has" : "have") no end "
          + "in the exports.")
    }
    body.add(
      PageTable(
        "The next to end first; below 0 days they have ended.",
        [
          PageTable.Column("Customer and reservation"), PageTable.Column("Ends", .day),
          PageTable.Column("Days left", .number), PageTable.Column("When"),
          PageTable.Column("Quantity", .number),
        ],
        numbers.rows.map {
          [
            .which($0.which), .text($0.end.description), .count($0.daysLeft),
            .text(words($0.group)),
            .optional($0.quantity),
          ]
        }, total: numbers.total))
  }

  private static func words(_ group: ReservationNumbers.Group) -> String {
    switch group {
    case .within7Days: "within 7 days"
    case .within15Days: "in 8 to 15 days"
    case .within30Days: "in 16 to 30 days"
    case .beyond30Days: "beyond 30 days"
    case .expiredInLast30Days: "ended in the last 30 days"
    }
  }
}
