import Features
import History
import TestSupport
import Testing

@testable import Features

/// daysSinceLastUsage, neverUsed, usualGapDays, longestGapDays.
struct UsageRecencyTests: PastFixtures {
  @Test func `the gap ends on the last day whose usage can be known`() throws {
    let past = history(subscription("A").seen(on: 16).used(on: 10, 12))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 16) == 16 - 12)
  }

  @Test func `the lag shortens the gap`() throws {
    // dataThrough = 20 − 3 = 17; B keeps the usage of the whole history fresh.
    let past = history(
      subscription("A").seen(on: 20).used(on: 10, 12),
      subscription("B").seen(on: 20).used(daily: 0...20))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 20, lag: 3) == 17 - 12)
  }

  @Test func `usage inside the lag is not known yet`() throws {
    let past = history(subscription("A").seen(on: 20).used(on: 12, 18))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 20, lag: 3) == 17 - 12)
    // Known on day 18 + 2.
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 20, lag: 2) == 0)
  }

  @Test func `lastUsageDate of the row is capped at the last day that can be known`() throws {
    let past = history(
      subscription("A").seen(on: 20, lastUsage: 19),
      subscription("B").seen(on: 20).used(daily: 0...20))
    #expect(try snapshot(of: "A", in: past, on: 20, lag: 4)?.lastUsageDate == day(16))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 20, lag: 4) == 0)
  }

  @Test func `the later of usage line and lastUsageDate counts`() throws {
    let later = history(subscription("A").seen(on: 16, lastUsage: 11).used(on: 9))
    #expect(try snapshot(of: "A", in: later, on: 16)?.lastUsageDate == day(11))
    let earlier = history(subscription("A").seen(on: 16, lastUsage: 5).used(on: 9))
    #expect(try snapshot(of: "A", in: earlier, on: 16)?.lastUsageDate == day(9))
  }

  @Test func `an export without the field does not take the last usage back`() throws {
    let past = history(
      subscription("A").seen(on: 7, lastUsage: 5).seen(on: 14),
      subscription("B").seen(on: 7, 14).used(daily: 0...14))
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 14) == 9)
    #expect(try value(NeverUsed(), of: "A", in: past, on: 14) == 0)
  }

  @Test func `no row tells of usage after the day it was exported on`() throws {
    let past = history(
      subscription("A").seen(on: 7, lastUsage: 30),
      subscription("B").seen(on: 7, 14).used(daily: 0...14))
    #expect(try snapshot(of: "A", in: past, on: 14)?.lastUsageDate == day(7))
  }

  @Test func `never used is unknown while the history holds no usage at all`() throws {
    let silent = history(subscription("A").seen(on: 7))
    #expect(try value(NeverUsed(), of: "A", in: silent, on: 7).isNaN)
    #expect(try value(DaysSinceLastUsage(), of: "A", in: silent, on: 7).isNaN)
  }

  @Test func `never used once others have usage`() throws {
    let past = history(
      subscription("A").seen(on: 7), subscription("B").seen(on: 7).used(on: 3))
    #expect(try value(NeverUsed(), of: "A", in: past, on: 7) == 1)
    #expect(try value(NeverUsed(), of: "B", in: past, on: 7) == 0)
    #expect(try value(DaysSinceLastUsage(), of: "A", in: past, on: 7).isNaN)
  }

  @Test func `a line of quantity zero is no usage`() throws {
    let past = history(subscription("A").seen(on: 7).used(on: 5, quantity: 0))
    #expect(try value(NeverUsed(), of: "A", in: past, on: 7) == 1)
  }

  @Test func `the usual gap is the median, the longest the maximum`() throws {
    // Gaps 1, 2, 10.
    let past = history(subscription("A").seen(on: 14).used(on: 0, 1, 3, 13))
    #expect(try value(UsualGap(), of: "A", in: past, on: 14) == 2)
    #expect(try value(LongestGap(), of: "A", in: past, on: 14) == 10)
  }

  @Test func `of an even number of gaps the two middle ones are averaged`() throws {
    // Gaps 1, 2, 3, 10.
    let past = history(subscription("A").seen(on: 17).used(on: 0, 1, 3, 6, 16))
    #expect(try value(UsualGap(), of: "A", in: past, on: 17) == 2.5)
  }

  @Test func `two meters on one day are one active day`() throws {
    let past = history(
      subscription("A").seen(on: 9).used(on: 0, 4, 8).used(on: 0, 4, 8, meter: 1))
    #expect(try value(UsualGap(), of: "A", in: past, on: 9) == 4)
  }

  @Test func `gaps are unknown with too few days of usage`() throws {
    let two = history(subscription("A").seen(on: 9).used(on: 0, 4))
    #expect(try value(UsualGap(), of: "A", in: two, on: 9).isNaN)
    #expect(try value(LongestGap(), of: "A", in: two, on: 9) == 4)
    let one = history(subscription("A").seen(on: 9).used(on: 0))
    #expect(try value(LongestGap(), of: "A", in: one, on: 9).isNaN)
  }

  // MARK: Several sources

  /// A of alpha is used; B of beta never was, as far as lines came.
  private func two(_ alpha: Source, _ beta: Source, _ others: Source...) -> InMemoryHistory {
    history(
      [
        subscription("A").seen(on: 0, 30).used(daily: -60...30),
        subscription("B", of: "b").seen(on: 0, 30, source: 1),
      ], sources: [alpha, beta] + others)
  }

  @Test func `never used is unknown where usage of the source was never imported`() throws {
    let past = two(
      source("alpha", exports: [0, 30], usage: [0, 10, 20, 30]), source("beta", exports: [0, 30]))
    #expect(try value(NeverUsed(), of: "A", in: past, on: 30) == 0)
    #expect(try value(NeverUsed(), of: "B", in: past, on: 30).isNaN)
    #expect(try value(ActiveDays(windowDays: 28), of: "B", in: past, on: 30).isNaN)
    // Nor is it known where no usage export has a day of its own.
    let undated = two(source("alpha", exports: [0, 30]), source("beta", exports: [0, 30]))
    #expect(try value(NeverUsed(), of: "B", in: undated, on: 30).isNaN)
  }

  @Test func `a source whose usage exports hold nothing of its subscriptions has idle ones`() throws
  {
    let past = two(
      source("alpha", exports: [0, 30], usage: [0, 30]),
      source("beta", exports: [0, 30], usage: [0, 30]))
    #expect(try value(NeverUsed(), of: "B", in: past, on: 30) == 1)
    #expect(try value(ActiveDays(windowDays: 28), of: "B", in: past, on: 30) == 0)
  }

  @Test func `usage that comes in a source of its own is about everyone`() throws {
    let past = two(
      source("alpha", exports: [0, 30]), source("beta", exports: [0, 30]),
      source("default", exports: [], usage: [0, 30]))
    #expect(try value(NeverUsed(), of: "B", in: past, on: 30) == 1)
  }

  @Test func `a single source owns all usage, also that of subscriptions no row shows`() throws {
    let past = history(
      subscription("A").seen(on: 0, 30), subscription("B", of: "b").used(daily: -60...30),
      exports: [0, 30])
    #expect(try value(NeverUsed(), of: "A", in: past, on: 30) == 1)
  }

  @Test func `windows begin with the usage of the subscription's own source`() throws {
    // Beta's usage is imported from day 10 on: days before it are unknown, not silent.
    let past = history(
      [
        subscription("A").seen(on: 0, 30).used(daily: -60...30),
        subscription("B", of: "b").seen(on: 0, 30, source: 1).used(daily: 10...30),
        subscription("C", of: "b").seen(on: 0, 30, source: 1),
      ],
      sources: [
        source("alpha", exports: [0, 30], usage: [0, 30]),
        source("beta", exports: [0, 30], usage: [12, 30]),
      ])
    #expect(try value(ActiveDays(windowDays: 28), of: "A", in: past, on: 30) == 28)
    #expect(try value(ActiveDays(windowDays: 28), of: "C", in: past, on: 30).isNaN)
    #expect(try value(ActiveDays(windowDays: 14), of: "C", in: past, on: 30) == 0)
    #expect(try value(NeverUsed(), of: "C", in: past, on: 30) == 1)
    // On day 5 nothing of beta had come.
    #expect(try value(NeverUsed(), of: "C", in: past, on: 5).isNaN)
  }

  @Test func `siblings of two sources are each judged by their own`() throws {
    let past = history(
      [
        subscription("A").seen(on: 0, 30).used(daily: -60...30),
        subscription("B").seen(on: 29, source: 1),
      ],
      sources: [source("alpha", exports: [0, 30], usage: [0, 30]), source("beta", exports: [29])])
    #expect(try value(NeverUsed(), of: "B", in: past, on: 30).isNaN)
    #expect(try value(ActiveDays(windowDays: 28), of: "A", in: past, on: 30) == 28)
  }
}
