import Features
import History
import TestSupport
import Testing

@testable import Features

/// What is put together once is on every day what a walk over all lines finds.
struct UsageTimelineTests: PastFixtures {
  private func boundary(_ past: SubscriptionPast, on number: Int, through last: Int) -> (Int, Int) {
    let timeline = UsageTimeline(past.history.usage)
    return timeline.settled(on: day(number), through: day(last))
  }

  @Test func `lines that nothing delayed are settled at once`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, meter: 1)
    #expect(boundary(past, on: 5, through: -1) == (0, 0))
    #expect(boundary(past, on: 5, through: 1) == (3, 2))
    #expect(boundary(past, on: 5, through: 9) == (4, 3))
  }

  @Test func `a day is open until its last version was seen, and so is all behind it`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, quantity: 7, knownFrom: 10)
    #expect(boundary(past, on: 9, through: 9) == (1, 1))
    #expect(boundary(past, on: 10, through: 9) == (4, 3))
  }

  @Test func `a day whose lines were taken back is no active day`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, quantity: 0, knownFrom: 10)
    let timeline = UsageTimeline(past.history.usage)
    #expect(timeline.final.days == [0, 2].map(day))
    #expect(boundary(past, on: 10, through: 1) == (3, 1))
  }

  @Test(arguments: UInt64(600)...607)
  func `the open days of one landmark do not change the next one`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    let landmarks = (0..<30).map { pastDay(-40 + 5 * $0) }
    let contexts = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2).contexts
    var used = 0
    for subscription in past.customers.flatMap(\.subscriptions) {
      let timeline = UsageTimeline(subscription.usage)
      for context in contexts {
        let last = context.dataThrough - Int(seed % 4)
        let shared = UsageSnapshot(timeline, at: context, through: last)
        let walk = Walk(subscription.usage, at: context, through: last)
        #expect(Array(shared.activeDays) == walk.days)
        used += walk.days.count
        let totals = shared.known.meterTotals
        #expect(totals.map(\.meter) == walk.meters)
        #expect(totals.map(\.quantity.bitPattern) == walk.totals.map(\.bitPattern))
        for days in [7, 91, 400] {
          let sum = walk.quantity(overDays: days, through: last)
          let quantity = shared.quantity(overDays: days, through: last)
          #expect(quantity.bitPattern == sum.bitPattern)
        }
      }
    }
    #expect(used > 1_000)
  }

  /// The naive twin: walks all lines from the first on, in the same order of additions.
  private struct Walk {
    var days: [CalendarDay] = []
    var quantities: [Double] = []
    /// As they come, with all that was used of them.
    var meters: [Int32] = []
    var totals: [Double] = []

    init(_ usage: UsageHistory, at context: LandmarkContext, through last: CalendarDay) {
      var row = 0
      while row < usage.count, usage.days[row] <= last {
        let line = usage.line(at: row, knownOn: context.asOf, lag: context.lag)
        defer { row = line.end }
        guard let quantity = line.quantity, quantity > 0 else { continue }
        if let place = meters.firstIndex(of: usage.meters[row]) {
          totals[place] += quantity
        } else {
          meters.append(usage.meters[row])
          totals.append(quantity)
        }
        let median = context.meterMedians[Int(usage.meters[row])]
        let typical = median > 0 ? min(quantity / median, DailyUsage.mostTypicalLines) : 1
        if days.last == usage.days[row] {
          quantities[quantities.count - 1] += typical
        } else {
          days.append(usage.days[row])
          quantities.append(typical)
        }
      }
    }

    func quantity(overDays count: Int, through last: CalendarDay) -> Double {
      zip(days, quantities).filter { $0.0 > last - count && $0.0 <= last }.reduce(0) { $0 + $1.1 }
    }
  }
}
