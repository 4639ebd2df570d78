import Files
import History
import Reporting
import TestSupport
import Testing

@testable import Analytics

/// Scopes and queries made up by chance, against a source that never held the rest.
struct RandomScopeTests {
  private typealias Source = (sample: Sample, scores: AtRiskDocument)

  private static func answer(
    _ request: QueryRequest, _ resource: some AnalyticsResource, _ source: Source,
    _ scope: AnalyticsScope
  ) throws -> AnalyticsAnswer {
    try resource.answer(
      AnalyticsQuery(request, of: resource, scope: scope),
      from: AnalyticsSource(
        history: source.sample.history, scores: source.scores, lagDays: 1, scope: scope))
  }

  /// A query of what a scope shows.
  private static func request(
    _ resource: some AnalyticsResource, _ rows: AnalyticsAnswer, _ scope: AnalyticsScope,
    _ random: inout SeededGenerator
  ) -> QueryRequest {
    let shown = resource.fields.filter(scope.shows)
    var request = QueryRequest()
    if Int.random(in: 0..<4, using: &random) > 0 {
      let filter = RandomFilter(
        depth: 2, shown,
        { field in
          guard let column = rows.columns.firstIndex(of: field) else { return [] }
          return rows.rows.map { $0[column] }
        }, &random)
      request.filter = filter.text(&random)
    }
    var columns = shown
    if Bool.random(using: &random) {
      let groups = shown.filter(\.isGroupable).shuffled(using: &random).prefix(
        Int.random(in: 1...3, using: &random))
      request.groupBy = groups.map(\.name).joined(separator: ",")
      columns = groups + resource.measures(in: scope).map { $0.column(of: resource.fields) }
      if groups.contains(where: { $0.type.isDate }) {
        request.aggregationLevel =
          AggregationLevel.allCases.map(\.rawValue).randomElement(using: &random)
      }
    }
    if Bool.random(using: &random), let column = columns.randomElement(using: &random) {
      request.orderBy = column.name + (Bool.random(using: &random) ? " desc" : "")
    }
    if resource.needs == .usage || resource.needs == .history, Bool.random(using: &random) {
      request.asOf = day("2026-01-04") + Int.random(in: 0...35, using: &random)
    }
    request.top = Int.random(in: 1...40, using: &random)
    request.skip = Bool.random(using: &random) ? 0 : Int.random(in: 0...20, using: &random)
    return request
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `every answer is that of a partner who never had the rest, without a hidden name or number`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let partner = ConfinedPartner(seed: seed)
    let all = Set(ConfinedPartner.subscriptions)
    let whole = try partner.source(of: all)
    var (asked, found, told) = (0, 0, 0)
    for _ in 0..<6 {
      let kept = Set(
        all.shuffled(using: &random).prefix(Int.random(in: 1...all.count, using: &random)))
      let twin = try partner.source(of: kept)
      for resource in [Subscriptions(), AzureUsage(), Risk()] as [any AnalyticsResource] {
        let everything = try Self.answer(QueryRequest(), resource, whole, .everything)
        for _ in 0..<25 {
          let hidden = Set(
            [Sensitivity.revenue, .personal].filter { _ in Bool.random(using: &random) })
          let scope = AnalyticsScope(subscriptions: Set(kept.map(guid)), hidden: hidden)
          let request = Self.request(resource, everything, scope, &random)
          let confined = try Self.answer(request, resource, whole, scope)
          let expected = try Self.answer(
            request, resource, twin, AnalyticsScope(hidden: hidden))
          #expect(confined == expected, "\(resource.name): \(request)")
          let text = try confined.json()
          if hidden.contains(.personal) { #expect(!text.contains(ConfinedPartner.name)) }
          if hidden.contains(.revenue) {
            #expect(!text.contains(ConfinedPartner.money), "\(request)")
            #expect(!text.contains("EUR") && !text.contains("USD"))
          }
          for number in all.subtracting(kept) {
            #expect(!text.contains(guid(number).description))
            #expect(!text.contains(ConfinedPartner.planName(number)))
          }
          // Rows are those of a reader who sees every field, with some columns less.
          if request.groupBy == nil {
            let full = try Self.answer(request, resource, twin, .everything)
            let places = full.columns.indices.filter { confined.columns.contains(full.columns[$0]) }
            #expect(confined.rows == full.rows.map { row in places.map { row[$0] } })
            told += try full.json().contains(ConfinedPartner.name) ? 1 : 0
          }
          asked += 1
          found += confined.totalCount > 0 ? 1 : 0
        }
      }
    }
    // Neither nothing nor everything, and names stand there for whoever may see them.
    #expect(asked == 450 && found > 200 && told > 50)
  }
}
