internal import History

/// Counts and sums rows by group.
struct GroupCollector {
  /// What is known of one group.
  struct Group {
    /// Per measure.
    var totals: [FieldValue]
    /// Per grouped field, where dates are put together into one range.
    var ranges: [ClosedRange<CalendarDay>?]
  }

  private let fields: [AnalyticsField]
  private let measures: [Measure]
  private let groupBy: [Int]
  private let level: AggregationLevel
  private let limits: AnalyticsLimits
  private var groups: [[FieldValue]: Group] = [:]

  init(
    _ query: AnalyticsQuery, _ fields: [AnalyticsField], _ measures: [Measure],
    _ limits: AnalyticsLimits
  ) {
    self.limits = limits
    self.fields = fields
    self.measures = measures
    groupBy = query.groupBy
    level = query.level
  }

  /// Adds a row of all fields.
  ///
  /// - Throws: `QueryError` of groupBy when it begins a group too many.
  mutating func add(_ row: [FieldValue]) throws(QueryError) {
    let key = groupBy.map { Self.key(row[$0], fields[$0], level) }
    let known = groups[key]
    if known == nil { try limits.check(groups: groups.count + 1) }
    var group =
      known
      ?? Group(
        totals: measures.map { if case .sum = $0.kind { .null } else { .number(0) } },
        ranges: groupBy.map { _ in nil })
    for (index, measure) in measures.enumerated() {
      group.totals[index] = measure.kind.added(row, to: group.totals[index])
    }
    if level == .dateRange {
      for (index, field) in groupBy.enumerated() {
        guard fields[field].type.isDate, case .day(let day) = row[field] else { continue }
        group.ranges[index] = widened(group.ranges[index], by: day)
      }
    }
    groups[key] = group
  }

  /// The part of a key that a value gives.
  static func key(
    _ value: FieldValue, _ field: AnalyticsField, _ level: AggregationLevel
  ) -> FieldValue {
    guard field.type.isDate else { return value }
    guard level != .dateRange else { return .null }
    guard case .day(let day) = value else { return value }
    return .day(level.bucket(of: day))
  }

  /// The page of groups, by default in the order of what they are grouped by.
  func answer(columns: [AnalyticsField], _ query: AnalyticsQuery) -> AnalyticsAnswer {
    var page = PageCollector(query, key: Array(groupBy.indices))
    for (key, group) in groups {
      var row = key
      for (index, range) in group.ranges.enumerated() {
        if let range { row[index] = dateRangeValue(range) }
      }
      page.add(row + group.totals)
    }
    return page.answer(columns: columns, query)
  }
}

/// A range that also holds a day.
func widened(_ range: ClosedRange<CalendarDay>?, by day: CalendarDay) -> ClosedRange<CalendarDay> {
  guard let range else { return day...day }
  return min(range.lowerBound, day)...max(range.upperBound, day)
}

/// A range of days as an ISO 8601 interval: first day, solidus, last day.
func dateRangeValue(_ range: ClosedRange<CalendarDay>) -> FieldValue {
  .text("\(range.lowerBound)/\(range.upperBound)")
}

extension Measure.Kind {
  /// A total with one more row.
  func added(_ row: [FieldValue], to total: FieldValue) -> FieldValue {
    guard case .number(let sum) = total else {
      // A sum has no number before its first one.
      if case .sum(let field) = self, case .number = row[field] { return row[field] }
      return total
    }
    switch self {
    case .count: return .number(sum + 1)
    case .countWhere(let field, let value): return row[field] == value ? .number(sum + 1) : total
    case .sum(let field):
      guard case .number(let number) = row[field] else { return total }
      return .number(sum + number)
    }
  }
}
