internal import History

// Sums of usage by group.
//
//   group = (part of the subscription, part of the meter, bucket of the day)
//
// Each part is a number, so that a line costs no texts. Lines of a subscription come day by day: while
// the bucket stays, the place of a meter's group is remembered.

/// Sums usage lines by what a query groups them by.
struct UsageGroups: UsageSink {
  private struct Key: Hashable {
    var owner: Int32
    var meter: Int32
    /// First day of the bucket; 0 where days are not told apart.
    var bucket: Int32
  }

  private struct Totals {
    let key: Key
    var quantity = 0.0
    var cost = 0.0
    var hasCost = false
    var lines = 0
    var first = CalendarDay(daysSinceEpoch: .max)
    var last = CalendarDay(daysSinceEpoch: .min)

    init(_ key: Key) { self.key = key }

    mutating func add(_ line: UsageLine) {
      quantity += line.quantity
      lines += 1
      first = min(first, line.day)
      last = max(last, line.day)
      guard !line.cost.isNaN else { return }
      cost += line.cost
      hasCost = true
    }
  }

  private typealias Place = AzureUsage.Place

  private let keys: [Int]
  private let level: AggregationLevel
  private let hasBuckets: Bool
  private let limits: AnalyticsLimits
  /// Positions among the measures of the resource that the reader may see.
  private let measures: [Int]
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
  private var owner: [FieldValue] = []
  /// nil before the first line of a subscription, so that one without lines takes no room.
  private var ownerPart: Int32?
  private var day = CalendarDay(daysSinceEpoch: .min)
  private var bucket: Int32 = 0
  /// Counts the changes of subscription and bucket.
  private var span = 0
  /// By part of meters: where its group is, and of which span that was found.
  private var recent: [(place: Int, span: Int)]

  init(
    _ query: AnalyticsQuery, measures: [Int], _ meterValues: [[FieldValue]],
    _ limits: AnalyticsLimits
  ) {
    self.limits = limits
    self.measures = measures
    keys = AzureUsage.keys(of: query.groupBy, in: query.scope)
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

  mutating func begin(_ owner: [FieldValue]) {
    self.owner = owner
    ownerPart = nil
    day = CalendarDay(daysSinceEpoch: .min)
    span += 1
  }

  /// Adds a line; those of a subscription come by day.
  ///
  /// - Throws: `QueryError` of groupBy when it begins a group too many.
  mutating func add(_ line: UsageLine) throws(QueryError) {
    if line.day != day { begin(line.day) }
    let part = Int(partOfMeter[line.meter])
    if recent[part].span != span {
      let number = ownerPart ?? ownerParts.number(of: ownerKeys.map { owner[$0] })
      ownerPart = number
      let key = Key(owner: number, meter: Int32(part), bucket: bucket)
      recent[part] = (try place(of: key), span)
    }
    totals[recent[part].place].add(line)
  }

  private mutating func begin(_ day: CalendarDay) {
    self.day = day
    guard hasBuckets else { return }
    let first = level.bucket(of: day).daysSinceEpoch
    guard first != bucket else { return }
    bucket = first
    span += 1
  }

  private mutating func place(of key: Key) throws(QueryError) -> Int {
    if let place = places[key] { return place }
    try limits.check(groups: totals.count + 1)
    places[key] = totals.count
    totals.append(Totals(key))
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
    let row = keys.map { key -> FieldValue in
      if let index = ownerKeys.firstIndex(of: key) { return owner[index] }
      if let index = meterKeys.firstIndex(of: key) { return meter[index] }
      return hasBuckets
        ? .day(CalendarDay(daysSinceEpoch: group.key.bucket))
        : dateRangeValue(group.first...group.last)
    }
    let totals: [FieldValue] = [
      .number(group.quantity), FieldValue(group.lines), group.hasCost ? .number(group.cost) : .null,
    ]
    return row + measures.map { totals[$0] }
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
