/// How often each column of the newest complete subscription export of a source is empty.
///
/// Only rows of Azure subscriptions count. A column that the features use and that is never empty for a
/// reason is a warning from 20 % on. Everything else that is empty somewhere is for information: many a column
/// is empty for a reason, such as the end of a trial that never was.
struct MissingValues: QualityCheck {
  let name = "missingValues"
  let isAboutFiles = true

  /// What features, labels and grouping need of every Azure subscription.
  static let neededColumns: Set<String> = [
    "customerTenantId", "customerMarket", "status", "productName", "subscriptionType", "partnerId",
    "effectiveStartDate", "autoRenewEnabled", "licenseCount",
  ]

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    facts.columns.filter { $0.missing > 0 }.compactMap { column in
      let isOdd = column.missing * 5 >= column.rows && Self.neededColumns.contains(column.column)
      guard isOdd || facts.isWholeHistory else { return nil }
      let share = QualityFinding.share(column.missing, of: column.rows)
      return finding(
        isOdd ? .warning : .info, column: column.column, file: column.file, count: column.missing,
        "\(column.column) is empty in \(column.missing) of \(column.rows) Azure rows (\(share)) of "
          + "the newest complete export of \(column.source), \(column.day)"
          + (isOdd ? "; features use it, and from 20 % on they lack it" : ""))
    }
  }
}
