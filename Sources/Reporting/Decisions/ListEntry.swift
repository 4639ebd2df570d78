internal import History

/// Decides which rows belong on the lists, one row at a time.
struct ListEntry {
  var policy: ListingPolicy
  var day: CalendarDay
  var isFirstRun: Bool
  /// Whether points decide the bands.
  var isRuled: Bool
  /// Where the medium band begins: a probability, or points.
  var medium: Double

  /// Why the row belongs on its list, or why not.
  ///
  /// - Parameters:
  ///   - row: of today, compared with the one before.
  ///   - before: the same subscription's row in the previous scores.
  /// - Returns: never one of those that put a row aside.
  func reason(_ row: AtRiskDocument.Row, before: AtRiskDocument.Row?) -> ListingReason {
    guard row.isAtRisk else {
      return before?.isCase ?? false && isAboveExit(row) ? .stays : .lowRisk
    }
    guard !isFirstRun else { return .firstRun }
    guard let before else { return .newRow }
    if hasJumped(row, before) { return .jump }
    if before.isCase { return .stays }
    if policy.hasNearDeadline(row, on: day) { return .deadline }
    let first = row.firstFlagged.flatMap { CalendarDay($0) } ?? day
    return before.isAtRisk && day - first >= policy.weekDays ? .twoWeeks : .waiting
  }

  private func hasJumped(_ row: AtRiskDocument.Row, _ before: AtRiskDocument.Row) -> Bool {
    let (now, then) =
      isRuled
      ? (row.ruleScore, before.ruleScore) : (row.churnProbability, before.churnProbability)
    guard let now, let then else { return false }
    return now > then && now >= policy.jump * then
  }

  private func isAboveExit(_ row: AtRiskDocument.Row) -> Bool {
    if isRuled { return (row.ruleScore ?? 0) >= policy.exitShare * medium }
    guard let probability = row.churnProbability, medium < 1 else { return false }
    // p/(1 − p) ≥ share · m/(1 − m), without a division by zero.
    return probability * (1 - medium) >= policy.exitShare * medium * (1 - probability)
  }
}

extension ListingPolicy {
  /// Whether something happens to the row by itself soon.
  func hasNearDeadline(_ row: AtRiskDocument.Row, on day: CalendarDay) -> Bool {
    row.deadlines.contains {
      CalendarDay($0.date).map { (0...deadlineDays).contains($0 - day) } ?? false
    }
  }
}
