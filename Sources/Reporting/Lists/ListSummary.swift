internal import Files

/// One line for each list: how many rows of which band, and how many are expected to be lost.
///
/// Each line counts all rows of its file: that of `all` every scored row, the others those that are listed.
package struct ListSummary: Sendable {
  package struct Line: Sendable, Hashable {
    package var kind: RiskList.Kind
    /// The value the list was split by; nil for `all` and `unassigned`.
    package var key: String?
    /// Of the reseller, where the lists are resellers'.
    package var partnerName: String?
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
    let hasProbabilities = document.model.learner != "rules"
    lines = lists.map { list in
      var line = Line(
        kind: list.kind, key: list.key, partnerName: list.partnerName, rows: list.rows.count,
        listed: 0, high: 0, medium: 0,
        expectedChurn: hasProbabilities ? 0 : nil)
      // By place: to copy a row takes long.
      for place in list.rows.indices {
        if list.rows[place].isListed { line.listed += 1 }
        if list.rows[place].riskBand == "high" { line.high += 1 }
        if list.rows[place].riskBand == "medium" { line.medium += 1 }
        line.expectedChurn? += list.rows[place].churnProbability ?? 0
      }
      return line
    }
  }
}
