internal import History

/// A country that the simulated partner sells in.
///
/// Usage falls in the holidays of the market, which is the most common reason for a false alarm.
struct Market: Sendable, Hashable {
  /// Two letters, as in `customerMarket`.
  var code: String
  /// Billing currency (ISO 4217).
  ///
  /// Analytics rows carry no money, so it stands in `simulation.json` only, for formats with a
  /// cost.
  var currency: String
  /// Relative number of new customers at the first and at the second partner tenant.
  var weights: [Double]
  var language: CompanyName.Language
  var dips: [SeasonalDip]

  static let all: [Market] = [
    Market(
      code: "US", currency: "USD", weights: [34, 0], language: .english, dips: [.yearEnd, .newYear]),
    Market(
      code: "IE", currency: "EUR", weights: [8, 0], language: .english, dips: [.yearEnd, .newYear]),
    Market(
      code: "DE", currency: "EUR", weights: [18, 6], language: .german,
      dips: [.yearEnd, .newYear, SeasonalDip(from: (8, 1), through: (8, 20), remainingShare: 0.8)]),
    Market(
      code: "NL", currency: "EUR", weights: [10, 0], language: .dutch, dips: [.yearEnd, .newYear]),
    Market(
      code: "FI", currency: "EUR", weights: [6, 0], language: .finnish,
      dips: [.yearEnd, .newYear, SeasonalDip(from: (7, 1), through: (7, 31), remainingShare: 0.5)]),
    Market(
      code: "JP", currency: "JPY", weights: [14, 0], language: .japanese,
      dips: [
        SeasonalDip(from: (12, 29), through: (12, 31), remainingShare: 0.35),
        SeasonalDip(from: (1, 1), through: (1, 4), remainingShare: 0.35),
        SeasonalDip(from: (4, 29), through: (5, 6), remainingShare: 0.5),
        SeasonalDip(from: (8, 11), through: (8, 16), remainingShare: 0.5),
      ]),
    Market(
      code: "FR", currency: "EUR", weights: [6, 40], language: .french,
      dips: [.yearEnd, .newYear, SeasonalDip(from: (8, 1), through: (8, 28), remainingShare: 0.45)]),
    Market(
      code: "ES", currency: "EUR", weights: [0, 25], language: .spanish,
      dips: [.yearEnd, .newYear, SeasonalDip(from: (8, 1), through: (8, 31), remainingShare: 0.5)]),
    Market(
      code: "IT", currency: "EUR", weights: [4, 29], language: .italian,
      dips: [.yearEnd, .newYear, SeasonalDip(from: (8, 5), through: (8, 25), remainingShare: 0.4)]),
  ]

  /// What a working day's usage is multiplied with on this day: 1 outside every dip.
  func season(on day: CalendarDay) -> Double {
    let (_, month, dayOfMonth) = day.civil
    let key = month * 100 + dayOfMonth
    return dips.first { $0.days.contains(key) }?.remainingShare ?? 1
  }
}

/// A span of days within one calendar year in which offices run on less.
struct SeasonalDip: Sendable, Hashable {
  /// month × 100 + day of the month, both ends included.
  var days: ClosedRange<Int>
  var remainingShare: Double

  init(from: (month: Int, day: Int), through: (month: Int, day: Int), remainingShare: Double) {
    days = from.month * 100 + from.day...through.month * 100 + through.day
    self.remainingShare = remainingShare
  }

  static let yearEnd = SeasonalDip(from: (12, 20), through: (12, 31), remainingShare: 0.5)
  static let newYear = SeasonalDip(from: (1, 1), through: (1, 3), remainingShare: 0.5)
}
