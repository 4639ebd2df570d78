/// How many lines of each meter of a subscription lie before each of its active days.
struct MeterLineCounts: Sendable {
  /// Day by day, and once more behind the last one: for each place of a meter the lines of earlier days.
  private let counts: [Int32]
  private let meterCount: Int

  init(_ usage: DailyUsage, _ meters: SubscriptionMeters) {
    meterCount = meters.numbers.count
    var counts: [Int32] = []
    counts.reserveCapacity((usage.days.count + 1) * meterCount)
    var before = Array(repeating: Int32(0), count: meterCount)
    let places = usage.places.span
    var line = 0
    for end in usage.lineEnds {
      counts += before
      while line < end {
        before[Int(places[line])] += 1
        line += 1
      }
    }
    counts += before
    self.counts = counts
  }

  /// Calls `body` with the places of the meters that some active days used, and how many lines of theirs.
  func forEachUsed(onDays days: Range<Int>, _ body: (_ place: Int, _ lines: Int) -> Void) {
    let counts = counts.span
    let (first, end) = (days.lowerBound * meterCount, days.upperBound * meterCount)
    for place in 0..<meterCount {
      let lines = counts[end + place] - counts[first + place]
      if lines > 0 { body(place, Int(lines)) }
    }
  }
}
