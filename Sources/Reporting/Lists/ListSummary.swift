internal import Files

/// One line for each list: how many rows of which band, and how many are expected to be lost.
///
/// Each line counts all rows of its file: that of `all` every scored row, the others those that are listed.
package struct ListSummary: Sendable {
  package struct Line: Sendable, Hashable {
    package var kind: RiskList.Kind
    /// The value the list was split by; nil for `all` and `unassigned`.
    package var key: String?
    package var rows: Int
    /// Of them, those that stand on the list of somebody or of nobody.
    package var listed: Int
    package var high: Int
    package var medium: Int
    /// Sum of the probabilities; nil under rules.
    package var expectedChurn: Double?
  }

  package var grouping: ListGrouping
  /// In the order of the lists.
  package var lines: [Line]
  /// With exchange rates: what contacts are expected to earn.
  package var profit: ProfitSummary?

  init(_ lists: [RiskList], of document: AtRiskDocument, grouping: ListGrouping) {
    self.grouping = grouping
    lines = lists.map { list in
      Line(
        kind: list.kind, key: list.key, rows: list.rows.count,
        listed: list.rows.count(where: \.isListed),
        high: list.rows.count { $0.riskBand == "high" },
        medium: list.rows.count { $0.riskBand == "medium" },
        expectedChurn: document.model.learner == "rules"
          ? nil : list.rows.reduce(0) { $0 + ($1.churnProbability ?? 0) })
    }
  }
}
