internal import History
internal import RiskModel

/// Decides which rows belong on the lists, one row at a time.
struct ListEntry {
  var policy: ListingPolicy
  var day: CalendarDay
  var isFirstRun: Bool
  /// From where on a row does not wait.
  var clear: MediumShare
  var exit: ListExit
  /// The risk of today as the model of the previous scores sees it.
  var bridge: ScoreBridge

  /// Why the row belongs on its list, or why not.
  ///
  /// A deadline does not ask for the model's opinion: what ends within 30 days enters, in whatever band.
  ///
  /// - Parameters:
  ///   - row: of today, compared with the one before.
  ///   - before: the same subscription's row in the previous scores.
  /// - Returns: never one of those that put a row aside.
  func reason(_ row: AtRiskDocument.Row, before: AtRiskDocument.Row?) -> ListingReason {
    let hasNearDeadline = policy.hasNearDeadline(row, on: day)
    guard row.isAtRisk else {
      if let before, before.isCase, exit.keeps(row, after: before) { return .stays }
      return hasNearDeadline ? .deadline : .lowRisk
    }
    guard !isFirstRun else { return .firstRun }
    guard let before else { return .newRow }
    if hasJumped(row, before) { return .jump }
    if before.isCase { return .stays }
    if hasNearDeadline { return .deadline }
    let first = row.firstFlagged.flatMap { CalendarDay($0) } ?? day
    if before.isAtRisk, day - first >= policy.weekDays { return .twoWeeks }
    return clear.isReached(by: row) ? .clearRisk : .waiting
  }

  /// Whether one and the same model says that the risk is at least so many times that of the previous scores.
  ///
  /// Points are no probabilities and come in large steps, 35 after 15: only a jump into the high band counts.
  private func hasJumped(_ row: AtRiskDocument.Row, _ before: AtRiskDocument.Row) -> Bool {
    guard let level = bridge.level(of: row) else { return false }
    let (now, then) =
      bridge.isRuled
      ? (level.ruleScore, before.ruleScore) : (level.churnProbability, before.churnProbability)
    guard let now, let then, !bridge.isRuled || now >= RuleScore.bands.high else { return false }
    return now > then && now >= policy.jump * then
  }
}

extension ListingPolicy {
  /// Whether something happens to the row by itself soon.
  func hasNearDeadline(_ row: AtRiskDocument.Row, on day: CalendarDay) -> Bool {
    row.deadlines.contains {
      CalendarDay($0.date).map { (0...deadlineDays).contains($0 - day) } ?? false
    }
  }

  /// Whether something happens soon that was not near yet when somebody spoke with the customer.
  func hasDeadlineCome(
    near row: AtRiskDocument.Row, on day: CalendarDay, since contact: CalendarDay
  ) -> Bool {
    row.deadlines.contains {
      CalendarDay($0.date).map {
        (0...deadlineDays).contains($0 - day) && $0 - contact > deadlineDays
      } ?? false
    }
  }
}
