internal import Files

/// One column of the at-risk lists.
///
/// Other programs rely on the order: columns are only ever appended. Every word counts as text from
/// outside, also days and ids: the scores come from a file, which anyone may have edited.
package struct ListColumn: Sendable {
  package let name: String
  let cell: @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell

  private init(
    _ name: String,
    _ cell: @escaping @Sendable (AtRiskDocument.Row, AtRiskDocument) -> DelimitedWriter.Cell
  ) {
    self.name = name
    self.cell = cell
  }

  package static let all: [ListColumn] = [
    ListColumn("rank") { row, _ in .integer(row.rank) },
    ListColumn("subscriptionId") { row, _ in .text(row.identity.subscriptionId) },
    ListColumn("subscriptionName") { row, _ in .text(or: row.identity.subscriptionName) },
    ListColumn("customerTenantId") { row, _ in .text(or: row.identity.customerTenantId) },
    ListColumn("customerName") { row, _ in .text(or: row.identity.customerName) },
    ListColumn("customerMarket") { row, _ in .text(or: row.identity.customerMarket) },
    ListColumn("partnerId") { row, _ in .text(or: row.identity.partnerId) },
    ListColumn("partnerName") { row, _ in .text(or: row.identity.partnerName) },
    ListColumn("productName") { row, _ in .text(or: row.identity.productName) },
    ListColumn("status") { row, _ in .text(row.identity.status) },
    ListColumn("subscriptionStartDate") { row, _ in .text(or: row.identity.subscriptionStartDate) },
    ListColumn("lastUsageDate") { row, _ in .text(or: row.identity.lastUsageDate) },
    ListColumn("churnProbability") { row, _ in .optional(row.churnProbability) },
    ListColumn("riskBand") { row, _ in .text(row.riskBand) },
    ListColumn("atRisk") { row, _ in .bool(row.isAtRisk) },
    ListColumn("change") { row, _ in .text(or: row.change) },
    ListColumn("previousProbability") { row, _ in .optional(row.previous?.churnProbability) },
    ListColumn("firstFlagged") { row, _ in .text(or: row.firstFlagged) },
    ListColumn("weeksFlagged") { row, _ in .integer(row.weeksFlagged) },
    ListColumn("value") { row, _ in .optional(row.identity.value) },
    ListColumn("valueBasis") { row, _ in .text(or: row.identity.valueBasis) },
    ListColumn("currency") { row, _ in .text(or: row.identity.currency) },
    ListColumn("expectedLoss") { row, _ in .optional(row.expectedLoss) },
    ListColumn("reason1") { row, _ in .text(or: row.reason(0)) },
    ListColumn("reason2") { row, _ in .text(or: row.reason(1)) },
    ListColumn("reason3") { row, _ in .text(or: row.reason(2)) },
    ListColumn("nextDeadline") { row, _ in .text(or: row.deadlines.first?.date) },
    ListColumn("nextDeadlineKind") { row, _ in .text(or: row.deadlines.first?.kind) },
    ListColumn("autoRenewEnabled") { row, _ in .optional(row.identity.autoRenewEnabled) },
    ListColumn("commitmentEndDate") { row, _ in .text(or: row.identity.commitmentEndDate) },
    ListColumn("trialStatus") { row, _ in .text(row.identity.trialStatus) },
    ListColumn("microsoftChurnRisk") { row, _ in .text(or: row.identity.microsoftChurnRisk) },
    ListColumn("accountManager") { row, _ in .text(or: row.identity.accountManager) },
    ListColumn("email") { row, _ in .text(or: row.identity.email) },
    ListColumn("asOf") { _, document in .text(document.asOf) },
    ListColumn("horizonDays") { _, document in .integer(document.horizonDays) },
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
