// What the exports showed of one subscription, one sighting for each source and day.
//
//   rows, by day, source and import    state     what it amounts to
//   ────────────────────────────────   ────────  ──────────────────────────────────────────
//   03-10  a  page 1                   ACTIVE    (replaced by the later page)
//   03-10  a  page 2                   SUSPENDED SUSPENDED
//   03-12  b  rejected                 -         SUSPENDED: b showed nothing else before
//   03-17  a  rejected                 -         SUSPENDED: what a showed before
//
// A row that was rejected although its id could be read proves that the subscription was there, and
// nothing else. Leaving it out would make an absence of a mistake in a date; so it repeats what was
// known before, and what came later has no part in it. Before anything is known it counts for nothing.

/// A row of one subscription in one import.
struct Sighting {
  /// Position of the import in the order of the store: by day, source and number.
  var rank: Int32
  /// Row id of the state, or `presenceOnly`.
  var state: Int64
  /// The row's own `lastUsageDate`, in days since 1970-01-01.
  var lastUsageDate: Int32?
  /// The imports of the source and day that show the subscription.
  var imports: Int32 = 1
  /// Whether one of them could use its row.
  var isAccepted = true

  /// Stands for the state of a row that could not be used; row ids count from 1.
  static let presenceOnly: Int64 = 0

  /// Turns the rows of one subscription into what they amount to.
  ///
  /// - Parameters:
  ///   - rows: in any order; afterwards by day, then source, at most one for each, and every one has
  ///     a state.
  ///   - places: of the imports, by rank.
  static func resolve(_ rows: inout [Sighting], _ places: [ImportPlace]) {
    if !isOrdered(rows) { rows.sort { $0.rank < $1.rank } }
    // So many are resolved already, all of them before `start`.
    var count = 0
    var start = 0
    while start < rows.count {
      let place = places[Int(rows[start].rank)]
      var end = start + 1
      while end < rows.count, places[Int(rows[end].rank)] == place { end += 1 }
      // Of the pages of one source and day the later import counts.
      var page = rows[end - 1]
      if page.state == presenceOnly,
        let used = rows[start..<end].last(where: { $0.state != presenceOnly })
      {
        page = used
      }
      page.imports = Int32(end - start)
      start = end
      if page.state == presenceOnly {
        let before = rows[..<count]
        guard
          let known = before.last(where: { places[Int($0.rank)].source == place.source })
            ?? before.last
        else { continue }
        page.state = known.state
        page.lastUsageDate = nil
        page.isAccepted = false
      }
      rows[count] = page
      count += 1
    }
    rows.removeSubrange(count...)
  }

  private static func isOrdered(_ rows: [Sighting]) -> Bool {
    for index in 1..<max(1, rows.count) where rows[index - 1].rank > rows[index].rank {
      return false
    }
    return true
  }
}

extension HistoryStore {
  /// Calls `body` with each subscription that an export has shown, and what that amounts to.
  ///
  /// It is empty when all rows were rejected. Imports that `overview` does not know are not looked at.
  func forEachSubscription(
    in overview: StoreOverview, _ body: (_ subscription: Int64, _ seen: [Sighting]) -> Void
  ) throws(HistoryError) {
    var current: Int64 = -1
    var rows: [Sighting] = []
    func finish() {
      guard !rows.isEmpty else { return }
      Sighting.resolve(&rows, overview.places)
      body(current, rows)
      rows.removeAll(keepingCapacity: true)
    }
    let query = try statement(
      "SELECT subscription, import, state, lastUsageDate FROM observation ORDER BY subscription")
    while try query.step() {
      let subscription = query.integer(0)
      if subscription != current {
        finish()
        current = subscription
      }
      if let row = Sighting(query, in: overview) { rows.append(row) }
    }
    finish()
  }
}

extension Sighting {
  /// A row of the columns subscription, import, state and lastUsageDate; nil when its import came
  /// after the overview.
  fileprivate init?(_ query: Statement, in overview: StoreOverview) {
    guard let rank = overview.rank(of: query.integer(1)) else { return nil }
    self.init(
      rank: rank, state: query.integer(2),
      lastUsageDate: query.optionalInteger(3).map { Int32(clamping: $0) })
  }
}
