import Glibc
internal import History

/// A meter of one subscription.
struct MeterUse: Sendable {
  /// Index into `MeterKind.all`.
  var kind: Int
  var location: String
  /// Lower-case ids, or empty for pay-as-you-go.
  var reservationOrderId = ""
  var reservationId = ""
  /// Median quantity of a full day, in the meter's unit.
  var base: Double
  /// Probability that a sporadic meter runs on a weekday.
  var runsPerWeekday = 1.0
  /// Days of the month on which a monthly meter runs; in shorter months the last day stands in.
  var daysOfMonth: [Int] = []
}

/// How much a subscription uses, day by day.
///
/// quantity = base · trend · rhythm(weekday) · season(market) · level · noise, where `level` is 1 in
/// normal times and falls by a fixed share every week of fading:
/// ```
///   level 1 ▔▔▔▔╲                     ▁▂▃▅▔▔  recovered: a third of the rest per week
///                ╲▁                  ╱
///   level 0        ▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁         faded: fewer days, less on each; storage often stays
/// ```
/// Idle spells look like the end of usage and are not; that is what makes prediction hard.
struct UsageCourse: Sendable {
  var meters: [MeterUse]
  /// Share of the level that is lost in a week of fading.
  var fadeShare: Double
  /// Storage runs on after the machines have stopped.
  var keepsStorage: Bool
  /// Growth of the logarithm of usage in a week.
  var growthPerWeek: Double
  var idlePerWeek: Double

  private(set) var level = 1.0
  private var logTrend = 0.0
  private var idleWeeksLeft = 0

  init(
    meters: [MeterUse], fadeShare: Double, keepsStorage: Bool, growthPerWeek: Double,
    idlePerWeek: Double
  ) {
    self.meters = meters
    self.fadeShare = fadeShare
    self.keepsStorage = keepsStorage
    self.growthPerWeek = growthPerWeek
    self.idlePerWeek = idlePerWeek
  }

  /// One week further; `fadeWeek` as in `DepartureProcess.State`.
  mutating func advance(fadeWeek: Int, chance: inout SplitMix64) {
    level =
      fadeWeek > 0
      ? min(level, pow(1 - fadeShare, Double(fadeWeek))) : level + 0.35 * (1 - level)
    logTrend += growthPerWeek
    let shifts = chance.chance(0.01)
    let shift = 0.3 * chance.normal()
    if shifts { logTrend += shift }
    // A course of years stays within two orders of magnitude of its base.
    logTrend = min(2.3, max(-2.3, logTrend))
    let goesIdle = chance.chance(idlePerWeek)
    let spell = chance.integer(in: 1...6)
    if idleWeeksLeft > 0 { idleWeeksLeft -= 1 } else if goesIdle { idleWeeksLeft = spell }
  }

  /// The quantity of one meter on one day in ten-thousandths of its unit; 0: no line.
  func quantity(
    of meter: Int, on day: CalendarDay, season: Double, noise: Double, chance: inout SplitMix64
  ) -> Int {
    let use = meters[meter]
    let rhythm = MeterKind.all[use.kind].rhythm
    let draw = chance.unit()
    let share: Double
    if rhythm == .always {
      // Where only storage is, it is what fades; beside machines it is what stays, or goes at the end.
      guard keepsStorage || level >= 0.15 else { return 0 }
      share = keepsStorage ? 0.9 + 0.1 * level : level
    } else {
      // A low level costs days as well as quantity, and machines stop altogether at the end.
      let isWeekend = day.weekday >= 5
      let runs = probabilityOfRunning(use, rhythm, on: day)
      guard idleWeeksLeft == 0, level >= 0.05, draw < runs * min(1, 0.03 + 1.25 * level) else {
        return 0
      }
      // So does a holiday, but for what serves the customer's own customers.
      guard rhythm == .production || draw <= runs * season * 1.3 else { return 0 }
      let weekend: Double =
        switch rhythm {
        case .production: 0.7
        case .office: 0.2
        case .always, .sporadic, .monthly: 1
        }
      share = (isWeekend ? weekend : 1) * level * season
    }
    let quantity = use.base * share * exp(logTrend + noise * chance.normal())
    return Int((quantity * 10_000).rounded())
  }

  /// The probability that a meter which is not always there runs on a day of ordinary times.
  private func probabilityOfRunning(
    _ use: MeterUse, _ rhythm: MeterKind.Rhythm, on day: CalendarDay
  ) -> Double {
    let isWeekend = day.weekday >= 5
    return switch rhythm {
    case .always, .production: 1
    case .office: isWeekend ? 0.06 : 0.97
    case .sporadic: isWeekend ? 0.02 : use.runsPerWeekday
    case .monthly: Self.runs(use.daysOfMonth, on: day) ? 1 : 0
    }
  }

  private static func runs(_ daysOfMonth: [Int], on day: CalendarDay) -> Bool {
    let (year, month, dayOfMonth) = day.civil
    let last = CalendarDay.length(ofMonth: month, year: year)
    return daysOfMonth.contains { min($0, last) == dayOfMonth }
  }
}
