import History

// A whole partner for the features: weekly exports of subscriptions, usage of a year and a half, costs,
// resellers, referrals, searches, transfers and exclusions. Made up, and always the same.
//
//   firstDay      first export                                     last export
//   ├── usage ─────────┼──────┼──────┼── … one export a week … ──────┤
//
// Everything is a function of the numbers below, like the lines of `Workload`.

/// Which partner there is.
struct PartnerWorkload: Hashable {
  /// Changes whenever the same numbers would give other bytes, so that old folders are not taken.
  static let version = 1
  static let firstDay = Workload.firstDayOfYear
  static let firstExport = firstDay + 96
  /// Days from one export to the next.
  static let spacing = 7

  /// Subscriptions with usage or without, beside those for licences.
  var subscriptions = 10_000
  /// Usage lines of all.
  var lines = 2_000_000
  /// Exports; one landmark each, less those whose outcome comes after the last one.
  var exports = 57
  /// Distinct meters.
  var meterCount = 96

  var exportDays: [CalendarDay] {
    (0..<exports).map { Self.firstExport + Self.spacing * $0 }
  }
  /// The landmarks whose outcome the last export has seen, with this horizon and lag.
  static let horizonDays = 28
  static let lagDays = 2
  var landmarks: [CalendarDay] {
    exportDays.filter { $0 + (Self.horizonDays + Self.lagDays) <= lastDay }
  }
  var lastDay: CalendarDay { Self.firstExport + Self.spacing * (exports - 1) }
  var dayCount: Int { lastDay - Self.firstDay + 1 }

  /// One licence subscription for every five of Azure.
  var allSubscriptions: Int { subscriptions + subscriptions / 5 }
  var customers: Int { max(1, subscriptions * 2 / 5) }
  var resellers: Int { max(2, min(60, subscriptions / 100)) }

  /// Names the folder that holds it.
  var name: String { "partner-v\(Self.version)-\(subscriptions)x\(lines)x\(exports)" }

  /// For tables: `2 M, 10,000 subscriptions`.
  var shortTitle: String {
    let count =
      lines.isMultiple(of: 1_000_000) ? "\(lines / 1_000_000) M" : grouped(lines)
    return "\(count), \(grouped(subscriptions)) subscriptions"
  }

  static let markets = ["US", "DE", "FR", "JP", "GB", "BR", "ZA", "AU", "ES", "CN", "PL", "CA"]

  /// The market of a customer.
  func market(ofCustomer customer: Int) -> String {
    Self.markets[below(Self.markets.count, randomBits(.life, UInt64(customer), 900))]
  }

  /// A reseller's id and name.
  func reseller(_ number: Int) -> (id: String, name: String) {
    (guid(.reseller, UInt64(number)), "Reseller \(number) & Söhne")
  }

  /// Of each customer the name, some with separators.
  func customerName(_ customer: Int) -> String {
    customer % 20 == 3 ? "Ortiz, Vega \(customer)" : "Customer \(customer)"
  }

  func customerTenant(_ customer: Int) -> String { guid(.customer, UInt64(customer)) }
}

/// Draws about one thing, one after the other.
struct Draws {
  private let thing: UInt64
  private var count: UInt64 = 0

  init(_ thing: Int) { self.thing = UInt64(thing) }

  /// A whole number below `limit`.
  mutating func below(_ limit: Int) -> Int {
    count += 1
    return churn_bench.below(limit, randomBits(.life, thing, count))
  }

  /// Yes in `percent` of a hundred cases.
  mutating func happens(_ percent: Int) -> Bool { below(100) < percent }
}
