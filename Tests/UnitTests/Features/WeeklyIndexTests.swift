import Glibc
import TestSupport
import Testing

@testable import Features

/// The median by exchanges, and the sums over weeks that are put together of halves.
struct WeeklyIndexTests {
  @Test func `exchanges sort every order of zeros and ones, and so everything`() {
    for bits in 0..<(1 << 12) {
      func half(_ first: Int) -> SortedSix { SortedSix { Double(bits >> (first + $0) & 1) } }
      let middle = SortedSix.middle(half(0), half(6))
      let sorted = (0..<12).map { Double(bits >> $0 & 1) }.sorted()
      #expect(middle.lower == sorted[5] && middle.upper == sorted[6], "\(bits)")
    }
  }

  /// An index of one service with these weeks, oldest first.
  private func index(_ weeks: [Double], count: Int) -> WeeklyIndex {
    var index = WeeklyIndex(weeks: count)
    index.add(weeks.span, through: weeks.count - 1, of: weeks.suffix(13).reduce(0, +))
    return index
  }

  @Test(arguments: UInt64(1)...40)
  func `the last week is compared with the median of those before`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let count = random.number(5...20)
    let weeks = (0..<26).map { 26 - $0 <= count ? Double(random.number(0...9)) : 0 }
    guard weeks.suffix(13).contains(where: { $0 > 0 }) else { return }
    let total = weeks.suffix(13).reduce(0, +)
    let own = weeks.suffix(min(13, count)).map { $0 / total }
    let mean = own.reduce(0, +) / Double(own.count)
    let before = own.dropLast().sorted()
    let (low, high) = (before[(before.count - 1) / 2], before[before.count / 2])
    let expected = log((own[own.count - 1] + mean / 10) / ((low + high) / 2 + mean / 10))
    let index = index(weeks, count: count)
    #expect(abs(index.logRatioToMedian - expected) < 1e-12)
    let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(index.variation - (squares / Double(own.count)).squareRoot() / mean) < 1e-12)
    #expect(index[0] == weeks[25] * (1 / total))
  }

  @Test func `fewer than five weeks, or no use in them, tell nothing`() {
    let weeks = Array(repeating: 0.0, count: 22) + [1, 1, 1, 1]
    #expect(index(weeks, count: 4).logRatioToMedian.isNaN)
    #expect(!index(weeks, count: 5).logRatioToMedian.isNaN)
    #expect(WeeklyIndex(weeks: 13).logRatioToMedian.isNaN)
    #expect(WeeklyIndex(weeks: 13).variation.isNaN)
  }

  @Test func `what is next to nothing has finite shares`() {
    let weeks = Array(repeating: 0.0, count: 25) + [Double.leastNonzeroMagnitude]
    #expect(index(weeks, count: 13).logRatioToMedian.isFinite)
  }

  @Test func `equal weeks have equal sums wherever they lie`() {
    var random = HistoryRandom(seed: 7)
    let weeks = (0..<13).map { _ in Double.random(in: 0...1e6, using: &random) }
    let twice = weeks + weeks
    #expect(twice.span.thirteenWeeks(through: 25) == twice.span.thirteenWeeks(through: 12))
    #expect(twice.span.eightWeeks(through: 25) == twice.span.eightWeeks(through: 12))
    #expect(twice.span.fourWeeks(through: 20) == twice.span.fourWeeks(through: 7))
    #expect(twice.span.twoWeeks(through: 14) == weeks[0] + weeks[1])
  }
}
