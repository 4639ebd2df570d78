/// What a quantity counts: quantities of different meters are not addable.
package struct Meter: Sendable, Hashable {
  /// For instance `Virtual Machines`.
  package var meterCategory: String
  /// For instance `Dv3 Series`; `None` where there is none.
  package var meterSubcategory: String
  /// For instance `1 Hour`, or `10,000s`.
  package var meterUnit: String
  /// For instance `useast`.
  package var resourceLocation: String
  /// Empty without a reservation.
  package var reservationOrderId: String
  /// Empty without a reservation.
  package var reservationId: String
  /// Often empty.
  package var consumptionMeterId: String
  /// Often empty.
  package var serviceType: String
  /// The currency of the costs, for instance `EUR`; `XXX` when none is named; empty for the usage
  /// analytics, which has no costs.
  package var currency: String

  /// A meter; texts that the export leaves out are empty.
  package init(
    meterCategory: String = "", meterSubcategory: String = "", meterUnit: String = "",
    resourceLocation: String = "", reservationOrderId: String = "", reservationId: String = "",
    consumptionMeterId: String = "", serviceType: String = "",
    currency: String = ""
  ) {
    self.meterCategory = meterCategory
    self.meterSubcategory = meterSubcategory
    self.meterUnit = meterUnit
    self.resourceLocation = resourceLocation
    self.reservationOrderId = reservationOrderId
    self.reservationId = reservationId
    self.consumptionMeterId = consumptionMeterId
    self.serviceType = serviceType
    self.currency = currency
  }
}

/// The usage of one subscription: what each (day, meter) was, and since when that was known.
///
/// ```
///   day         meter  quantity  firstKnown
///   2025-03-01      4      12.0  earliest      known on usageDate + lag
///   2025-03-01      4      19.5  2025-03-10    corrected by the export of that day
///   2025-03-02      4      11.0  2025-03-10    came late
/// ```
/// Rows are ordered by (day, meter, firstKnown). On day L a row is known when
/// `max(day + lag, firstKnown) ≤ L`; of several known rows of one (day, meter) the last counts.
package struct UsageHistory: Sendable, Hashable {
  /// The usage date of each row.
  package var days: [CalendarDay] = []
  /// Index of each row into `HistorySource.meters`.
  package var meters: [Int32] = []
  /// In the meter's unit, finite, ≥ 0.
  package var quantities: [Double] = []
  /// The explicit day of the export that brought the row, or `UsageHistory.earliest`.
  package var firstKnown: [CalendarDay] = []
  /// What each row cost in its meter's currency, NaN where nothing is known.
  ///
  /// Empty when no row has a cost. Credits are negative.
  package var costs: [Double] = []

  /// Stands for "nothing but the reporting lag delayed this row".
  package static let earliest = CalendarDay(daysSinceEpoch: Int32.min / 2)

  /// No usage.
  package init() {}

  /// How many rows there are.
  package var count: Int { days.count }

  /// Adds a row; the caller keeps the order.
  package mutating func append(
    day: CalendarDay, meter: Int32, quantity: Double, firstKnown: CalendarDay = Self.earliest
  ) {
    days.append(day)
    meters.append(meter)
    quantities.append(quantity)
    self.firstKnown.append(firstKnown)
    if !costs.isEmpty { costs.append(.nan) }
  }

  /// Adds a row with its cost; the caller keeps the order.
  package mutating func append(
    day: CalendarDay, meter: Int32, quantity: Double, firstKnown: CalendarDay, cost: Double
  ) {
    if costs.isEmpty { costs = [Double](repeating: .nan, count: days.count) }
    append(day: day, meter: meter, quantity: quantity, firstKnown: firstKnown)
    // The first row of all had no costs before it to be appended to.
    if costs.count < days.count { costs.append(cost) } else { costs[costs.count - 1] = cost }
  }
}
