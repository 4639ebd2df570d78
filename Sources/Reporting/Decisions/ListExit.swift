/// Decides who stays on a list, or flagged: whose risk was not clearly lower in two lists running.
///
/// Usage comes in bursts. Half of the rows that fall below the exit are back above it a week later; one good
/// week ends nothing.
struct ListExit {
  private let level: MediumShare
  /// Of the scores before, by their own bands; nil without any.
  private let levelBefore: MediumShare?

  /// - Parameters:
  ///   - policy: down to where a row stays.
  ///   - document: the scores of today.
  ///   - previous: those before.
  init(_ policy: ListingPolicy, in document: AtRiskDocument, since previous: AtRiskDocument?) {
    level = .exit(policy, in: document)
    levelBefore = previous.map { .exit(policy, in: $0) }
  }

  /// Whether a row that was on its list stays there.
  ///
  /// - Parameters:
  ///   - row: of today.
  ///   - before: the same subscription's row in the scores before.
  /// - Returns: false when both are below where rows leave.
  func keeps(_ row: AtRiskDocument.Row, after before: AtRiskDocument.Row) -> Bool {
    level.isReached(by: row) || levelBefore?.isReached(by: before) ?? false
  }
}
