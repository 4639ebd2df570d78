import Features
import History
import TestSupport
import Testing

@testable import Features

/// What is put together once is on every day what a walk over all lines finds.
struct UsageTimelineTests: PastFixtures {
  private static let traits = MeterTraits([Meter(), Meter(meterCategory: "Storage")])

  private func boundary(_ past: SubscriptionPast, on number: Int, through last: Int) -> (Int, Int) {
    let timeline = UsageTimeline(past.history.usage, Self.traits)
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
    let timeline = UsageTimeline(past.history.usage, Self.traits)
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
      let timeline = UsageTimeline(subscription.usage, MeterTraits(past.meters))
      for context in contexts {
        let last = context.dataThrough - Int(seed % 4)
        let shared = UsageSnapshot(timeline, at: context, through: last)
        let walk = Walk(subscription.usage, at: context, through: last)
        #expect(Array(shared.activeDays) == walk.days)
        used += walk.days.count
        let services = timeline.meters.services
        for index in services.indices {
          let total = shared.known.total(ofService: index)
          #expect(total.bitPattern == (walk.totals[services[index]] ?? 0).bitPattern)
        }
        for days in [7, 91, 400] {
          let sum = walk.quantity(overDays: days, through: last)
          #expect(shared.quantity(overDays: days, through: last).bitPattern == sum.bitPattern)
        }
        for days in usageWindows {
          let windows = shared.windows
          let sum = walk.quantity(overDays: days, through: last)
          #expect(windows.quantity(ofDays: days).bitPattern == sum.bitPattern)
          #expect(windows.activeDays(ofDays: days) == walk.count(overDays: days, through: last))
          guard days < 182 else { continue }
          let before = walk.quantity(overDays: days, through: last - days)
          #expect(windows.quantityBefore(ofDays: days).bitPattern == before.bitPattern)
          #expect(
            windows.activeDays(ofDays: days, endingBefore: days)
              == walk.count(overDays: days, through: last - days))
        }
      }
    }
    #expect(used > 1_000)
  }

  /// The naive twin: walks all lines from the first on, in the same order of additions.
  private struct Walk {
    var days: [CalendarDay] = []
    var quantities: [Double] = []
    /// What was used of each service.
    var totals: [Int32: Double] = [:]

    init(_ usage: UsageHistory, at context: LandmarkContext, through last: CalendarDay) {
      var row = 0
      while row < usage.count, usage.days[row] <= last {
        let line = usage.line(at: row, knownOn: context.asOf, lag: context.lag)
        defer { row = line.end }
        guard let quantity = line.quantity, quantity > 0 else { continue }
        totals[context.meterTraits.services[Int(usage.meters[row])], default: 0] += quantity
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

    func count(overDays count: Int, through last: CalendarDay) -> Int {
      days.count { $0 > last - count && $0 <= last }
    }

    func quantity(overDays count: Int, through last: CalendarDay) -> Double {
      zip(days, quantities).filter { $0.0 > last - count && $0.0 <= last }.reduce(0) { $0 + $1.1 }
    }
  }
}
