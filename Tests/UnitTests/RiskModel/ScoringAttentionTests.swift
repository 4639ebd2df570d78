import Features
import History
import TestSupport
import Testing
import Words

@testable import Features
@testable import RiskModel

/// What today's list says about the data under it.
struct ScoringAttentionTests: PastFixtures {
  private func remarks(_ past: InMemoryHistory, on number: Int, lag: Int = 0) throws
    -> [Attention]
  {
    ScoringAttention.texts(try context(past, on: number, lag: lag), sources: past.sources)
  }

  @Test func `nothing to say about a complete and fresh history`() throws {
    let past = history(subscription("A").seen(on: 0, 7).used(on: 5))
    #expect(try remarks(past, on: 7).isEmpty)
  }

  @Test func `usage that ends early is named with its day`() throws {
    let past = history(subscription("A").seen(on: 0, 30).used(on: 5))
    let remark = try #require(try remarks(past, on: 30, lag: 2).first)
    #expect(remark.code == "usageStale" && remark.severity == .warning)
    #expect(remark.text.contains("ends on \(day(5)), 25 days before \(day(30))"))
    let message = try #require(remark.message)
    #expect(
      Language.en.text(message).hasPrefix("The usage of source '")
        && Language.en.text(message).contains("25 days before the day of this list"))
  }

  @Test func `no usage at all`() throws {
    let past = history(subscription("A").seen(on: 0))
    #expect(try remarks(past, on: 0).map(\.code) == ["noUsage"])
  }

  @Test func `an export without all pages`() throws {
    let past = history(subscription("A").seen(on: 0, 7).used(on: 5), incomplete: [7])
    let remark = try #require(try remarks(past, on: 7).first)
    #expect(remark.code == "incompleteExport" && remark.text.contains("lacks pages"))
    // On an earlier day it had not come.
    #expect(try remarks(past, on: 6).isEmpty)
  }

  @Test func `a source that has ended is not waited for, and usage that has ended is told`() throws
  {
    // What its last export was like, and how old its usage is, keeps nobody's list back for ever.
    func past(until last: Int) -> InMemoryHistory {
      history(
        [
          subscription("A").seen(on: 0, 200).used(daily: 100...200),
          subscription("B", of: "b").seen(on: 0, last, source: 1).used(daily: 0...last),
        ],
        sources: [
          source("alpha", exports: [0, 200], usage: [179, 186, 193, 200]),
          source(
            "beta", exports: [0, last], incomplete: [last],
            usage: [last - 21, last - 14, last - 7, last]),
        ])
    }
    #expect(
      try remarks(past(until: 110), on: 200).map(\.code) == ["usageStale", "incompleteExport"])
    #expect(try remarks(past(until: 109), on: 200).isEmpty)
    let alive = history(
      [subscription("A").seen(on: 0, 200).used(daily: 0...105)],
      sources: [source("alpha", exports: [0, 200], usage: [84, 91, 98, 105])])
    let ended = try remarks(alive, on: 200)
    #expect(ended.map(\.code) == ["usageEnded"] && ended[0].severity == .warning)
    #expect(
      ended[0].text.contains("95 days before") && ended[0].text.contains("no longer waited for"))
  }

  @Test func `an export that lost more than a fifth`() throws {
    var past = history(subscription("A").seen(on: 0, 7).used(on: 5))
    past.sources[0].days[1].retainedShare = 0.7
    let remark = try #require(try remarks(past, on: 7).first)
    #expect(remark.code == "incompleteExport" && remark.text.contains("lacks 30 % of"))
    #expect(remark.message?.arguments.first == Argument(name: .share, value: .number(1 - 0.7)))
    past.sources[0].days[1].retainedShare = 0.8
    #expect(try remarks(past, on: 7).isEmpty)
  }

  @Test func `sources exported on different days of the week are not stale`() throws {
    func past(beta: [Int]) -> InMemoryHistory {
      history(
        [
          subscription("A").seen(on: 0, 30).used(daily: -60...30),
          subscription("B", of: "b").seen(on: 0, 30, source: 1).used(daily: -60...30),
        ],
        sources: [
          source("alpha", exports: [0, 30], usage: [9, 16, 23, 30]),
          source("beta", exports: [0, 30], usage: beta),
        ])
    }
    // Monday and Wednesday; the limit is a week.
    #expect(try remarks(past(beta: [4, 11, 18, 25]), on: 30).isEmpty)
    #expect(try remarks(past(beta: [2, 9, 16, 23]), on: 30).isEmpty)
    let stale = try remarks(past(beta: [1, 8, 15, 22]), on: 30)
    #expect(stale.map(\.code) == ["usageStale"])
    #expect(try #require(stale.first).text.contains("'beta' ends on \(day(22))"))
  }
}
