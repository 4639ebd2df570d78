/// How many lines of each meter of a subscription lie before each of its active days.
final class MeterLineCounts: Sendable {
  /// Day by day, and once more behind the last one: for each place of a meter the lines of earlier days.
  private let counts: [Int32]
  private let meterCount: Int

  init(_ usage: DailyUsage, _ meters: SubscriptionMeters) {
    meterCount = meters.numbers.count
    var counts = Array(repeating: Int32(0), count: (usage.days.count + 1) * meterCount)
    let (places, ends) = (usage.places.span, usage.lineEnds.span)
    var line = 0
    for day in ends.indices {
      let (before, after) = (day * meterCount, (day + 1) * meterCount)
      for place in 0..<meterCount { counts[after + place] = counts[before + place] }
      while line < ends[day] {
        counts[after + Int(places[line])] += 1
        line += 1
      }
    }
    self.counts = counts
  }

  /// Calls `body` with the places of the meters that some active days used, and how many lines of theirs.
  func forEachUsed(onDays days: Range<Int>, _ body: (_ place: Int, _ lines: Int) -> Void) {
    let allCounts = self.counts
    let counts = allCounts.span
    let (first, end) = (days.lowerBound * meterCount, days.upperBound * meterCount)
    for place in 0..<meterCount {
      let lines = counts[end + place] - counts[first + place]
      if lines > 0 { body(place, Int(lines)) }
    }
  }
}
