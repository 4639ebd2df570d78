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

  /// What the rows of one subscription amount to.
  ///
  /// - Parameters:
  ///   - rows: in any order; put in order.
  ///   - imports: by rank.
  /// - Returns: by day, then source, at most one for each; every one has a state.
  static func resolved(_ rows: inout [Sighting], _ imports: [ImportOrder]) -> [Sighting] {
    rows.sort { $0.rank < $1.rank }
    var resolved: [Sighting] = []
    resolved.reserveCapacity(rows.count)
    var start = 0
    while start < rows.count {
      let place = imports[Int(rows[start].rank)]
      var end = start + 1
      while end < rows.count {
        let next = imports[Int(rows[end].rank)]
        guard next.observedOn == place.observedOn, next.source == place.source else { break }
        end += 1
      }
      // Of the pages of one source and day the later import counts.
      var page = rows[start..<end].last { $0.state != presenceOnly } ?? rows[end - 1]
      page.imports = Int32(end - start)
      if page.state != presenceOnly {
        resolved.append(page)
      } else if let known = resolved.last(where: {
        imports[Int($0.rank)].source == place.source
      }) ?? resolved.last {
        resolved.append(
          Sighting(
            rank: page.rank, state: known.state, lastUsageDate: nil, imports: page.imports,
            isAccepted: false))
      }
      start = end
    }
    return resolved
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
    let query = try statement(
      "SELECT subscription, import, state, lastUsageDate FROM observation ORDER BY subscription")
    while try query.step() {
      let subscription = query.integer(0)
      if subscription != current {
        if !rows.isEmpty { body(current, Sighting.resolved(&rows, overview.imports)) }
        rows.removeAll(keepingCapacity: true)
        current = subscription
      }
      if let row = Sighting(query, in: overview) { rows.append(row) }
    }
    if !rows.isEmpty { body(current, Sighting.resolved(&rows, overview.imports)) }
  }

  /// What the exports showed of one subscription.
  func sightings(of subscription: Int64) throws(HistoryError) -> [Sighting] {
    let query = try statement(
      """
      SELECT subscription, import, state, lastUsageDate FROM observation WHERE subscription = ?
      """)
    query.bind(subscription, at: 1)
    var rows: [Sighting] = []
    let overview = overview
    while try query.step() {
      if let row = Sighting(query, in: overview) { rows.append(row) }
    }
    return Sighting.resolved(&rows, overview.imports)
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
