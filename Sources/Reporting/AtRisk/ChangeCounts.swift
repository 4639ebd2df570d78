internal import Files

/// How many rows changed in which way since the previous scores.
package struct ChangeCounts: Sendable, Hashable {
  /// The words of `change`; `churned` is that of rows which are lost now.
  package static let words = [
    "new", "worse", "same", "better", "recovered", "modelChanged", "churned",
  ]

  private var counts: [String: Int] = [:]

  package init() {}

  /// Counts a row; one without a change does not count.
  package mutating func add(_ change: String?) {
    if let change { counts[change, default: 0] += 1 }
  }

  package subscript(change: String) -> Int { counts[change] ?? 0 }

  /// Every word with its count; null where nothing was compared.
  var json: JSONValue {
    guard !counts.isEmpty else { return .null }
    return .object(JSONObject(Self.words.map { ($0, .integer(self[$0])) }))
  }
}

extension AtRiskDocument {
  /// What changed on the lists: rows that are on one, those that recovered, and those that are lost.
  package var changesOfLists: ChangeCounts {
    var changes = ChangeCounts()
    for row in subscriptions where row.isListed || row.change == "recovered" {
      changes.add(row.change)
    }
    for row in excluded { changes.add(row.change) }
    return changes
  }
}
