internal import Files
internal import History
internal import Words

// The small tables beside the lists: CSV files of an export, sheets of a workbook, sections of a page.

extension ListTable {
  /// One row for each reason and mitigating fact of every scored subscription.
  static func reasons(of document: AtRiskDocument) -> ListTable {
    let subscriptions = document.subscriptions
    return ListTable(
      columns: [
        Column("rank", .count, .rank, 7), Column("subscriptionId", .id, .subscriptionId, 38),
        Column("direction", .text, .direction, 11), Column("feature", .text, .feature, 24),
        Column("family", .text, .family, 16), Column("value", .number, .value, 12),
        Column("contribution", .number, .contribution, 14), Column("text", .text, .reason, 60),
      ], itemCount: subscriptions.count,
      rowCount: subscriptions.reduce(0) { $0 + $1.reasons.count + $1.mitigating.count }
    ) { item in
      let row = subscriptions[item]
      func cells(_ direction: String, _ reason: AtRiskDocument.Reason) -> [Cell] {
        [
          .integer(row.rank), .text(row.identity.subscriptionId), .word(direction),
          .text(reason.feature), .text(reason.family), .optional(reason.value),
          .number(reason.contribution), .text(reason.text),
        ]
      }
      return row.reasons.map { cells("raises", $0) } + row.mitigating.map { cells("lowers", $0) }
    }
  }

  /// Subscriptions without usage, with the threshold beside the days.
  static func withoutUsage(
    _ rows: [AtRiskDocument.Row], of document: AtRiskDocument
  ) -> ListTable {
    ListTable(
      columns: identityColumns + [
        Column("lastUsageDate", .day, .lastUsageDate, 12),
        Column("daysWithoutUsage", .count, .daysWithoutUsage, 19),
        Column("thresholdDays", .count, .thresholdDays, 19),
      ], itemCount: rows.count, rowCount: rows.count
    ) { item in
      let row = rows[item]
      let last = row.identity.lastUsageDate.flatMap { CalendarDay($0) }
      let through = CalendarDay(row.identity.usageThrough ?? document.dataThrough)
      let days: Cell = last.flatMap { last in through.map { .integer($0 - last) } } ?? .empty
      return [
        cells(row.identity) + [
          last.map { .word($0.description) } ?? .empty, days,
          .integer(AtRiskDocument.withoutUsageDays),
        ]
      ]
    }
  }

  /// Subscriptions that were lost lately.
  static func lost(_ rows: [AtRiskDocument.ExcludedRow]) -> ListTable {
    ListTable(
      columns: identityColumns + [
        Column("status", .text, .status, 15), Column("since", .day, .since, 12),
        Column("change", .text, .change, 11),
      ], itemCount: rows.count, rowCount: rows.count
    ) { item in
      [
        cells(rows[item].identity) + [
          .text(rows[item].identity.status), .text(or: rows[item].since),
          .text(or: rows[item].change),
        ]
      ]
    }
  }

  private static let identityColumns = [
    Column("subscriptionId", .id, .subscriptionId, 38),
    Column("subscriptionName", .text, .subscriptionName, 28),
    Column("customerTenantId", .id, .customerTenantId, 38),
    Column("customerName", .text, .customerName, 34), Column("partnerId", .id, .partnerId, 16),
    Column("partnerName", .text, .partnerName, 24),
    Column("accountManager", .text, .accountManager, 24), Column("email", .text, .email, 28),
  ]

  private static func cells(_ identity: AtRiskDocument.Identity) -> [Cell] {
    [
      .text(identity.subscriptionId), .text(or: identity.subscriptionName),
      .text(or: identity.customerTenantId), .text(or: identity.customerName),
      .text(or: identity.partnerId), .text(or: identity.partnerName),
      .text(or: identity.accountManager), .text(or: identity.email),
    ]
  }
}

extension AtRiskDocument {
  /// Microsoft's tab "Without usage": never used, or not for this many days before usageThrough.
  static let withoutUsageDays = 30

  /// The scored rows without usage; what was never used has to be as old as that itself.
  ///
  /// Where nobody's usage is known, nobody is known to be without.
  var rowsWithoutUsage: [Row] {
    guard subscriptions.contains(where: { $0.identity.lastUsageDate != nil }) else { return [] }
    let whole = CalendarDay(dataThrough)
    // By place: to copy a row takes long.
    return subscriptions.indices.filter { place in
      let through = subscriptions[place].identity.usageThrough.flatMap { CalendarDay($0) } ?? whole
      guard let through,
        let last = subscriptions[place].identity.lastUsageDate.flatMap({ CalendarDay($0) })
      else {
        // Where no usage of the source is known, nobody can tell.
        guard subscriptions[place].identity.usageThrough != nil else { return false }
        guard let through,
          let start = subscriptions[place].identity.subscriptionStartDate
            .flatMap({ CalendarDay($0) })
        else { return true }
        return through - start >= Self.withoutUsageDays
      }
      return through - last >= Self.withoutUsageDays
    }.map { subscriptions[$0] }
  }

  /// Churned within this many days before asOf.
  static let lostDays = 30

  /// The excluded rows that churned lately, the last first.
  var rowsLost: [ExcludedRow] {
    guard let asOf = CalendarDay(asOf) else { return [] }
    let lost = excluded.filter { row in
      guard row.reason == "alreadyChurned", let since = row.since.flatMap({ CalendarDay($0) })
      else { return false }
      return asOf - since <= Self.lostDays
    }
    return lost.sorted {
      ($1.since ?? "", $0.identity.subscriptionId) < ($0.since ?? "", $1.identity.subscriptionId)
    }
  }
}

extension ListTable {
  /// One line for each list.
  static func summary(_ summary: ListSummary) -> ListTable {
    let names =
      summary.grouping == .partnerId ? [Column("partnerName", .text, .partnerName, 24)] : []
    return ListTable(
      columns: [
        Column("list", .text, .list, 12),
        Column(summary.grouping.rawValue, .text, summary.grouping.title, 34),
      ] + names + [
        Column("rows", .count, .rows, 10),
        Column("high", .count, .high, 10), Column("medium", .count, .medium, 10),
        Column("expectedChurn", .number, .expectedToBeLost, 20),
      ], itemCount: summary.lines.count, rowCount: summary.lines.count
    ) { item in
      let line = summary.lines[item]
      return [
        [
          .word(line.kind.rawValue), .text(or: line.key),
        ] + names.map { _ in .text(or: line.partnerName) } + [
          .integer(line.rows), .integer(line.high), .integer(line.medium),
          .optional(line.expectedChurn),
        ]
      ]
    }
  }
}
