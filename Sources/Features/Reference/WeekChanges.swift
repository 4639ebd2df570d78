/// How the last week's use of each subscription compares with its own usual week, counted in bins.
///
/// Bins of 1/16 from −4 to 4 on the scale of natural logarithms: exact to 3 %, and the same for any
/// order of the subscriptions.
struct WeekChanges: Sendable {
  private static let binsPerUnit = 16.0
  private static let limit = 4.0
  /// Fewer subscriptions do not make a partner's week.
  static let fewest: Int32 = 20

  private var bins: [Int32] = []

  mutating func add(_ change: Double) {
    if bins.isEmpty {
      bins = Array(repeating: 0, count: Int(2 * Self.limit * Self.binsPerUnit) + 1)
    }
    let clipped = min(max(change, -Self.limit), Self.limit)
    bins[Int(((clipped + Self.limit) * Self.binsPerUnit).rounded())] += 1
  }

  mutating func add(_ other: WeekChanges) {
    if bins.isEmpty { bins = Array(repeating: 0, count: other.bins.count) }
    for bin in other.bins.indices { bins[bin] += other.bins[bin] }
  }

  /// The lower median; nil with fewer than twenty subscriptions.
  var median: Double? {
    let total = bins.reduce(0, +)
    guard total >= Self.fewest else { return nil }
    var before: Int32 = 0
    for (bin, count) in bins.enumerated() {
      before += count
      if 2 * before >= total { return Double(bin) / Self.binsPerUnit - Self.limit }
    }
    return nil
  }
}
