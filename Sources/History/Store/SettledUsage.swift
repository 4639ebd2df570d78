// Usage in two tables of the same columns, by subscription: one row for each import of a subscription's months.
//
//   a year in one file          ──────────────► usage_settled     every leaf is written once
//   a week beside that year     ──► usage_recent                  a few leaves
//   a week that makes the recent lines more than an eighth of all ──► both settle: usage_settled
//
// A week of every subscription has a row for each leaf of a year, so beside the year in one table it would
// write the whole year anew, every week. So it does once in some weeks only. Readers see both as `usage`.

/// Which table usage of an import goes to, and when it settles.
struct SettledUsage {
  static let settled = "usage_settled"
  static let recent = "usage_recent"
  /// What stands for `usage` where rows are deleted or changed.
  static let tables = [recent, settled]

  /// Lines that are recent are at most one of so many in all.
  private static let share = 8

  /// Lines that earlier imports brought, billed ones left out: those have a table of their own.
  private let earlierLines: Int

  /// - Parameter store: In a transaction, so that nobody else adds to it.
  /// - Throws: `.unusable` when the store is damaged.
  init(_ store: HistoryStore) throws(HistoryError) {
    earlierLines = Int(
      try store.connection.integer(
        """
        SELECT sum(lines) FROM usage_day JOIN import ON import.id = usage_day.import
        WHERE resource != '\(Resource.billing.rawValue)'
        """) ?? 0)
  }

  /// The table for more lines of an import.
  ///
  /// - Parameter lines: What the import has brought, with them.
  /// - Returns: `settled` or `recent`.
  func table(forLines lines: Int) -> String { isSmall(lines) ? Self.recent : Self.settled }

  /// Moves recent usage into the settled, where it has become much.
  ///
  /// - Throws: `.unwritable` when the disk is full, and the like.
  func settle(_ store: HistoryStore) throws(HistoryError) {
    let recent = try store.connection.integer("SELECT sum(lines) FROM \(Self.recent)") ?? 0
    guard recent > 0, !isSmall(Int(recent)) else { return }
    try store.connection.execute(
      """
      INSERT INTO \(Self.settled) SELECT * FROM \(Self.recent)
        ORDER BY subscription, month, import, chunk;
      DELETE FROM \(Self.recent);
      """)
  }

  private func isSmall(_ lines: Int) -> Bool { lines * Self.share <= earlierLines }
}
