/// Keeps the rows of one page out of any number of rows, in order.
///
/// Rows of the same place stay in the order in which they came. Memory is that of the page where rows come in
/// order, else that of twice the rows up to its end.
struct PageCollector {
  private struct Place {
    var row: [FieldValue]
    var number: Int
  }

  private let orderings: [Ordering]
  private let kept: Int
  /// How many rows before the page need not be kept.
  private let passedOver: Int
  private var places: [Place] = []
  /// The last of the kept rows when the rest was last dropped: what is behind it has no chance.
  private var last: Place?
  /// How many rows there were.
  private(set) var count = 0

  /// - Parameters:
  ///   - query: how many rows, in which order.
  ///   - key: columns that decide behind it, ascending; empty where rows come in the right order.
  init(_ query: AnalyticsQuery, key: [Int] = []) {
    let (end, overflows) = query.skip.addingReportingOverflow(query.top)
    kept = overflows ? .max : end
    orderings = query.orderBy + key.map { Ordering(column: $0, isDescending: false) }
    passedOver = orderings.isEmpty ? query.skip : 0
  }

  /// A page within limits.
  ///
  /// - Parameters:
  ///   - query: how many rows, in which order.
  ///   - key: columns that decide behind it, ascending.
  ///   - comesInOrder: whether rows come by the key.
  ///   - limits: how many rows may be kept.
  /// - Throws: `QueryError` of skip when more rows would be kept.
  init(
    _ query: AnalyticsQuery, key: [Int] = [], comesInOrder: Bool, _ limits: AnalyticsLimits
  ) throws(QueryError) {
    try limits.check(sorting: query, hasOwnOrder: comesInOrder)
    self.init(query, key: comesInOrder ? [] : key)
  }

  /// Adds a row.
  mutating func add(_ row: @autoclosure () -> [FieldValue]) {
    count += 1
    if orderings.isEmpty, count > kept || count <= passedOver { return }
    let place = Place(row: row(), number: count)
    if let last, !isOrdered(place, last) { return }
    places.append(place)
    if places.count / 2 >= max(kept, 1_024) { prune() }
  }

  private mutating func prune() {
    places.sort(by: isOrdered)
    places.removeSubrange(min(kept, places.count)...)
    last = places.last
  }

  private func isOrdered(_ left: Place, _ right: Place) -> Bool {
    for ordering in orderings {
      let (a, b) = (left.row[ordering.column], right.row[ordering.column])
      if a == b { continue }
      if FieldValue.isOrdered(a, b) { return !ordering.isDescending }
      if FieldValue.isOrdered(b, a) { return ordering.isDescending }
    }
    return left.number < right.number
  }

  /// The page.
  func answer(columns: [AnalyticsField], _ query: AnalyticsQuery) -> AnalyticsAnswer {
    let ordered = places.sorted(by: isOrdered)
    let rows = ordered.dropFirst(query.skip - passedOver).prefix(query.top).map(\.row)
    return AnalyticsAnswer(
      columns: columns, rows: Array(rows), totalCount: count, skip: query.skip)
  }
}
