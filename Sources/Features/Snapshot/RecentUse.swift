internal import History

/// What a subscription used in the 91 days through L − lag, service by service, and which services it has
/// ever used.
///
/// The same walk makes the numbers of one subscription and, added up, those of all others, so that both
/// speak of the same days. Where all usage ends earlier, it ends for everyone, and a comparison of one
/// with the others stays fair.
struct RecentUse: Sendable {
  /// How far back use is looked at, and how far back it is called recent, in days.
  static let longestDays = 91
  static let recentDays = 28

  /// What was used of one service, in the unit of its meters.
  struct Service: Sendable {
    /// As in `MeterTraits.services`.
    let number: Int32
    /// In 91 days, > 0.
    var quantity = 0.0
    /// In the last 28 of them, ≥ 0.
    var recentQuantity = 0.0
    /// Different days among the 91.
    var days = 0
    /// The last of them, as the number of the active day.
    fileprivate var lastDay = -1
  }

  /// By number.
  private(set) var services: [Service] = []
  /// What was used of each service on all days known, > 0, by number.
  private(set) var servicesKnown: [(number: Int32, quantity: Double)] = []
  /// Days with usage among the last 28.
  private(set) var recentActiveDays = 0
  /// Lines of the 91 days: all, those for development and tests, and reserved ones.
  private(set) var lines = 0
  private(set) var devTestLines = 0
  private(set) var reservedLines = 0
  /// The numbers of the regions used in the 91 days, ascending.
  private(set) var regions: [Int32] = []
  /// Week by week, the last one first; see `WeeklyIndex`.
  private(set) var weekly = WeeklyIndex()

  init() {}

  /// - Parameters:
  ///   - known: what was known on L.
  ///   - last: L − lag.
  ///   - traits: of the history's meters.
  init(_ known: KnownUsage, through last: CalendarDay, _ traits: MeterTraits) {
    for total in known.meterTotals {
      let service = traits.services[Int(total.meter)]
      let place = servicesKnown.partitionIndex { $0.number >= service }
      if place < servicesKnown.count, servicesKnown[place].number == service {
        servicesKnown[place].quantity += total.quantity
      } else {
        servicesKnown.insert((service, total.quantity), at: place)
      }
    }
    let indices = known.indices(in: last - (Self.longestDays - 1)...last)
    guard !indices.isEmpty else { return }
    let recentFrom = max(
      indices.lowerBound, known.firstIndex(from: last - (Self.recentDays - 1)))
    recentActiveDays = indices.upperBound - recentFrom
    known.forEachLine(ofDays: indices) { day, meter, quantity in
      let place = place(of: traits.services[meter])
      services[place].quantity += quantity
      if day >= recentFrom { services[place].recentQuantity += quantity }
      if services[place].lastDay != day {
        services[place].lastDay = day
        services[place].days += 1
      }
      lines += 1
      if traits.isDevTest[meter] { devTestLines += 1 }
      if traits.isReserved[meter] { reservedLines += 1 }
      let region = traits.regions[meter]
      let regionPlace = regions.partitionIndex { $0 >= region }
      if region >= 0, regionPlace == regions.count || regions[regionPlace] != region {
        regions.insert(region, at: regionPlace)
      }
    }
    weekly = WeeklyIndex(since: known.day(0), through: last)
    known.forEachLine(ofDays: indices) { day, meter, quantity in
      let place = place(of: traits.services[meter])
      weekly.add(quantity / services[place].quantity, week: (last - known.day(day)) / 7)
    }
  }

  /// Whether a service was used in a window.
  func uses(_ number: Int32, in window: PeerWindow) -> Bool {
    if window == .known {
      let place = servicesKnown.partitionIndex { $0.number >= number }
      return place < servicesKnown.count && servicesKnown[place].number == number
    }
    let place = services.partitionIndex { $0.number >= number }
    guard place < services.count, services[place].number == number else { return false }
    return window == .days91 || services[place].recentQuantity > 0
  }

  /// Where a service is in `services`; it is added when it is new.
  private mutating func place(of number: Int32) -> Int {
    let place = services.partitionIndex { $0.number >= number }
    if place == services.count || services[place].number != number {
      services.insert(Service(number: number), at: place)
    }
    return place
  }
}
