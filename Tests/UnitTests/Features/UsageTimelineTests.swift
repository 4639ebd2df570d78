import Features
import Glibc
import History
import TestSupport
import Testing

@testable import Features

/// What is put together once is on every day what a walk over all lines finds.
struct UsageTimelineTests: PastFixtures {
  private static let traits = MeterTraits([Meter(), Meter(meterCategory: "Storage")])

  private func settled(
    _ past: SubscriptionPast, on number: Int, through last: Int
  ) -> UsageTimeline.Settled {
    UsageTimeline(past.history.usage, Self.traits).settled(on: day(number), through: day(last))
  }

  @Test func `lines that nothing delayed are settled at once`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, meter: 1)
    #expect(settled(past, on: 5, through: -1) == .init(activeDays: 0, openFrom: nil))
    #expect(settled(past, on: 5, through: 1) == .init(activeDays: 2, openFrom: nil))
    #expect(settled(past, on: 5, through: 9) == .init(activeDays: 3, openFrom: nil))
  }

  @Test func `a day is open until its last version was seen, and so is all behind it`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, quantity: 7, knownFrom: 10)
    #expect(settled(past, on: 9, through: 9) == .init(activeDays: 1, openFrom: 1))
    #expect(settled(past, on: 9, through: 0) == .init(activeDays: 1, openFrom: nil))
    #expect(settled(past, on: 10, through: 9) == .init(activeDays: 3, openFrom: nil))
  }

  @Test func `a day that was known later than one before it is settled with it`() {
    let past = subscription("A").used(on: 0, knownFrom: 4).used(on: 1, knownFrom: 9).used(on: 2)
      .used(on: 3, knownFrom: 8)
    #expect(settled(past, on: 8, through: 9) == .init(activeDays: 1, openFrom: 1))
    #expect(settled(past, on: 9, through: 9) == .init(activeDays: 4, openFrom: nil))
  }

  @Test func `a day whose lines were taken back is no active day`() {
    let past = subscription("A").used(on: 0, 1, 2).used(on: 1, quantity: 0, knownFrom: 10)
    let timeline = UsageTimeline(past.history.usage, Self.traits)
    #expect(timeline.tables.usage.days == [0, 2].map(day))
    #expect(settled(past, on: 10, through: 1) == .init(activeDays: 1, openFrom: nil))
  }

  @Test(arguments: UInt64(600)...607)
  func `the open days of one landmark do not change the next one`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    let landmarks = (0..<30).map { pastDay(-40 + 5 * $0) }
    let statistics = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2)
    let contexts = statistics.contexts
    var (used, opened) = (0, 0)
    for subscription in past.customers.flatMap(\.subscriptions) {
      let timeline = UsageTimeline(subscription.usage, statistics.frame)
      for context in contexts {
        let last = context.dataThrough - Int(seed % 4)
        let known = KnownUsage(timeline, on: context.asOf, lag: context.lag, through: last)
        let shared = UsageSnapshot(known, of: timeline, at: context, through: last)
        let walk = Walk(subscription.usage, at: context, through: last)
        #expect(Array(shared.activeDays) == walk.days)
        used += walk.days.count
        opened += known.areOwn ? 1 : 0
        expectEqual(shared.windows, walk, at: context, through: last)
        if let first = known.firstDay {
          expectEqual(
            known.weeks(through: last), timeline.meters, walk, at: context, since: first,
            through: last)
        }
        expectLevel(shared.lastUseLevel(ofDays: 182), walk, at: context, through: last)
        let gaps = zip(walk.days.dropFirst(), walk.days).map { $0 - $1 }
        for days in [0, 1, 2, 5, 14, 1_000] {
          #expect(shared.gapCount(atLeast: days) == gaps.count { $0 >= days })
        }
        let rhythm = UsageRhythm(walk.days)
        #expect(shared.rhythm.count == rhythm.count && shared.rhythm.longest == rhythm.longest)
        #expect(shared.rhythm.median.bitPattern == rhythm.median.bitPattern)
        for days in [1, 7, 91, 400] {
          let sum = walk.quantity(overDays: days, through: last)
          let own = known.typicalLines(in: last - (days - 1)...last, on: context)
          #expect(abs(own - sum) <= 1e-12 * sum)
        }
      }
    }
    #expect(used > 1_000 && opened > 100)
  }

  @Test(arguments: UInt64(610)...615)
  func `weeks that landmarks share are to the bit those of one alone`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    let landmarks = (0..<12).map { pastDay(7 * $0) }
    let shared = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2)
    #expect(shared.frame.sharedWeeks.spans.count == 1)
    var compared = 0
    for context in shared.contexts {
      let last = context.asOf - context.lag
      for subscription in past.customers.flatMap(\.subscriptions) {
        let many = UsageTimeline(subscription.usage, shared.frame)
        let alone = UsageTimeline(
          subscription.usage, shared.frame.meterTraits, isForSnapshots: true)
        func weeks(_ timeline: UsageTimeline) -> WeeksBack {
          KnownUsage(timeline, on: context.asOf, lag: context.lag, through: last)
            .weeks(through: last)
        }
        #expect(weeks(many).last >= weeks(alone).last && weeks(alone).all.span.count == 26)
        func bits(_ timeline: UsageTimeline) -> [UInt64] {
          var bits: [UInt64] = []
          weeks(timeline).forEachService(timeline.meters) { use, weeks, last in
            bits += [use.known.quantity, use.quantity, use.recentQuantity].map(\.bitPattern)
            bits += (0..<26).map { weeks[last - $0].bitPattern }
          }
          let windows = UsageWindows(weeks(timeline), timeline.meters, on: context)
          return bits + usageWindows.map { windows.quantity(ofDays: $0).bitPattern }
        }
        #expect(bits(many) == bits(alone))
        compared += bits(many).count
      }
    }
    #expect(compared > 1_000)
  }

  /// Whole numbers exactly, quantities but for the order of additions.
  private func expectEqual(
    _ windows: UsageWindows, _ walk: Walk, at context: LandmarkContext, through last: CalendarDay
  ) {
    let traits = context.meterTraits
    for days in usageWindows {
      let sum = walk.quantity(overDays: days, through: last)
      #expect(abs(windows.quantity(ofDays: days) - sum) <= 1e-12 * sum)
      #expect(windows.activeDays(ofDays: days) == walk.count(overDays: days, through: last))
      guard days < 182 else { continue }
      let before = walk.quantity(overDays: days, through: last - days)
      #expect(abs(windows.quantityBefore(ofDays: days) - before) <= 1e-12 * before)
      #expect(
        windows.activeDaysBefore(ofDays: days) == walk.count(overDays: days, through: last - days))
    }
    #expect(windows.activeWeeks == Set(walk.days.map { (last - $0) / 7 }).count)
    #expect(windows.weekendDays == walk.days.count { $0 > last - 91 && $0.weekday >= 5 })
    let meters = walk.lines.filter { $0.day > last - 91 }.map(\.meter)
    #expect(windows.lines == meters.count && windows.meters == Set(meters).count)
    let recent = walk.lines.filter { $0.day > last - 28 }.map(\.meter)
    #expect(windows.recentMeters == Set(recent).count)
    #expect(windows.devTestLines == meters.count { traits.isDevTest[$0] })
    #expect(windows.reservedLines == meters.count { traits.isReserved[$0] })
    #expect(windows.regions == Set(meters.map { traits.regions[$0] }.filter { $0 >= 0 }).count)
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

  /// What was used of each service, and the index over its weeks.
  private func expectEqual(
    _ weeks: WeeksBack, _ meters: SubscriptionMeters, _ walk: Walk, at context: LandmarkContext,
    since first: CalendarDay, through last: CalendarDay
  ) {
    let traits = context.meterTraits
    func lines(_ days: Int) -> [Walk.Line] { walk.lines.filter { $0.day > last - days } }
    #expect(weeks.activeDays(ofWeeks: 4) == walk.count(overDays: 28, through: last))
    var numbers: [Int32] = []
    let weekly = weeks.weeklyIndex(meters, since: first) { service in
      numbers.append(service.number)
      func own(_ lines: [Walk.Line]) -> [Walk.Line] {
        lines.filter { traits.services[$0.meter] == service.number }
      }
      func sum(_ lines: [Walk.Line]) -> Double { own(lines).reduce(0) { $0 + $1.quantity } }
      #expect(service.known.quantity.bitPattern == sum(walk.lines).bitPattern)
      #expect(service.known.days == Set(own(walk.lines).map(\.day)).count)
      #expect(Int64(service.known.logSteps) == ServiceSum.logSteps(service.known.quantity))
      #expect(abs(service.quantity - sum(lines(91))) <= 1e-12 * service.quantity)
      #expect(abs(service.recentQuantity - sum(lines(28))) <= 1e-12 * service.recentQuantity)
      #expect(service.days == Set(own(lines(91)).map(\.day)).count)
    }
    #expect(numbers == Set(walk.lines.map { traits.services[$0.meter] }).sorted())
    var shares = Array(repeating: 0.0, count: WeeklyIndex.mostWeeks)
    for line in lines(91) {
      let all = lines(91).filter { traits.services[$0.meter] == traits.services[line.meter] }
      shares[(last - line.day) / 7] += line.quantity / all.reduce(0) { $0 + $1.quantity }
    }
    for week in 0..<weekly.count {
      #expect(abs(weekly[week] - shares[week]) <= 1e-12)
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
        let typical = median > 0 ? min(quantity / median, UsageWindows.mostTypicalLines) : 1
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
