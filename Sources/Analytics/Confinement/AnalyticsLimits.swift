internal import Words

/// Bounds of what one answer may hold in memory, and of how long it may take.
package struct AnalyticsLimits: Sendable, Hashable {
  /// Rows that are kept to be put in order: those of the page and all before it.
  package var orderedRows: Int
  /// Groups of a grouped answer.
  package var groups: Int
  /// When an answer must be made; nil: whenever it is.
  package var deadline: ContinuousClock.Instant?

  /// Bounds of one's own; both numbers at least 1.
  package init(orderedRows: Int, groups: Int, deadline: ContinuousClock.Instant? = nil) {
    self.orderedRows = orderedRows
    self.groups = groups
    self.deadline = deadline
  }

  /// As much as there is: for somebody who asks on a machine of his own.
  package static let none = AnalyticsLimits(orderedRows: .max, groups: .max)
  /// For answers that many readers ask for at once.
  package static let service = AnalyticsLimits(orderedRows: 100_000, groups: 250_000)

  /// Called now and then while rows are read.
  ///
  /// - Throws: `QueryTimeout` behind the deadline.
  func checkTime() throws(QueryTimeout) {
    if let deadline, ContinuousClock.now > deadline { throw QueryTimeout() }
  }

  /// - Throws: `QueryError` of groupBy when there are too many groups.
  func check(groups count: Int) throws(QueryError) {
    guard count <= groups else {
      throw QueryError(
        .groupBy,
        "There are more than \(Language.en.grouped(groups)) groups, which is the most that one answer counts. "
          + "Leave out a field to group by, put dates together by month or dateRange, or narrow the "
          + "rows by a filter.")
    }
  }

  /// - Parameters:
  ///   - query: whose page is sorted.
  ///   - hasOwnOrder: whether rows come in order where the query leaves it open.
  /// - Throws: `QueryError` of skip when too many rows would be kept.
  func check(sorting query: AnalyticsQuery, hasOwnOrder: Bool) throws(QueryError) {
    guard !(hasOwnOrder && query.orderBy.isEmpty) else { return }
    let (end, overflows) = query.skip.addingReportingOverflow(query.top)
    guard overflows || end > orderedRows else { return }
    throw QueryError(
      .skip,
      "Rows behind the first \(Language.en.grouped(orderedRows)) cannot be put in order here; expected skip and "
        + "top to end there. Narrow the rows by a filter"
        + (hasOwnOrder ? ", or leave orderby out." : "."))
  }
}

/// An answer that was not made by its deadline.
package struct QueryTimeout: Error, Sendable, Hashable {}
