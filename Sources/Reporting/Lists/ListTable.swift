internal import Files
internal import History

/// A small table beside the lists, always CSV.
struct ListTable {
  let kind: RiskList.Kind
  let fileName: String
  let columns: [String]
  let rows: [[DelimitedWriter.Cell]]

  /// One row for each reason and mitigating fact of every scored subscription.
  static func reasons(of document: AtRiskDocument) -> ListTable {
    ListTable(
      kind: .reasons, fileName: "reasons",
      columns: [
        "rank", "subscriptionId", "direction", "feature", "family", "value", "contribution", "text",
      ],
      rows: document.subscriptions.flatMap { row in
        func cells(
          _ direction: String, _ reason: AtRiskDocument.Reason
        ) -> [DelimitedWriter.Cell] {
          [
            .integer(row.rank), .text(row.identity.subscriptionId), .word(direction),
            .text(reason.feature), .text(reason.family), .optional(reason.value),
            .number(reason.contribution), .text(reason.text),
          ]
        }
        return row.reasons.map { cells("raises", $0) } + row.mitigating.map { cells("lowers", $0) }
      })
  }

  /// Microsoft's tab "Without usage": never used, or not for this many days before dataThrough.
  static let withoutUsageDays = 30

  static func withoutUsage(of document: AtRiskDocument) -> ListTable {
    let through = CalendarDay(document.dataThrough)
    // Where nobody's usage is known, nobody is known to be without.
    let isUsageKnown = document.subscriptions.contains { $0.identity.lastUsageDate != nil }
    return ListTable(
      kind: .withoutUsage, fileName: "without-usage",
      columns: identityColumns + ["lastUsageDate", "daysWithoutUsage"],
      rows: document.subscriptions.compactMap { row in
        let last = row.identity.lastUsageDate.flatMap { CalendarDay($0) }
        guard isUsageKnown else { return nil }
        guard let last, let through else {
          return cells(row.identity) + [.empty, .empty]
        }
        let days = through - last
        guard days >= withoutUsageDays else { return nil }
        return cells(row.identity) + [.word(last.description), .integer(days)]
      })
  }

  /// Churned within this many days before asOf.
  static let lostDays = 30

  static func lost(of document: AtRiskDocument) -> ListTable {
    let asOf = CalendarDay(document.asOf)
    return ListTable(
      kind: .lost, fileName: "lost",
      columns: identityColumns + ["status", "since"],
      rows: document.excluded.compactMap { row in
        guard row.reason == "alreadyChurned", let asOf,
          let since = row.since.flatMap({ CalendarDay($0) }), asOf - since <= lostDays
        else { return nil }
        return cells(row.identity) + [
          .text(row.identity.status), .word(since.description),
        ]
      })
  }

  private static let identityColumns = [
    "subscriptionId", "subscriptionName", "customerTenantId", "customerName", "partnerId",
    "partnerName", "accountManager", "email",
  ]

  private static func cells(_ identity: AtRiskDocument.Identity) -> [DelimitedWriter.Cell] {
    [
      .text(identity.subscriptionId), .text(or: identity.subscriptionName),
      .text(or: identity.customerTenantId), .text(or: identity.customerName),
      .text(or: identity.partnerId), .text(or: identity.partnerName),
      .text(or: identity.accountManager), .text(or: identity.email),
    ]
  }
}
