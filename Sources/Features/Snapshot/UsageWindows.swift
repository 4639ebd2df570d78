internal import History

/// Days, lines and quantities of the windows that features look at.
///
/// ```
///   weeks back   25 … 16   15 … 13   12 … 8   7 … 4   3 … 2   1   0
///   days             182        …        91      …      28   14   7
/// ```
/// Every window of a feature, and the window of the same length before it, is a number of whole weeks.
///
/// A class, because features ask it for one number after the other: each time a structure would be copied.
final class UsageWindows: Sendable {
  /// One value for each window.
  private typealias OfWindows<Value> = InlineArray<6, Value>

  /// Windows of 7, 14, 28, 56, 91 and 182 days that end on the last day.
  private let days: OfWindows<Int32>
  private let quantities: OfWindows<Double>
  /// Windows of 7 to 91 days that end as many days before it.
  private let earlierDays: OfWindows<Int32>
  private let earlierQuantities: OfWindows<Double>
  /// Days of the last 91 that are Saturdays or Sundays.
  let weekendDays: Int
  /// Weeks with usage, of all that are known.
  let activeWeeks: Int
  /// The lines of the last 91 days, those of them for development and tests, and those that a reservation paid
  /// for.
  let lines: Int
  let devTestLines: Int
  let reservedLines: Int
  /// Different meters of the last 28 and 91 days, and different regions of the last 91.
  let recentMeters: Int
  let meters: Int
  let regions: Int

  /// A meter counts at most as this many typical lines in a window, so that one whose median is next to
  /// nothing cannot make a sum infinite.
  static let mostTypicalLines = 1e9

  /// - Parameters:
  ///   - weeks: what was known on a landmark, through the last day whose usage counts.
  ///   - meters: of the subscription.
  ///   - landmark: it.
  init(_ weeks: WeeksBack, _ meters: SubscriptionMeters, on landmark: LandmarkContext) {
    let allCounts = weeks.all.counts
    let counts = allCounts.span
    let end = weeks.last + 1
    let now = counts[end]
    func days(_ from: Int, _ weeks: Int) -> Int32 {
      counts[end - from].days - counts[end - from - weeks].days
    }
    self.days = [
      days(0, 1), days(0, 2), days(0, 4), days(0, 8), days(0, 13), days(0, 26),
    ]
    earlierDays = [days(1, 1), days(2, 2), days(4, 4), days(8, 8), days(13, 13), 0]
    activeWeeks = Int(now.weeks)
    let before = counts[end - 13]
    weekendDays = Int(now.weekendDays - before.weekendDays)
    lines = Int(now.lines - before.lines)
    devTestLines = Int(now.devTestLines - before.devTestLines)
    reservedLines = Int(now.reservedLines - before.reservedLines)

    var (sums, earlier) = (OfWindows<Double>(repeating: 0), OfWindows<Double>(repeating: 0))
    var (used, usedRecently, regions) = (0, 0, SmallNumbers())
    let allQuantities = weeks.all.quantities
    let quantities = allQuantities.span
    let (numbers, regionOfPlace) = (meters.numbers, meters.regionOfPlace)
    let weekCount = weeks.all.span.count
    for place in numbers.indices {
      let last = place * weekCount + weeks.last
      precondition(quantities.hasWeeks(through: last), "UsageWeeks: too few weeks")
      let (days7, days7Before) = (quantities.week(last), quantities.week(last - 1))
      let (days14, days14Before) = (
        days7 + days7Before, quantities.twoWeeks(through: last - 2)
      )
      let (days28, days28Before) = (
        days14 + days14Before, quantities.fourWeeks(through: last - 4)
      )
      let (days56, weeks8To11) = (
        days28 + days28Before, quantities.fourWeeks(through: last - 8)
      )
      let days91 = days56 + weeks8To11 + quantities.week(last - 12)
      let days91Before = quantities.thirteenWeeks(through: last - 13)
      guard days91 > 0 || days91Before > 0 else { continue }
      if days91 > 0 {
        used += 1
        let region = Int(regionOfPlace[place])
        if region >= 0 { regions.insert(region) }
      }
      if days28 > 0 { usedRecently += 1 }
      let median = landmark.frame.medians.median(
        ofMeter: numbers[place], onLandmark: landmark.number)
      let inverse = median > 0 ? 1 / median : .greatestFiniteMagnitude
      func typical(_ quantity: Double) -> Double { min(quantity * inverse, Self.mostTypicalLines) }
      sums[0] += typical(days7)
      sums[1] += typical(days14)
      sums[2] += typical(days28)
      sums[3] += typical(days56)
      sums[4] += typical(days91)
      sums[5] += typical(days91 + days91Before)
      earlier[0] += typical(days7Before)
      earlier[1] += typical(days14Before)
      earlier[2] += typical(days28Before)
      earlier[3] += typical(weeks8To11 + quantities.fourWeeks(through: last - 12))
      earlier[4] += typical(days91Before)
    }
    (self.quantities, earlierQuantities) = (sums, earlier)
    (self.meters, recentMeters, self.regions) = (used, usedRecently, regions.count)
  }

  /// The number of the window of so many days.
  private static func window(ofDays count: Int) -> Int {
    switch count {
    case 7: 0
    case 14: 1
    case 28: 2
    case 56: 3
    case 91: 4
    case 182: 5
    default: preconditionFailure("UsageWindows: no window of \(count) days")
    }
  }

  /// Days with usage among the last `count` days, 7 to 182.
  func activeDays(ofDays count: Int) -> Int { Int(days.span[Self.window(ofDays: count)]) }

  /// Days with usage among the `count` days, 7 to 91, before the last `count` days.
  func activeDaysBefore(ofDays count: Int) -> Int {
    Int(earlierDays.span[Self.window(ofDays: count)])
  }

  /// The quantity of the last `count` days in typical lines, ≥ 0: what was used of each meter over its median
  /// line, as of the landmark.
  func quantity(ofDays count: Int) -> Double { quantities.span[Self.window(ofDays: count)] }

  /// The quantity of the `count` days before the last `count` days, ≥ 0.
  func quantityBefore(ofDays count: Int) -> Double {
    earlierQuantities.span[Self.window(ofDays: count)]
  }
}
