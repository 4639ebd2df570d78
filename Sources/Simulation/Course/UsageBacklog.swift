internal import History

/// A usage line on its way into an export.
struct UsageLine: Sendable, Hashable {
  /// Position of the customer within its tenant.
  var customer: Int32
  var subscription: Int16
  var meter: Int16
  var usageDate: CalendarDay
  /// In ten-thousandths of the meter's unit, > 0.
  var quantity: Int
}

/// Lines that have happened and are not exported yet, by the export that brings them.
///
/// A line becomes available 1–4 days after its day, a few later; an export brings what became
/// available since the last one. Corrections and repetitions come in a later export than the line.
struct UsageBacklog: Sendable {
  let calendar: ExportCalendar
  private let parameters: SimulationParameters
  private var byWeek: [Int: [UsageLine]] = [:]

  init(calendar: ExportCalendar, parameters: SimulationParameters) {
    self.calendar = calendar
    self.parameters = parameters
  }

  /// Files a line; `delay` is that of its subscription's day.
  mutating func add(_ line: UsageLine, delay: Int, chance: inout SplitMix64) {
    let isLate = chance.chance(parameters.lateShare)
    let delay = isLate ? chance.integer(in: 5...20) : delay
    let week = max(0, calendar.week(of: line.usageDate + delay))
    append(line, week)
    if chance.chance(parameters.duplicateShare) {
      append(line, week + chance.integer(in: 0...1))
    }
    if chance.chance(parameters.restatedShare) {
      var restated = line
      restated.quantity = max(1, Int(Double(line.quantity) * chance.number(in: 0.7...1.4)))
      if restated.quantity == line.quantity { restated.quantity += 1 }
      append(restated, week + chance.integer(in: 2...3))
    }
  }

  private mutating func append(_ line: UsageLine, _ week: Int) {
    guard week < calendar.weeks else { return }
    byWeek[week, default: []].append(line)
  }

  /// The lines of one export, in the order in which they were filed.
  mutating func takeLines(ofExport week: Int) -> [UsageLine] {
    byWeek.removeValue(forKey: week) ?? []
  }

  /// Days from a usage day until its lines are available, drawn once for a subscription and day.
  func drawnDelay(_ chance: inout SplitMix64) -> Int {
    1 + chance.index(weights: parameters.delayShares)
  }
}
