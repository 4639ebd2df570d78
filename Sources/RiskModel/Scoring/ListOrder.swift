internal import History

/// In which order a list stands.
///
/// ```
///   by model   probability ↓   log-odds ↓   id
///   by rule    rule score ↓    nearest deadline first    probability ↓    id
/// ```
/// The rule's points already count a trial that ends within 14 days and a commitment that ends within
/// 30; among rows of equal points the nearest of these ends comes first.
struct ListOrder: Sendable {
  let byRule: Bool

  /// The rows, riskiest first; sorts small keys, since rows are large.
  func riskiestFirst(_ rows: [ScoredSubscription]) -> [ScoredSubscription] {
    let keys = rows.map(key(of:))
    let order = keys.indices.sorted { left, right in
      let (a, b) = (keys[left], keys[right])
      if a.score != b.score { return a.score > b.score }
      if a.deadline != b.deadline { return a.deadline < b.deadline }
      return a.logOdds != b.logOdds ? a.logOdds > b.logOdds : a.id < b.id
    }
    return order.map { rows[$0] }
  }

  /// Numbers in the same order as the list, equal where only the id decides.
  ///
  /// - Parameter rows: in the order of the list.
  /// - Returns: one number per row, descending.
  func positions(_ rows: [ScoredSubscription]) -> [Double] {
    var position = 0.0
    var last: Key?
    return rows.map { row in
      let key = key(of: row)
      if let last, last.hasOtherPlace(than: key) { position -= 1 }
      last = key
      return position
    }
  }

  private struct Key {
    var score: Double
    var deadline: Double
    var logOdds: Double
    var id: GUID

    func hasOtherPlace(than other: Key) -> Bool {
      score != other.score || deadline != other.deadline || logOdds != other.logOdds
    }
  }

  private func key(of row: ScoredSubscription) -> Key {
    guard byRule else {
      return Key(
        score: row.probability ?? 0, deadline: 0, logOdds: row.logOdds ?? 0, id: row.identity.id)
    }
    // Without a probability, by the rule score and the id alone.
    let isModel = row.probability != nil
    return Key(
      score: row.ruleScore ?? 0,
      deadline: isModel ? row.deadlineDays ?? .infinity : 0,
      logOdds: row.logOdds ?? 0, id: row.identity.id)
  }
}
