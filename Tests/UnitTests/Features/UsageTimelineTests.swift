import Features
import Glibc
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
    let statistics = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2)
    let contexts = statistics.contexts
    var used = 0
    for subscription in past.customers.flatMap(\.subscriptions) {
      let timeline = UsageTimeline(subscription.usage, statistics.frame)
      for context in contexts {
        let last = context.dataThrough - Int(seed % 4)
        let shared = UsageSnapshot(timeline, at: context, through: last)
        let walk = Walk(subscription.usage, at: context, through: last)
        #expect(Array(shared.activeDays) == walk.days)
        used += walk.days.count
        expectEqual(RecentUse(shared.known, through: last), walk, at: context, through: last)
        expectLevel(shared.lastUseLevel(ofDays: 182), walk, at: context, through: last)
        #expect(shared.activeWeekCount == Set(walk.days.map { (last - $0) / 7 }).count)
        let gaps = zip(walk.days.dropFirst(), walk.days).map { $0 - $1 }
        for days in [0, 1, 2, 5, 14, 1_000] {
          #expect(shared.gapCount(atLeast: days) == gaps.count { $0 >= days })
        }
        for days in [7, 91, 400] {
          let sum = walk.quantity(overDays: days, through: last)
          #expect(
            shared.quantity(overDays: days, through: last, at: context).bitPattern == sum.bitPattern
          )
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
            windows.activeDaysBefore(ofDays: days)
              == walk.count(overDays: days, through: last - days))
        }
      }
    }
    #expect(used > 1_000)
  }

  /// How much was used on the last days of use of a service, against all of its lines.
  private func expectLevel(
    _ level: Double, _ walk: Walk, at context: LandmarkContext, through last: CalendarDay
  ) {
    let lines = walk.lines.filter { $0.day > last - 182 }
    var least: Double?
    for service in Set(lines.map { context.meterTraits.services[$0.meter] }) {
      let own = lines.filter { context.meterTraits.services[$0.meter] == service }
      let days = Set(own.map(\.day)).sorted()
      guard days.count >= 8 else { continue }
      func mean(_ lines: [Walk.Line]) -> Double {
        lines.reduce(0) { $0 + log($1.quantity) } / Double(lines.count)
      }
      let latest = own.filter { $0.day >= days[days.count - 7] }
      least = min(least ?? .infinity, mean(latest) - mean(own))
    }
    #expect(level.isNaN == (least == nil))
    if let least { #expect(abs(level - least) < 1e-9) }
  }

  /// What was used of each service, and the lines of 91 days, in every bit.
  private func expectEqual(
    _ use: RecentUse, _ walk: Walk, at context: LandmarkContext, through last: CalendarDay
  ) {
    let traits = context.meterTraits
    func lines(_ days: Int) -> [Walk.Line] { walk.lines.filter { $0.day > last - days } }
    #expect(Set(use.services.map(\.number)) == Set(walk.lines.map { traits.services[$0.meter] }))
    for service in use.services {
      func sum(_ lines: [Walk.Line]) -> UInt64 {
        own(lines).reduce(0) { $0 + $1.quantity }.bitPattern
      }
      func own(_ lines: [Walk.Line]) -> [Walk.Line] {
        lines.filter { traits.services[$0.meter] == service.number }
      }
      #expect(service.quantityKnown.bitPattern == sum(walk.lines))
      #expect(service.quantity.bitPattern == sum(lines(91)))
      #expect(service.recentQuantity.bitPattern == sum(lines(28)))
      #expect(service.isRegular == (Set(own(lines(91)).map(\.day)).count > 1))
    }
    let meters = lines(91).map(\.meter)
    #expect(use.lines.count == meters.count && use.lines.meters == Set(meters).count)
    #expect(use.lines.recentMeters == Set(lines(28).map(\.meter)).count)
    #expect(use.lines.devTest == meters.count { traits.isDevTest[$0] })
    #expect(use.lines.reserved == meters.count { traits.isReserved[$0] })
    #expect(use.lines.regions == Set(meters.map { traits.regions[$0] }.filter { $0 >= 0 }).count)
    #expect(use.recentActiveDays == walk.count(overDays: 28, through: last))
    var weeks = Array(repeating: 0.0, count: WeeklyIndex.mostWeeks)
    for line in lines(91) {
      let all = lines(91).filter { traits.services[$0.meter] == traits.services[line.meter] }
      weeks[(last - line.day) / 7] += line.quantity / all.reduce(0) { $0 + $1.quantity }
    }
    for week in 0..<use.weekly.count where use.weekly.isComparable {
      #expect(use.weekly[week].bitPattern == weeks[week].bitPattern)
    }
  }

  /// The naive twin: walks all lines from the first on, in the same order of additions.
  private struct Walk {
    var days: [CalendarDay] = []
    var quantities: [Double] = []
    /// Those that count.
    var lines: [Line] = []

    struct Line {
      let day: CalendarDay
      let meter: Int
      let quantity: Double
    }

    init(_ usage: UsageHistory, at context: LandmarkContext, through last: CalendarDay) {
      var row = 0
      while row < usage.count, usage.days[row] <= last {
        let line = usage.line(at: row, knownOn: context.asOf, lag: context.lag)
        defer { row = line.end }
        guard let quantity = line.quantity, quantity > 0 else { continue }
        lines.append(
          Line(day: usage.days[row], meter: Int(usage.meters[row]), quantity: quantity))
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
