internal import History

/// The gaps from each active day to the next, in numbers.
struct UsageRhythm: Sendable, Hashable {
  /// How many gaps there are.
  private(set) var count = 0
  /// The median; NaN without gaps.
  private(set) var median = Double.nan
  /// The longest; 0 without gaps.
  private(set) var longest = 0

  init() {}

  /// The rhythm of days in ascending order.
  init(_ days: [CalendarDay]) {
    let gaps = zip(days.dropFirst(), days).map { later, earlier in later - earlier }.sorted()
    self.init(ordered: gaps)
  }

  /// The rhythm of gaps in ascending order.
  private init(ordered gaps: [Int]) {
    guard let last = gaps.last else { return }
    let middle = gaps.count / 2
    count = gaps.count
    longest = last
    median =
      gaps.count.isMultiple(of: 2)
      ? Double(gaps[middle - 1] + gaps[middle]) / 2 : Double(gaps[middle])
  }

  /// The rhythm of the first k days, for every k from 0 on.
  ///
  /// One gap after the other goes into its place in the order, so that no day is looked at again.
  static func ofPrefixes(_ days: [CalendarDay]) -> [UsageRhythm] {
    var rhythms = [UsageRhythm()]
    rhythms.reserveCapacity(days.count + 1)
    var ordered: [Int] = []
    ordered.reserveCapacity(days.count)
    for index in days.indices {
      if index > 0 {
        let gap = days[index] - days[index - 1]
        ordered.insert(gap, at: ordered.partitionIndex { $0 > gap })
      }
      rhythms.append(UsageRhythm(ordered: ordered))
    }
    return rhythms
  }
}
