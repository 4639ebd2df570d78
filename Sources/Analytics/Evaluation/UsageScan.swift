internal import History

// Usage lines that meet a filter, one subscription after the other.
//
//   filter ──of which days?──► months that are read at all
//          ──subscription known──► never: its usage is not read
//                               └► rest ──meter known──► always, never, or what to ask of each line
//
// There are hundreds of millions of lines, some tens of meters to a subscription and a few thousand
// subscriptions: so nearly every line costs a look at what its meter came to.

/// One line that was found.
struct UsageLine {
  var day: CalendarDay
  var meter: Int
  var quantity: Double
  /// NaN where nothing is known.
  var cost: Double
}

/// Takes lines: first whose they are, then all that this subscription has.
protocol UsageSink {
  /// Lines of another subscription follow, if any; `owner` has the fields `Place.owner`.
  mutating func begin(_ owner: [FieldValue])
  mutating func add(_ line: UsageLine) throws(QueryError)
}

/// Whose lines are read, and what is still to ask of them.
private struct Reading {
  var owner: [FieldValue] = []
  var rest = Condition.never
  /// Counts the subscriptions.
  var number = -1
}

/// Reads usage by a query.
struct UsageScan {
  private typealias Place = AzureUsage.Place

  /// What a meter's lines have to meet, once their subscription is known.
  private enum Verdict { case always, never, ask }

  /// By meter: the values of the fields behind `Place.owner`; null for those of a line.
  let meterValues: [[FieldValue]]
  private let history: HistoryStore
  private let filter: Condition
  private let scope: AnalyticsScope
  private let asOf: CalendarDay?
  private let lagDays: Int
  private let limits: AnalyticsLimits
  private static let linesBetweenChecks = 4_096
  private let names: [GUID: UsageOwnerName]
  /// By meter: what came out, and for which subscription.
  private var verdicts: [Verdict]
  private var judgedFor: [Int]
  private var questions: [Condition]

  init(_ query: AnalyticsQuery, _ history: HistoryStore, lagDays: Int, _ limits: AnalyticsLimits)
    throws
  {
    self.history = history
    self.lagDays = lagDays
    self.limits = limits
    filter = query.filter ?? .always
    scope = query.scope
    asOf = query.asOf
    meterValues = history.meters.map(Self.values)
    verdicts = [Verdict](repeating: .never, count: history.meters.count)
    judgedFor = [Int](repeating: -1, count: history.meters.count)
    questions = [Condition](repeating: .never, count: history.meters.count)
    let asked = filter.fields.union(query.groupBy)
    names =
      query.groupBy.isEmpty || asked.contains(Place.customerName)
        || asked.contains(Place.subscriptionName)
      ? try history.newestUsageNames(through: query.asOf) : [:]
  }

  private static func values(of meter: Meter) -> [FieldValue] {
    [
      .null, .text(meter.resourceLocation), .text(meter.meterCategory),
      .text(meter.meterSubcategory), .text(meter.meterUnit), .text(meter.reservationOrderId),
      .text(meter.reservationId), .text(meter.consumptionMeterId), .text(meter.serviceType),
      .null, .null, meter.currency.isEmpty ? .null : .text(meter.currency),
    ]
  }

  /// Hands over each line of the scope that meets the filter and was known on the day.
  mutating func forEachLine(into sink: inout some UsageSink) throws {
    guard let days = filter.days(ofField: Place.usageDate) else { return }
    var reading = Reading()
    let (filter, scope, names, history, limits) = (filter, scope, names, history, limits)
    try history.forEachUsage(
      on: days,
      of: { tenant, guid in
        guard scope.includes(guid) else { return false }
        let name = names[guid]
        reading.owner = [
          .text(tenant), FieldValue(name?.customerName), .text(guid.description),
          FieldValue(name?.subscriptionName),
        ]
        reading.number += 1
        let owner = reading.owner
        reading.rest = filter.specialised { Place.owner.contains($0) ? owner[$0] : nil }
        return reading.rest != .never
      },
      { _, _, usage in
        try limits.checkTime()
        sink.begin(reading.owner)
        try walk(usage, reading, &sink)
      })
  }

  private mutating func walk(
    _ usage: UsageHistory, _ reading: Reading, _ sink: inout some UsageSink
  ) throws {
    let (days, meters, quantities) = (usage.days, usage.meters, usage.quantities)
    let (costs, firstKnown) = (usage.costs, usage.firstKnown)
    var row = 0
    var nextCheck = Self.linesBetweenChecks
    while row < days.count {
      if row >= nextCheck {
        nextCheck += Self.linesBetweenChecks
        try limits.checkTime()
      }
      let (day, meter) = (days[row], meters[row])
      var version = -1
      repeat {
        if asOf == nil || isKnown(day, firstKnown[row]) { version = row }
        row += 1
      } while row < days.count && days[row] == day && meters[row] == meter
      guard version >= 0 else { continue }
      let line = UsageLine(
        day: day, meter: Int(meter), quantity: quantities[version],
        cost: costs.isEmpty ? .nan : costs[version])
      if judgedFor[line.meter] != reading.number { judge(line.meter, reading) }
      switch verdicts[line.meter] {
      case .always: try sink.add(line)
      case .ask where isMet(line): try sink.add(line)
      case .never, .ask: break
      }
    }
  }

  /// Whether a version of a line was known on the day.
  ///
  /// A dated export proves it from its own day on; without one it takes the reporting lag.
  private func isKnown(_ day: CalendarDay, _ firstKnown: CalendarDay) -> Bool {
    guard let asOf else { return true }
    return firstKnown == UsageHistory.earliest ? day + lagDays <= asOf : firstKnown <= asOf
  }

  /// Whether a line meets what is to ask of its meter.
  private func isMet(_ line: UsageLine) -> Bool {
    questions[line.meter].holds { field in
      switch field {
      case Place.usageDate: .day(line.day)
      case Place.quantity: FieldValue(line.quantity)
      default: FieldValue(line.cost)
      }
    }
  }

  private mutating func judge(_ meter: Int, _ reading: Reading) {
    let values = meterValues[meter]
    let question = reading.rest.specialised { field in
      Place.line.contains(field) ? nil : values[field - Place.owner.upperBound]
    }
    questions[meter] = question
    verdicts[meter] = question == .always ? .always : question == .never ? .never : .ask
    judgedFor[meter] = reading.number
  }
}
