import Features
import History
import TestSupport
import Testing

@testable import Features

/// How far usage is known on a landmark, and where it begins.
struct LandmarkContextTests: PastFixtures {
  @Test func `usage is known through L minus the lag`() throws {
    let past = history(subscription("A").seen(on: 20).used(daily: 0...20))
    let context = try context(past, on: 20, lag: 4)
    #expect(context.dataThrough == day(16))
    #expect(context.usage.newest == day(16))
    #expect(context.usage.from == day(0))
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
    #expect(context.usage.from == nil)
    #expect(context.usage.newest == nil)
    #expect(!context.usage.reaches(days: 1))
  }

  @Test func `usage begins where it was known to begin on the landmark`() throws {
    // The older line came late: before day 15 the history began on day 8.
    let past = history(subscription("A").seen(on: 20).used(on: 8).used(on: 2, knownFrom: 15))
    #expect(try context(past, on: 14).usage.from == day(8))
    #expect(try context(past, on: 15).usage.from == day(2))
  }

  @Test
  func `windows end on dataThrough and are known where usage reaches back to their first day`()
    throws
  {
    let past = history(subscription("A").seen(on: 20).used(daily: 0...20))
    let context = try context(past, on: 20, lag: 1)
    #expect(context.usage.reaches(days: 20))
    #expect(!context.usage.reaches(days: 21))
  }

  @Test func `a source that exports usage regularly ends with its last export`() throws {
    // Alpha on Mondays, beta on Wednesdays; gamma has three dated exports only, delta none.
    let past = history(
      [
        subscription("A").seen(on: 30).used(daily: 0...30),
        subscription("B").seen(on: 30, source: 1).used(daily: 0...24).used(on: 30),
      ],
      sources: [
        source("alpha", exports: [0, 30], usage: [9, 16, 23, 30]),
        source("beta", exports: [0, 30], usage: [4, 11, 18, 25, 32]),
        source("gamma", exports: [0, 30], usage: [4, 11, 18]), source("delta", exports: [0, 30]),
      ])
    let context = try context(past, on: 30, lag: 2)
    #expect(context.usageOfSources.map(\.through) == [28, 23, 28, 28].map(day))
    #expect(context.dataThrough == day(28))
    // B's gap is counted up to day 23, and what is dated later is not known to be complete.
    #expect(try value(DaysSinceLastUsage(), of: "B", in: past, on: 30, lag: 2) == 0)
    #expect(try snapshot(of: "B", in: past, on: 30, lag: 2)?.lastUsageDate == day(23))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 30, lag: 2) == 0)
    // Three dated exports were not regular yet.
    #expect(try self.context(past, on: 24, lag: 2).usageOfSources.map(\.through)[1] == day(22))
  }

  @Test func `stale usage stops every source where it ends`() throws {
    let past = history(
      [subscription("A").seen(on: 30).used(daily: 0...10)],
      sources: [source("alpha", exports: [0, 30], usage: [9, 16, 23, 30])])
    #expect(try context(past, on: 30, lag: 2).usageOfSources.map(\.through) == [day(10)])
  }

  @Test func `an export of usage after the landmark does not exist`() throws {
    let past = history(
      [subscription("A").seen(on: 30).used(daily: 0...30)],
      sources: [source("alpha", exports: [0, 30], usage: [2, 9, 16, 23, 31])])
    #expect(try context(past, on: 30).usageOfSources.map(\.through) == [day(23)])
  }
}
