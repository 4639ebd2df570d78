import History

// One year of usage as the Azure usage analytics resource has it, made up but always the same.
//
//   subscription s  ──► its customer, names and ids              WorkloadNames
//                   ──► its 8 meters of the `meterCount`          WorkloadMeters
//                   ──► its share of the lines, as cells          WorkloadCells
//                         (day, slot): a day and one of the 8 meters, never the same cell twice
//   cell            ──► a quantity
//
// Everything is a function of the numbers below and of nothing else: not of the order in which the
// lines are written, the time, or the machine. So all orders and formats hold the same rows.

/// Which usage lines there are, and in which order they are written.
struct Workload: Hashable {
  /// What the lines are sorted by; equal ones by the other.
  enum Order: String, CaseIterable { case day, subscription }

  /// Changes whenever the same numbers would give other bytes, so that old files are not taken.
  static let version = 1
  static let firstDayOfYear = CalendarDay(daysSinceEpoch: 20_089)  // 2025-01-01
  /// The distinct meters that one subscription uses.
  static let slots = 8

  /// All lines together; at most `subscriptions · dayCount · slots`.
  var lines: Int
  var subscriptions = 10_000
  /// Distinct meters over all subscriptions, 8 … `WorkloadMeters.limit`.
  var meterCount: Int
  var order: Order
  /// The first usage date.
  var firstDay = firstDayOfYear
  /// How many days the usage dates span.
  var dayCount = 365

  /// A year of lines.
  init(lines: Int, subscriptions: Int = 10_000, meterCount: Int = 24, order: Order = .day) {
    self.lines = lines
    self.subscriptions = subscriptions
    self.meterCount = meterCount
    self.order = order
  }

  /// The week after this year, with as many lines a day.
  var nextWeek: Workload {
    var week = self
    week.firstDay = firstDay + dayCount
    week.dayCount = 7
    week.lines = lines * 7 / dayCount
    return week
  }

  /// The day on which the export was made: three days after the last usage date.
  var observedOn: CalendarDay { firstDay + (dayCount + 2) }

  /// Names the files that hold it; ends in the ISO day that the import takes for the day of export.
  var name: String {
    "usage-v\(Self.version)-\(lines)x\(subscriptions)x\(meterCount)-by-\(order.rawValue)-\(observedOn)"
  }

  /// For people: `2,000,000 lines, 24 meters, by day`.
  var title: String {
    "\(grouped(lines)) lines, \(grouped(meterCount)) meters, by \(order.rawValue)"
  }

  /// Whether there are enough days and meters for the lines.
  var fits: Bool { (lines + subscriptions - 1) / subscriptions <= dayCount * Self.slots }

  /// For tables: `2 M, 24, day`, which are lines, meters and order.
  var shortTitle: String {
    let count =
      lines.isMultiple(of: 1_000_000) ? "\(lines / 1_000_000) M" : grouped(lines)
    return "\(count), \(grouped(meterCount)), \(order.rawValue)"
  }

  /// How many of the lines are of the subscription.
  func lineCount(of subscription: Int) -> Int {
    lines / subscriptions + (subscription < lines % subscriptions ? 1 : 0)
  }

  /// In ten-thousandths of the meter's unit.
  ///
  /// A third of the meters counts whole things, a third hours with two decimals, a third volumes
  /// with four.
  func quantity(subscription: Int, meter: Int, day: CalendarDay) -> Int {
    let draw = randomBits(
      .quantity, UInt64(subscription), UInt64(meter) << 32 | UInt64(day.daysSinceEpoch))
    return switch meter % 3 {
    case 0: below(500, draw) * 10_000
    case 1: below(24_000, draw) * 100
    default: below(200_000, draw)
    }
  }
}

/// What a draw is for; different purposes give unrelated draws.
enum Purpose: UInt64 {
  case cell = 1
  case quantity, customer, subscription, customerCount, meter, meterTexts, life, reseller, score
}

/// 64 bits that depend on the purpose and two numbers only.
///
/// Source: the output function of SplitMix64, Steele, Lea & Flood, OOPSLA 2014.
func randomBits(_ purpose: Purpose, _ first: UInt64, _ second: UInt64) -> UInt64 {
  mixed(mixed(mixed(purpose.rawValue &* 0x9E37_79B9_7F4A_7C15) ^ first) ^ second)
}

/// A bijective scramble of 64 bits.
func mixed(_ bits: UInt64) -> UInt64 {
  var value = bits &+ 0x9E37_79B9_7F4A_7C15
  value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
  value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
  return value ^ (value >> 31)
}

/// Brings random bits below a limit; the bias is below limit · 2⁻⁶⁴.
func below(_ limit: Int, _ bits: UInt64) -> Int {
  Int(bits.multipliedFullWidth(by: UInt64(limit)).high)
}
