package enum ResellerSection: PageSection {
  package static let id = "resellers"
  package static let title = "Resellers"

  package static func definition(_ input: PageInput) -> String {
    "Azure subscriptions by the reseller in their newest row (partnerId). Active and customers: at the end of "
      + "the period. Sold, lost (deprovisioned or suspended) and used: in it, each subscription once."
  }

  package static func add(
    _ numbers: ResellerNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    let hasReported = numbers.rows.contains { $0.reported != nil }
    body.add(figures: [(Shown.count(numbers.total), numbers.total == 1 ? "reseller" : "resellers")])
    body.add(
      PageTable(
        "Those with the most active subscriptions first."
          + (hasReported
            ? " The last column counts subscriptions of every type, as the export of indirect resellers does."
            : ""),
        [
          PageTable.Column("Reseller"), PageTable.Column("Id"),
          PageTable.Column("Customers", .number), PageTable.Column("Active", .number),
          PageTable.Column("Sold", .number), PageTable.Column("Lost", .number),
          PageTable.Column("Used", .number),
        ] + (hasReported ? [PageTable.Column("Reported by Partner Center", .number)] : []),
        numbers.rows.map { row in
          [
            row.partnerId == nil
              ? .text("without a reseller") : .name(row.name ?? row.partnerId ?? ""),
            .optional(row.partnerId), .count(row.customers), .count(row.active), .count(row.sold),
            .count(row.lost), .count(row.used),
          ] + (hasReported ? [.optional(row.reported)] : [])
        }, total: max(numbers.total, numbers.rows.count)))
  }
}
