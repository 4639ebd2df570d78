import Features
import Glibc
import History
import Testing

@testable import Features

/// activeDays, usageQuantity, their trends and distinctMeters over windows that end on dataThrough.
struct UsageWindowTests: PastFixtures {
  @Test func `a window of seven days holds seven days`() throws {
    // On day 20 the window is 14 … 20.
    let past = history(subscription("A").seen(on: 20).used(on: 0, 13, 14, 17, 20))
    #expect(try value(ActiveDays(windowDays: 7), of: "A", in: past, on: 20) == 3)
  }

  @Test func `the lag moves the window back`() throws {
    // On day 20 with lag 3 the window is 11 … 17.
    let past = history(subscription("A").seen(on: 20).used(on: 0, 10, 11, 17, 18))
    #expect(try value(ActiveDays(windowDays: 7), of: "A", in: past, on: 20, lag: 3) == 2)
  }

  @Test func `a window that begins on the first usage of the history is known`() throws {
    let past = history(
      subscription("A").seen(on: 20), subscription("B").seen(on: 20).used(on: 14, 20))
    #expect(try value(ActiveDays(windowDays: 7), of: "A", in: past, on: 20) == 0)
    #expect(try value(UsageQuantity(windowDays: 7), of: "A", in: past, on: 20) == 0)
    let month = history(
      subscription("A").seen(on: 20), subscription("B").seen(on: 20).used(on: -7, 20))
    #expect(try value(DistinctMeters(windowDays: 28), of: "A", in: month, on: 20) == 0)
  }

  @Test func `a window that reaches before the first usage of the history is unknown, not zero`()
    throws
  {
    let past = history(
      subscription("A").seen(on: 20), subscription("B").seen(on: 20).used(on: 15, 20))
    #expect(try value(ActiveDays(windowDays: 7), of: "A", in: past, on: 20).isNaN)
    #expect(try value(UsageQuantity(windowDays: 7), of: "A", in: past, on: 20).isNaN)
    let month = history(
      subscription("A").seen(on: 20), subscription("B").seen(on: 20).used(on: -6, 20))
    #expect(try value(DistinctMeters(windowDays: 28), of: "A", in: month, on: 20).isNaN)
  }

  @Test func `a trend needs both of its windows`() throws {
    // The windows of day 20 are 14 … 20 and 7 … 13.
    let known = history(subscription("A").seen(on: 20).used(on: 7, 20))
    #expect(try value(ActiveDaysTrend(windowDays: 7), of: "A", in: known, on: 20) == 0)
    let unknown = history(subscription("A").seen(on: 20).used(on: 8, 20))
    #expect(try value(ActiveDaysTrend(windowDays: 7), of: "A", in: unknown, on: 20).isNaN)
    #expect(try value(UsageQuantityTrend(windowDays: 7), of: "A", in: unknown, on: 20).isNaN)
  }

  @Test func `the trend of active days is the log ratio of d + 1`() throws {
    // Three days in 14 … 20, seven in 7 … 13.
    let past = history(subscription("A").seen(on: 20).used(daily: 7...16))
    #expect(try value(ActiveDaysTrend(windowDays: 7), of: "A", in: past, on: 20) == log(4.0 / 8.0))
  }

  @Test func `the trend of quantities adds a tenth of a line per day`() throws {
    // All lines are alike, so each is one median line up to the width of a bin, and m with it:
    // ln((3m + 0.7) / (7m + 0.7)).
    let past = history(subscription("A").seen(on: 20).used(daily: 7...16, quantity: 5))
    let m = 5 / (try context(past, on: 20).meterMedians[0])
    let trend = try value(UsageQuantityTrend(windowDays: 7), of: "A", in: past, on: 20)
    #expect(abs(trend - log((3 * m + 0.7) / (7 * m + 0.7))) < 1e-12)
    #expect(trend < 0)
  }

  @Test func `quantities of different meters are counted in their own median lines`() throws {
    // Meter 0 runs at 1000 a day, meter 1 at 0.001: each adds about one typical line a day.
    let past = history(
      subscription("A").seen(on: 20)
        .used(daily: 0...20, meter: 0, quantity: 1000).used(
          daily: 0...20, meter: 1, quantity: 0.001))
    let quantity = try value(UsageQuantity(windowDays: 7), of: "A", in: past, on: 20)
    // Each median is exact to 2^(1/16).
    #expect(quantity > 2 / exp2(1.0 / 16) && quantity < 2 * exp2(1.0 / 16))
  }

  @Test func `what came before a window does not blur it`() throws {
    // 1e17 + 1 = 1e17 in a Double: a running total would lose the lines after the spike.
    let spike = history(
      subscription("A").seen(on: 40).used(daily: 0...40).used(on: 20, meter: 1, quantity: 1e17),
      subscription("B").seen(on: 40).used(daily: 0...40, meter: 1))
    let plain = history(
      subscription("A").seen(on: 40).used(daily: 0...40),
      subscription("B").seen(on: 40).used(daily: 0...40, meter: 1))
    let feature = UsageQuantity(windowDays: 7)
    #expect(
      try value(feature, of: "A", in: spike, on: 40) == value(feature, of: "A", in: plain, on: 40))
  }

  @Test func `quantities at the ends of the number line stay finite`() throws {
    let past = history(
      subscription("A").seen(on: 20).used(daily: 0...20, quantity: 1e-300),
      subscription("B").seen(on: 20).used(daily: 15...20, quantity: Double.greatestFiniteMagnitude))
    for windowDays in [7, 14] {
      for letter: Character in ["A", "B"] {
        let value = try value(UsageQuantity(windowDays: windowDays), of: letter, in: past, on: 20)
        #expect(value.isFinite)
      }
    }
    let trend = try value(UsageQuantityTrend(windowDays: 7), of: "B", in: past, on: 20)
    #expect(trend.isFinite && trend > 0)
  }

  @Test func `distinct meters count a meter once`() throws {
    let past = history(
      subscription("A").seen(on: 20)
        .used(on: 0, 72, 73, 80, meter: 0).used(on: 80, meter: 3).used(on: 72, meter: 5)
        .used(on: 9, meter: 7),
      subscription("B").seen(on: 20).used(on: 100))
    #expect(try value(DistinctMeters(windowDays: 28), of: "A", in: past, on: 100) == 2)
    #expect(try value(DistinctMeters(windowDays: 91), of: "A", in: past, on: 100) == 3)
  }
}
