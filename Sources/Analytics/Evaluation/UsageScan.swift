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
  var owner: UsageScan.Owner
  var day: CalendarDay
  var meter: Int
  var quantity: Double
  /// NaN where nothing is known.
  var cost: Double

  /// The values of all fields.
  func values(_ meters: [[FieldValue]]) -> [FieldValue] {
    var values = owner.values + meters[meter]
    values[AzureUsage.Place.usageDate] = .day(day)
    values[AzureUsage.Place.quantity] = FieldValue(quantity)
    values[AzureUsage.Place.cost] = FieldValue(cost)
    return values
  }
}

/// Reads usage by a query.
struct UsageScan {
  /// The subscription that lines belong to.
  final class Owner {
    /// Of the fields `Place.owner`.
    let values: [FieldValue]
    /// Counts the subscriptions.
    let number: Int

    init(_ values: [FieldValue], number: Int) {
      self.values = values
      self.number = number
    }
  }

  private typealias Place = AzureUsage.Place

  /// What a meter's lines have to meet, once their subscription is known.
  private enum Verdict { case always, never, ask }

  /// By meter: the values of the fields behind `Place.owner`; null for those of a line.
  let meterValues: [[FieldValue]]
  private let history: HistoryStore
  private let filter: Condition
  private let asOf: CalendarDay?
  private let lagDays: Int
  private let names: [GUID: UsageOwnerName]
  /// By meter: what came out, and for which subscription.
  private var verdicts: [Verdict]
  private var judgedFor: [Int]
  private var questions: [Condition]

  init(_ query: AnalyticsQuery, _ history: HistoryStore, lagDays: Int) throws {
    self.history = history
    self.lagDays = lagDays
    filter = query.filter ?? .always
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

  /// Calls `body` with each line that meets the filter and was known on the day.
  mutating func forEachLine(_ body: (UsageLine) -> Void) throws {
    guard let days = filter.days(ofField: Place.usageDate) else { return }
    var owner = Owner([], number: -1)
    var rest = Condition.never
    let (filter, names, history) = (filter, names, history)
    try history.forEachUsage(
      on: days,
      of: { tenant, guid in
        let name = names[guid]
        owner = Owner(
          [
            .text(tenant), FieldValue(name?.customerName), .text(guid.description),
            FieldValue(name?.subscriptionName),
          ], number: owner.number + 1)
        let values = owner.values
        rest = filter.specialised { Place.owner.contains($0) ? values[$0] : nil }
        return rest != .never
      },
      { _, _, usage in walk(usage, of: owner, rest, body) })
  }

  private mutating func walk(
    _ usage: UsageHistory, of owner: Owner, _ rest: Condition, _ body: (UsageLine) -> Void
  ) {
    let (days, meters, quantities) = (usage.days, usage.meters, usage.quantities)
    let (costs, firstKnown) = (usage.costs, usage.firstKnown)
    var row = 0
    while row < days.count {
      let (day, meter) = (days[row], meters[row])
      var version = -1
      repeat {
        if isKnown(day, firstKnown[row]) { version = row }
        row += 1
      } while row < days.count && days[row] == day && meters[row] == meter
      guard version >= 0 else { continue }
      let line = UsageLine(
        owner: owner, day: day, meter: Int(meter), quantity: quantities[version],
        cost: costs.isEmpty ? .nan : costs[version])
      if meets(line, rest) { body(line) }
    }
  }

  /// Whether a version of a line was known on the day.
  ///
  /// A dated export proves it from its own day on; without one it takes the reporting lag.
  private func isKnown(_ day: CalendarDay, _ firstKnown: CalendarDay) -> Bool {
    guard let asOf else { return true }
    return firstKnown == UsageHistory.earliest ? day + lagDays <= asOf : firstKnown <= asOf
  }

  private mutating func meets(_ line: UsageLine, _ rest: Condition) -> Bool {
    if judgedFor[line.meter] != line.owner.number { judge(line.meter, of: line.owner, rest) }
    switch verdicts[line.meter] {
    case .always: return true
    case .never: return false
    case .ask:
      return questions[line.meter].holds { field in
        switch field {
        case Place.usageDate: .day(line.day)
        case Place.quantity: FieldValue(line.quantity)
        default: FieldValue(line.cost)
        }
      }
    }
  }

  private mutating func judge(_ meter: Int, of owner: Owner, _ rest: Condition) {
    let values = meterValues[meter]
    let question = rest.specialised { field in
      Place.line.contains(field) ? nil : values[field - Place.owner.upperBound]
    }
    questions[meter] = question
    verdicts[meter] = question == .always ? .always : question == .never ? .never : .ask
    judgedFor[meter] = owner.number
  }
}
