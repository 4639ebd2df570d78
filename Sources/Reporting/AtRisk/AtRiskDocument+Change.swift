package import Files
internal import Glibc
internal import History

extension AtRiskDocument {
  /// Odds that differ by less than a tenth are the same: a list must not move with every rounding.
  static let sameOddsRatio = 1.1

  /// Fills `previous`, `change`, `firstFlagged` and `weeksFlagged`.
  ///
  /// A row counts as flagged from the first list on record that had it at risk, or near a deadline, until its
  /// risk was below where rows leave their lists twice running. Without previous scores those of `record` tell that,
  /// without both it counts from today; `change` stays null.
  ///
  /// - Parameters:
  ///   - previous: earlier scores of the same horizon; nil when there are none.
  ///   - path: where they were read from, for errors.
  ///   - record: the newest earlier list that was kept, where there are no previous scores.
  ///   - byOldModel: today's scores by the model of the previous ones, where another one made these: they
  ///     tell whether a row became worse or better.
  ///   - policy: where rows leave their lists.
  /// - Throws: `FileError` when the previous scores answer another question or are not earlier.
  package mutating func compare(
    with previous: AtRiskDocument?, path: String?, flaggedIn record: AtRiskDocument? = nil,
    underOldModel byOldModel: AtRiskDocument? = nil, policy: ListingPolicy = ListingPolicy()
  ) throws(FileError) {
    if let previous { try check(previous, path: path ?? "the previous scores") }
    let before = Dictionary(
      ((previous ?? record)?.subscriptions ?? []).map { ($0.identity.subscriptionId, $0) },
      uniquingKeysWith: { first, _ in first })
    let bridge = ScoreBridge(self, since: previous, underOldModel: byOldModel)
    let sameModel = previous?.model.sha256 == model.sha256
    let (exit, day) = (
      ListExit(policy, in: self, since: previous ?? record), CalendarDay(asOf)
    )
    for index in subscriptions.indices {
      var row = subscriptions[index]
      let old = before[row.identity.subscriptionId]
      let isFlagged =
        row.isAtRisk || old.map { $0.isFlagged && exit.keeps(row, after: $0) } ?? false
        || day.map { policy.hasNearDeadline(row, on: $0) } ?? false
      row.firstFlagged = isFlagged ? old?.firstFlagged ?? asOf : nil
      row.weeksFlagged = row.firstFlagged.map { Self.weeks(from: $0, to: asOf) + 1 } ?? 0
      if let previous {
        row.previous = old.map {
          Previous(
            asOf: previous.asOf, churnProbability: $0.churnProbability, riskBand: $0.riskBand,
            rank: $0.rank)
        }
        row.change = change(of: row, level: bridge.level(of: row), since: old)
        if sameModel, let old { row.compareFamilies(with: old) }
      }
      subscriptions[index] = row
    }
    for index in excluded.indices {
      let row = excluded[index]
      excluded[index].change =
        previous != nil && row.reason == "alreadyChurned"
          && before[row.identity.subscriptionId] != nil ? "churned" : nil
    }
  }

  private func check(_ previous: AtRiskDocument, path: String) throws(FileError) {
    let remedy = "Leave --previous out, or give the scores of an earlier day by the same recipe."
    guard previous.horizonDays == horizonDays, previous.churnEvents == churnEvents else {
      throw FileError(
        kind: .unusable, path: path,
        what: "the previous scores have a horizon of \(previous.horizonDays) days and count "
          + previous.churnEvents.joined(separator: ", "),
        expected: "\(horizonDays) days and \(churnEvents.joined(separator: ", "))", remedy: remedy)
    }
    guard previous.asOf < asOf else {
      throw FileError(
        kind: .unusable, path: path, what: "the previous scores are of \(previous.asOf)",
        expected: "a day before \(asOf)", remedy: remedy)
    }
  }

  /// What changed, with `level` the row by the model of the old one, nil where that is unknown.
  private func change(of row: Row, level: Row?, since old: Row?) -> String {
    // That a row was flagged or is no longer so is a fact under any model.
    guard let old, old.isFlagged || !row.isFlagged else { return "new" }
    if old.isFlagged && !row.isFlagged { return "recovered" }
    guard let level else { return "modelChanged" }
    // Where the rule score decides, the scores are compared: under rules there are no odds, and a
    // model of grade C gives them no say.
    guard level.ruleScore == nil, let now = level.logOdds, let then = old.logOdds else {
      let (now, then) = (level.ruleScore ?? 0, old.ruleScore ?? 0)
      return now > then ? "worse" : now < then ? "better" : "same"
    }
    let difference = now - then
    if abs(difference) < log(Self.sameOddsRatio) { return "same" }
    return difference > 0 ? "worse" : "better"
  }

  private static func weeks(from first: String, to last: String) -> Int {
    guard let first = CalendarDay(first), let last = CalendarDay(last) else { return 0 }
    return max(0, (last - first) / 7)
  }
}
