import Features
import History
import Testing

@testable import Features

/// How far usage is known on a landmark, and where it begins.
struct LandmarkContextTests: PastFixtures {
  @Test func `usage is known through L minus the lag`() throws {
    let past = history(subscription("A").seen(on: 20).used(daily: 0...20))
    let context = try context(past, on: 20, lag: 4)
    #expect(context.dataThrough == day(16))
    #expect(context.newestUsage == day(16))
    #expect(context.usageFrom == day(0))
    #expect(!context.isStale)
  }

  @Test func `usage that ended within a week of L minus the lag is not stale`() throws {
    let past = history(subscription("A").seen(on: 20).used(on: 0, 11))
    let context = try context(past, on: 20, lag: 2)
    #expect(context.dataThrough == day(18))
    #expect(!context.isStale)
  }

  @Test func `when all usage ended longer ago, gaps are counted from its end`() throws {
    let past = history(
      subscription("A").seen(on: 20, lastUsage: 19).used(on: 0, 10),
      subscription("B").seen(on: 20).used(on: 4))
    let context = try context(past, on: 20, lag: 2)
    #expect(context.dataThrough == day(10))
    #expect(context.isStale)
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 20, lag: 2) == 0)
    #expect(try value(DaysSinceLastUsage(), of: "B", in: past, on: 20, lag: 2) == 6)
    // The windows end there too: 4 … 10.
    #expect(try value(ActiveDays(windowDays: 7), of: "B", in: past, on: 20, lag: 2) == 1)
  }

  @Test func `without usage nothing is stale and every window is unknown`() throws {
    let context = try context(history(subscription("A").seen(on: 20)), on: 20, lag: 2)
    #expect(context.dataThrough == day(18))
    #expect(context.usageFrom == nil)
    #expect(context.newestUsage == nil)
    #expect(context.window(ofDays: 7) == nil)
  }

  @Test func `usage begins where it was known to begin on the landmark`() throws {
    // The older line came late: before day 15 the history began on day 8.
    let past = history(subscription("A").seen(on: 20).used(on: 8).used(on: 2, knownFrom: 15))
    #expect(try context(past, on: 14).usageFrom == day(8))
    #expect(try context(past, on: 15).usageFrom == day(2))
  }

  @Test func `windows end on dataThrough and step back by their offset`() throws {
    let past = history(subscription("A").seen(on: 20).used(daily: 0...20))
    let context = try context(past, on: 20, lag: 1)
    #expect(context.window(ofDays: 7) == day(13)...day(19))
    #expect(context.window(ofDays: 7, endingBefore: 7) == day(6)...day(12))
    #expect(context.window(ofDays: 20) == day(0)...day(19))
    #expect(context.window(ofDays: 21) == nil)
  }
}
