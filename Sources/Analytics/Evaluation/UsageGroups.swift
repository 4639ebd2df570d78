internal import History

// Sums of usage by group.
//
//   group = (part of the subscription, part of the meter, bucket of the day)
//
// Each part is a number, so that a line costs no texts. Lines of a subscription come day by day: while
// the bucket stays, the place of a meter's group is remembered.

/// Sums usage lines by what a query groups them by.
struct UsageGroups {
  private struct Key: Hashable {
    var owner: Int32
    var meter: Int32
    /// First day of the bucket; 0 where days are not told apart.
    var bucket: Int32
  }

  private struct Totals {
    var key: Key
    var quantity = 0.0
    var cost = 0.0
    var hasCost = false
    var lines = 0
    var days: ClosedRange<CalendarDay>
  }

  private typealias Place = AzureUsage.Place

  private let keys: [Int]
  private let level: AggregationLevel
  private let hasBuckets: Bool
  /// The keys of subscriptions and of meters, and the number of each combination of their values.
  private let ownerKeys: [Int]
  private let meterKeys: [Int]
  private var ownerParts = Parts()
  private var meterParts = Parts()
  /// By meter.
  private let partOfMeter: [Int32]

  private var totals: [Totals] = []
  private var places: [Key: Int] = [:]

  // What the last line was of.
  private var ownerNumber = -1
  private var ownerPart: Int32 = 0
  private var day = CalendarDay(daysSinceEpoch: .min)
  private var bucket: Int32 = 0
  /// Counts the changes of subscription and bucket.
  private var span = 0
  /// By part of meters: where its group is, and of which span that was found.
  private var recent: [(place: Int, span: Int)]

  init(_ query: AnalyticsQuery, _ meterValues: [[FieldValue]]) {
    keys = AzureUsage.keys(of: query.groupBy)
    level = query.level
    hasBuckets = keys.contains(Place.usageDate) && query.level != .dateRange
    ownerKeys = keys.filter { Place.owner.contains($0) }
    let meterKeys = keys.filter { !Place.owner.contains($0) && $0 != Place.usageDate }
    self.meterKeys = meterKeys
    var parts = Parts()
    partOfMeter = meterValues.map { values in
      parts.number(of: meterKeys.map { values[$0 - Place.owner.upperBound] })
    }
    recent = [(place: Int, span: Int)](repeating: (0, -1), count: parts.values.count)
    meterParts = parts
  }

  /// Adds a line; lines come by subscription, then day.
  mutating func add(_ line: UsageLine) {
    if line.owner.number != ownerNumber { begin(line.owner) }
    if line.day != day { begin(line.day) }
    let part = partOfMeter[line.meter]
    if recent[Int(part)].span != span {
      let key = Key(owner: ownerPart, meter: part, bucket: bucket)
      recent[Int(part)] = (place(of: key, line.day), span)
    }
    let place = recent[Int(part)].place
    totals[place].quantity += line.quantity
    totals[place].lines += 1
    totals[place].days = widened(totals[place].days, by: line.day)
    if !line.cost.isNaN {
      totals[place].cost += line.cost
      totals[place].hasCost = true
    }
  }

  private mutating func begin(_ owner: UsageScan.Owner) {
    ownerNumber = owner.number
    ownerPart = ownerParts.number(of: ownerKeys.map { owner.values[$0] })
    day = CalendarDay(daysSinceEpoch: .min)
    span += 1
  }

  private mutating func begin(_ day: CalendarDay) {
    self.day = day
    guard hasBuckets else { return }
    let first = level.bucket(of: day).daysSinceEpoch
    guard first != bucket else { return }
    bucket = first
    span += 1
  }

  private mutating func place(of key: Key, _ day: CalendarDay) -> Int {
    if let place = places[key] { return place }
    places[key] = totals.count
    totals.append(Totals(key: key, days: day...day))
    return totals.count - 1
  }

  /// The page of groups, by default in the order of what they are grouped by.
  func answer(columns: [AnalyticsField], _ query: AnalyticsQuery) -> AnalyticsAnswer {
    var page = PageCollector(query, key: Array(keys.indices))
    for group in totals { page.add(row(group)) }
    return page.answer(columns: columns, query)
  }

  private func row(_ group: Totals) -> [FieldValue] {
    let owner = ownerParts.values[Int(group.key.owner)]
    let meter = meterParts.values[Int(group.key.meter)]
    var row = keys.map { key -> FieldValue in
      if let index = ownerKeys.firstIndex(of: key) { return owner[index] }
      if let index = meterKeys.firstIndex(of: key) { return meter[index] }
      return hasBuckets
        ? .day(CalendarDay(daysSinceEpoch: group.key.bucket)) : dateRangeValue(group.days)
    }
    row += [
      .number(group.quantity), FieldValue(group.lines), group.hasCost ? .number(group.cost) : .null,
    ]
    return row
  }
}

/// Numbers for combinations of values.
private struct Parts {
  /// By number.
  private(set) var values: [[FieldValue]] = []
  private var numbers: [[FieldValue]: Int32] = [:]

  mutating func number(of combination: [FieldValue]) -> Int32 {
    if let number = numbers[combination] { return number }
    let number = Int32(values.count)
    numbers[combination] = number
    values.append(combination)
    return number
  }
}
