import Features
import History
import TestSupport
import Testing

@testable import Features

/// What of the usage was known on a day: lag, late lines, corrections.
struct UsageSnapshotTests: PastFixtures {
  /// The active days known on a day, as numbers.
  private func activeDays(_ past: InMemoryHistory, on number: Int, lag: Int = 0) throws -> [Int] {
    try #require(try snapshot(of: "A", in: past, on: number, lag: lag))
      .usage.activeDays.map { $0 - day(0) }
  }

  @Test func `a line is known on its usage date plus the lag`() throws {
    let past = history(subscription("A").seen(on: 0).used(on: 4))
    #expect(try activeDays(past, on: 5, lag: 2) == [])
    #expect(try activeDays(past, on: 6, lag: 2) == [4])
  }

  @Test func `a late line is known from the day of its own export`() throws {
    let past = history(subscription("A").seen(on: 0).used(on: 4).used(on: 5, knownFrom: 9))
    #expect(try activeDays(past, on: 8, lag: 2) == [4])
    #expect(try activeDays(past, on: 9, lag: 2) == [4, 5])
  }

  @Test func `an export inside the lag does not make a line known earlier`() throws {
    let past = history(subscription("A").seen(on: 0).used(on: 4, knownFrom: 5))
    #expect(try activeDays(past, on: 6, lag: 3) == [])
    #expect(try activeDays(past, on: 7, lag: 3) == [4])
  }

  @Test func `a corrected quantity is known only from its own day`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 4, quantity: 8)
        .used(on: 4, quantity: 2, knownFrom: 10))
    // One line in all, so its median m is its own bin: what matters is the ratio of the two days.
    func quantity(on number: Int) throws -> Double {
      let medians = MeterMedians(landmarkCount: 1, values: [1])
      let context = LandmarkContext(
        asOf: day(number), lag: 0, usageDays: (day(0), day(4)),
        frame: ReferenceFrame(past.meters, MeterTraits(past.meters), medians),
        sources: past.sources)
      return try #require(
        KnownSubscription(
          SubscriptionTimeline(
            past.customers[0].subscriptions[0], of: "contoso", context.frame),
          place: 0, at: context)
      ).usage.typicalLines(in: day(4)...day(4), on: context)
    }
    #expect(try quantity(on: 9) == 8)
    #expect(try quantity(on: 10) == 2)
  }

  @Test func `a correction to zero takes the usage back, and a later one restores it`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 4, quantity: 8)
        .used(on: 4, quantity: 0, knownFrom: 6).used(on: 4, quantity: 3, knownFrom: 8))
    #expect(try activeDays(past, on: 5) == [4])
    #expect(try activeDays(past, on: 6) == [])
    #expect(try activeDays(past, on: 8) == [4])
  }

  @Test func `corrections of one meter leave the others of the day alone`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 4, meter: 0).used(on: 4, meter: 1)
        .used(on: 4, meter: 0, quantity: 0, knownFrom: 6))
    let usage = try #require(try snapshot(of: "A", in: past, on: 7)).usage
    #expect(usage.windows.recentMeters == 1)
    #expect(usage.windows.activeDays(ofDays: 7) == 1)
  }

  @Test func `no usage has no days, no gaps and no quantity`() {
    let context = LandmarkContext(
      asOf: day(9), lag: 0, usageDays: nil, frame: ReferenceFrame([], MeterTraits()), sources: [])
    let timeline = UsageTimeline(UsageHistory(), context.frame)
    let known = KnownUsage(timeline, on: day(9), lag: 0, through: day(9))
    let usage = UsageSnapshot(known, of: timeline, at: context, through: day(9))
    #expect(usage.lastDay == nil)
    #expect(usage.rhythm.count == 0 && usage.rhythm.median.isNaN)
    #expect(known.typicalLines(in: day(0)...day(9), on: context) == 0)
    #expect(usage.windows.activeDays(ofDays: 182) == 0 && usage.windows.quantity(ofDays: 182) == 0)
    #expect(usage.windows.meters == 0 && usage.windows.activeWeeks == 0)
    #expect(usage.recentUse.weekChange.isNaN && usage.recentUse.activeDays == 0)
  }

  @Test func `random windows equal a walk over all lines`() throws {
    var random = HistoryRandom(seed: 20)
    for seed in UInt64(100)...104 {
      let past = RandomPast.make(seed: seed)
      let contexts = try ReferenceStatistics(
        history: past, landmarks: [pastDay(50), pastDay(90)], lag: 2
      ).contexts
      for context in contexts {
        for subscription in past.customers.flatMap(\.subscriptions) {
          let timeline = UsageTimeline(subscription.usage, context.frame)
          let known = KnownUsage(
            timeline, on: context.asOf, lag: context.lag, through: context.dataThrough)
          let first = context.dataThrough - random.number(0...120)
          let window = first...(first + random.number(0...30))
          let walk = Walk(subscription.usage, in: window, at: context)
          #expect(known.activeDays.count { window.contains($0) } == walk.days.count)
          // The same additions in another grouping.
          let quantity = known.typicalLines(in: window, on: context)
          #expect(abs(quantity - walk.quantity) <= 1e-12 * walk.quantity)
          let usage = UsageSnapshot(known, of: timeline, at: context, through: context.dataThrough)
          for (days, meters) in [(28, usage.windows.recentMeters), (91, usage.windows.meters)] {
            let window = context.dataThrough - (days - 1)...context.dataThrough
            #expect(Walk(subscription.usage, in: window, at: context).meters.count == meters)
          }
        }
      }
    }
  }

  /// The naive twin: looks at every pair (day, meter) on its own.
  private struct Walk {
    var days = Set<CalendarDay>()
    var meters = Set<Int32>()
    var quantity = 0.0

    init(_ usage: UsageHistory, in window: ClosedRange<CalendarDay>, at context: LandmarkContext) {
      for day in Set(usage.days) where window.contains(day) && day <= context.dataThrough {
        for meter in Set(usage.meters) {
          let versions = (0..<usage.count).filter {
            usage.days[$0] == day && usage.meters[$0] == meter && day + context.lag <= context.asOf
              && usage.firstKnown[$0] <= context.asOf
          }
          let newest = versions.max { usage.firstKnown[$0] < usage.firstKnown[$1] }
          guard let newest, usage.quantities[newest] > 0 else { continue }
          days.insert(day)
          meters.insert(meter)
          quantity += usage.quantities[newest] / context.meterMedians[Int(meter)]
        }
      }
    }
  }
}
