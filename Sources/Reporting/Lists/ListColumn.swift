internal import Files

/// One column of the at-risk lists.
///
/// Other programs rely on the order: columns are only ever appended. Every word counts as text from
/// outside, also days and ids: the scores come from a file, which anyone may have edited.
package struct ListColumn: Sendable {
  /// What a column holds; every format takes its types from here.
  package enum Kind: Sendable {
    /// An ISO day; text that is none stays text.
    case day
    /// 0 … 1.
    case probability
    /// An amount, in a currency or in typical lines of usage.
    case number
    /// A whole number.
    case count
    case flag
    case text
    /// A GUID or another word for machines.
    case id
  }

  package let name: String
  package let kind: Kind
  /// The heading for people.
  let title: String
  /// Of the column in a spreadsheet, in characters.
  let width: Double
  let cell: @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell

  private init(
    _ name: String, _ kind: Kind, _ title: String, _ width: Double,
    _ cell: @escaping @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell
  ) {
    self.name = name
    self.kind = kind
    self.title = title
    self.width = width
    self.cell = cell
  }

  package static let all: [ListColumn] = [
    ListColumn("rank", .count, "Rank", 7) { row, _ in .integer(row.rank) },
    ListColumn("subscriptionId", .id, "Subscription id", 38) { row, _ in
      .text(row.identity.subscriptionId)
    },
    ListColumn("subscriptionName", .text, "Subscription", 28) { row, _ in
      .text(or: row.identity.subscriptionName)
    },
    ListColumn("customerTenantId", .id, "Customer tenant id", 38) { row, _ in
      .text(or: row.identity.customerTenantId)
    },
    ListColumn("customerName", .text, "Customer", 34) { row, _ in
      .text(or: row.identity.customerName)
    },
    ListColumn("customerMarket", .text, "Market", 9) { row, _ in
      .text(or: row.identity.customerMarket)
    },
    ListColumn("partnerId", .id, "Partner id", 16) { row, _ in .text(or: row.identity.partnerId) },
    ListColumn("partnerName", .text, "Partner", 24) { row, _ in .text(or: row.identity.partnerName)
    },
    ListColumn("productName", .text, "Product", 26) { row, _ in .text(or: row.identity.productName)
    },
    ListColumn("status", .text, "Status", 11) { row, _ in .text(row.identity.status) },
    ListColumn("subscriptionStartDate", .day, "Started", 12) { row, _ in
      .text(or: row.identity.subscriptionStartDate)
    },
    ListColumn("lastUsageDate", .day, "Last used", 12) { row, _ in
      .text(or: row.identity.lastUsageDate)
    },
    ListColumn("churnProbability", .probability, "Probability", 12) { row, _ in
      .optional(row.churnProbability)
    },
    ListColumn("riskBand", .text, "Risk", 10) { row, _ in .text(row.riskBand) },
    ListColumn("atRisk", .flag, "At risk", 9) { row, _ in .bool(row.isAtRisk) },
    ListColumn("change", .text, "Change", 14) { row, _ in .text(or: row.change) },
    ListColumn("previousProbability", .probability, "Probability before", 12) { row, _ in
      .optional(row.previous?.churnProbability)
    },
    ListColumn("firstFlagged", .day, "First flagged", 14) { row, _ in .text(or: row.firstFlagged) },
    ListColumn("weeksFlagged", .count, "Weeks flagged", 14) { row, _ in .integer(row.weeksFlagged)
    },
    ListColumn("value", .number, "Value", 14) { row, _ in .optional(row.identity.value) },
    ListColumn("valueBasis", .text, "Value basis", 13) { row, _ in
      .text(or: row.identity.valueBasis)
    },
    ListColumn("currency", .text, "Currency", 10) { row, _ in .text(or: row.identity.currency) },
    ListColumn("expectedLoss", .number, "Expected loss", 15) { row, _ in .optional(row.expectedLoss)
    },
    ListColumn("reason1", .text, "Reason 1", 60) { row, _ in .text(or: row.reason(0)) },
    ListColumn("reason2", .text, "Reason 2", 60) { row, _ in .text(or: row.reason(1)) },
    ListColumn("reason3", .text, "Reason 3", 60) { row, _ in .text(or: row.reason(2)) },
    ListColumn("nextDeadline", .day, "Next deadline", 15) { row, _ in
      .text(or: row.deadlines.first?.date)
    },
    ListColumn("nextDeadlineKind", .text, "Kind of deadline", 20) { row, _ in
      .text(or: row.deadlines.first?.kind)
    },
    ListColumn("autoRenewEnabled", .flag, "Auto-renew", 12) { row, _ in
      .optional(row.identity.autoRenewEnabled)
    },
    ListColumn("commitmentEndDate", .day, "Commitment ends", 17) { row, _ in
      .text(or: row.identity.commitmentEndDate)
    },
    ListColumn("trialStatus", .text, "Trial", 11) { row, _ in .text(row.identity.trialStatus) },
    ListColumn("microsoftChurnRisk", .text, "Microsoft's risk", 16) { row, _ in
      .text(or: row.identity.microsoftChurnRisk)
    },
    ListColumn("accountManager", .text, "Account manager", 24) { row, _ in
      .text(or: row.identity.accountManager)
    },
    ListColumn("email", .text, "E-mail", 28) { row, _ in .text(or: row.identity.email) },
    ListColumn("asOf", .day, "As of", 12) { _, document in .text(document.asOf) },
    ListColumn("horizonDays", .count, "Horizon (days)", 15) { _, document in
      .integer(document.horizonDays)
    },
  ]
}

extension AtRiskDocument.Row {
  fileprivate func reason(_ index: Int) -> String? {
    index < reasons.count ? reasons[index].text : nil
  }
}

extension DelimitedWriter.Cell {
  static func text(or text: String?) -> Self { text.map { .text($0) } ?? .empty }
  static func optional(_ number: Double?) -> Self { number.map { .number($0) } ?? .empty }
  static func optional(_ flag: Bool?) -> Self { flag.map { .bool($0) } ?? .empty }
}
