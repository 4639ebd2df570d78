internal import Files
internal import Words

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
  let title: LabelKey
  /// Of the column in a spreadsheet, in characters.
  let width: Double
  let cell: @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell

  private init(
    _ name: String, _ kind: Kind, _ title: LabelKey, _ width: Double,
    _ cell: @escaping @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell
  ) {
    self.name = name
    self.kind = kind
    self.title = title
    self.width = width
    self.cell = cell
  }

  package static let all: [ListColumn] = [
    ListColumn("rank", .count, .rank, 7) { row, _ in .integer(row.rank) },
    ListColumn("subscriptionId", .id, .subscriptionId, 38) { row, _ in
      .text(row.identity.subscriptionId)
    },
    ListColumn("subscriptionName", .text, .subscriptionName, 28) { row, _ in
      .text(or: row.identity.subscriptionName)
    },
    ListColumn("customerTenantId", .id, .customerTenantId, 38) { row, _ in
      .text(or: row.identity.customerTenantId)
    },
    ListColumn("customerName", .text, .customerName, 34) { row, _ in
      .text(or: row.identity.customerName)
    },
    ListColumn("customerMarket", .text, .customerMarket, 9) { row, _ in
      .text(or: row.identity.customerMarket)
    },
    ListColumn("partnerId", .id, .partnerId, 16) { row, _ in .text(or: row.identity.partnerId) },
    ListColumn("partnerName", .text, .partnerName, 24) { row, _ in
      .text(or: row.identity.partnerName)
    },
    ListColumn("productName", .text, .productName, 26) { row, _ in
      .text(or: row.identity.productName)
    },
    ListColumn("status", .text, .status, 11) { row, _ in .text(row.identity.status) },
    ListColumn("subscriptionStartDate", .day, .subscriptionStartDate, 12) { row, _ in
      .text(or: row.identity.subscriptionStartDate)
    },
    ListColumn("lastUsageDate", .day, .lastUsageDate, 12) { row, _ in
      .text(or: row.identity.lastUsageDate)
    },
    ListColumn("churnProbability", .probability, .churnProbability, 12) { row, _ in
      .optional(row.churnProbability)
    },
    ListColumn("riskBand", .text, .riskBand, 10) { row, _ in .text(row.riskBand) },
    ListColumn("atRisk", .flag, .atRisk, 9) { row, _ in .bool(row.isAtRisk) },
    ListColumn("change", .text, .change, 14) { row, _ in .text(or: row.change) },
    ListColumn("previousProbability", .probability, .previousProbability, 12) { row, _ in
      .optional(row.previous?.churnProbability)
    },
    ListColumn("firstFlagged", .day, .firstFlagged, 14) { row, _ in .text(or: row.firstFlagged) },
    ListColumn("weeksFlagged", .count, .weeksFlagged, 14) { row, _ in .integer(row.weeksFlagged)
    },
    ListColumn("value", .number, .value, 14) { row, _ in .optional(row.identity.value) },
    ListColumn("valueBasis", .text, .valueBasis, 13) { row, _ in
      .text(or: row.identity.valueBasis)
    },
    ListColumn("currency", .text, .currency, 10) { row, _ in .text(or: row.identity.currency) },
    ListColumn("expectedLoss", .number, .expectedLoss, 15) { row, _ in .optional(row.expectedLoss)
    },
    ListColumn("reason1", .text, .reason1, 60) { row, _ in .text(or: row.reason(0)) },
    ListColumn("reason2", .text, .reason2, 60) { row, _ in .text(or: row.reason(1)) },
    ListColumn("reason3", .text, .reason3, 60) { row, _ in .text(or: row.reason(2)) },
    ListColumn("nextDeadline", .day, .nextDeadline, 15) { row, _ in
      .text(or: row.deadlines.first?.date)
    },
    ListColumn("nextDeadlineKind", .text, .nextDeadlineKind, 20) { row, _ in
      .text(or: row.deadlines.first?.kind)
    },
    ListColumn("autoRenewEnabled", .flag, .autoRenewEnabled, 12) { row, _ in
      .optional(row.identity.autoRenewEnabled)
    },
    ListColumn("commitmentEndDate", .day, .commitmentEndDate, 17) { row, _ in
      .text(or: row.identity.commitmentEndDate)
    },
    ListColumn("trialStatus", .text, .trialStatus, 11) { row, _ in .text(row.identity.trialStatus)
    },
    ListColumn("microsoftChurnRisk", .text, .microsoftChurnRisk, 16) { row, _ in
      .text(or: row.identity.microsoftChurnRisk)
    },
    ListColumn("accountManager", .text, .accountManager, 24) { row, _ in
      .text(or: row.identity.accountManager)
    },
    ListColumn("email", .text, .email, 28) { row, _ in .text(or: row.identity.email) },
    ListColumn("asOf", .day, .asOf, 12) { _, document in .text(document.asOf) },
    ListColumn("horizonDays", .count, .horizonDays, 15) { _, document in
      .integer(document.horizonDays)
    },
    ListColumn("ruleScore", .number, .ruleScore, 11) { row, _ in .optional(row.ruleScore) },
    ListColumn("listedBecause", .text, .listedBecause, 36) { row, _ in .text(or: row.listingWord)
    },
    ListColumn("listedSince", .day, .listedSince, 14) { row, _ in .text(or: row.listing?.since) },
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
