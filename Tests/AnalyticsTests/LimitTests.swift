import History
import Reporting
import TestSupport
import Testing

@testable import Analytics

/// Bounds of what an answer holds in memory.
struct LimitTests {
  private static let limits = AnalyticsLimits(orderedRows: 5, groups: 3)

  private static func sample() throws -> Sample {
    try Sample([
      (
        "subscriptions-2026-01-05.json",
        envelope((1...9).map { subscriptionRow($0, [("customerMarket", "\"M\($0)\"")]) })
      ),
      (
        "usage-2026-01-05.json",
        envelope((1...9).map { usageRow($0, "2026-01-0\(($0 % 4) + 1)", "\($0)") })
      ),
    ])
  }

  private static func scores(_ ranks: [Int]) -> AtRiskDocument {
    var document = AtRiskDocument()
    document.subscriptions = ranks.map { rank in
      var row = AtRiskDocument.Row()
      row.rank = rank
      row.identity.subscriptionId = guid(rank).description
      row.identity.customerMarket = "M\(rank)"
      return row
    }
    return document
  }

  private static func ask(
    _ resource: some AnalyticsResource, _ source: AnalyticsSource, filter: String? = nil,
    groupBy: String? = nil, orderBy: String? = nil, top: Int = 2, skip: Int = 0
  ) throws -> AnalyticsAnswer {
    var request = QueryRequest()
    request.filter = filter
    request.groupBy = groupBy
    request.orderBy = orderBy
    request.top = top
    request.skip = skip
    return try resource.answer(AnalyticsQuery(request, of: resource), from: source)
  }

  private func mistake(_ body: () throws -> AnalyticsAnswer) -> QueryError? {
    do {
      _ = try body()
      return nil
    } catch { return error as? QueryError }
  }

  @Test func `pages that must be sorted end at the limit; rows in their own order do not`() throws {
    let source = AnalyticsSource(
      history: try Self.sample().history, scores: Self.scores(Array(1...9)), limits: Self.limits)
    for resource in [Subscriptions(), AzureUsage(), Risk()] as [any AnalyticsResource] {
      // In their own order pages go on to the end.
      let last = try Self.ask(resource, source, skip: 7)
      #expect(last.rows.count == 2 && last.totalCount == 9)
      let order = resource.name == "usage" ? "quantity desc" : "customerMarket desc"
      let sorted = try Self.ask(resource, source, orderBy: order, skip: 3)
      #expect(sorted.rows.count == 2)
      let error = mistake { try Self.ask(resource, source, orderBy: order, skip: 4) }
      #expect(error?.parameter == .skip && error?.isForbidden == false)
      #expect(
        error?.message
          == "Rows behind the first 5 cannot be put in order here; expected skip and top to end there. "
          + "Narrow the rows by a filter, or leave orderby out.")
      #expect(mistake { try Self.ask(resource, source, orderBy: order, skip: .max) } != nil)
    }
    // The others must be read whole to be put in order.
    #expect(try Self.ask(IndirectResellers(), source, skip: 3).rows.isEmpty)
    let others = mistake { try Self.ask(Searches(), source, skip: 4) }
    #expect(others?.message.hasSuffix("Narrow the rows by a filter.") == true)
  }

  @Test func `scores that come in another order are sorted, within the limit`() throws {
    let source = AnalyticsSource(scores: Self.scores([3, 1, 2, 9, 8, 7]), limits: Self.limits)
    #expect(try Self.ask(Risk(), source, skip: 1).column("rank") == ["2", "3"])
    #expect(mistake { try Self.ask(Risk(), source, skip: 4) }?.parameter == .skip)
  }

  @Test func `an answer with more groups than the limit is an error of groupby`() throws {
    let source = AnalyticsSource(
      history: try Self.sample().history, scores: Self.scores(Array(1...9)), limits: Self.limits)
    for (resource, groups, few) in [
      (Subscriptions(), "customerMarket", "id eq '\(guid(1))' or id eq '\(guid(2))'"),
      (AzureUsage(), "subscriptionId", "quantity le 3"),
      (AzureUsage(), "usageDate", "quantity le 3"),
      (Risk(), "customerMarket", "rank le 3"),
    ] as [(any AnalyticsResource, String, String)] {
      let error = mistake { try Self.ask(resource, source, groupBy: groups) }
      #expect(error?.parameter == .groupBy && error?.isForbidden == false, "\(resource.name)")
      #expect(error?.message.hasPrefix("There are more than 3 groups,") == true)
      let answer = try Self.ask(resource, source, filter: few, groupBy: groups)
      #expect((2...3).contains(answer.totalCount))
      // Groups are in memory anyway: every page of them can be had, in any order.
      #expect(
        try Self.ask(
          resource, source, filter: few, groupBy: groups, orderBy: "\(groups) desc", top: 1, skip: 1
        ).rows.count == 1)
      // Without limits all of them come.
      let unlimited = AnalyticsSource(history: source.history, scores: source.scores)
      #expect(try Self.ask(resource, unlimited, groupBy: groups).totalCount >= 4)
    }
    #expect(AnalyticsLimits.service == AnalyticsLimits(orderedRows: 100_000, groups: 250_000))
  }
}
