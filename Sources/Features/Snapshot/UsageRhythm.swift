internal import History

/// The gaps from each active day to the next, in numbers.
struct UsageRhythm: Sendable, Hashable {
  /// How many gaps there are.
  fileprivate(set) var count = 0
  /// The median; NaN without gaps.
  fileprivate(set) var median = Double.nan
  /// The longest; 0 without gaps.
  fileprivate(set) var longest = 0

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
  /// Gaps are counted by length, and the median moves on from where it was, so that no gap is looked at again.
  static func ofPrefixes(_ days: [CalendarDay]) -> [UsageRhythm] {
    var rhythms = [UsageRhythm()]
    rhythms.reserveCapacity(days.count + 1)
    if !days.isEmpty { rhythms.append(UsageRhythm()) }
    var gaps = GapCounts(longest: zip(days.dropFirst(), days).map { $0 - $1 }.max() ?? 0)
    for index in days.indices.dropFirst() {
      gaps.add(days[index] - days[index - 1])
      rhythms.append(gaps.rhythm)
    }
    return rhythms
  }

  /// How many gaps there are of each length.
  private struct GapCounts {
    /// By length.
    private var counts: [Int32]
    private(set) var rhythm = UsageRhythm()
    /// The lower median, and how many gaps are shorter.
    private var median = 0
    private var shorter = 0

    init(longest: Int) { counts = Array(repeating: 0, count: longest + 1) }

    mutating func add(_ gap: Int) {
      counts[gap] += 1
      if gap < median { shorter += 1 }
      rhythm.count += 1
      rhythm.longest = max(rhythm.longest, gap)
      let middle = (rhythm.count - 1) / 2
      while shorter > middle {
        median -= 1
        shorter -= Int(counts[median])
      }
      while shorter + Int(counts[median]) <= middle {
        shorter += Int(counts[median])
        median += 1
      }
      var upper = median
      if rhythm.count.isMultiple(of: 2), shorter + Int(counts[median]) == middle + 1 {
        repeat { upper += 1 } while counts[upper] == 0
      }
      rhythm.median = Double(median + upper) / 2
    }
  }
}
