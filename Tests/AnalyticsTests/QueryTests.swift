import FoundationEssentials
import History
import Testing

@testable import Analytics

struct QueryTests {
  private func query(
    _ name: String, groupBy: String? = nil, level: String? = nil, orderBy: String? = nil,
    top: Int? = nil, skip: Int? = nil
  ) throws -> AnalyticsQuery {
    var request = QueryRequest()
    request.groupBy = groupBy
    request.aggregationLevel = level
    request.orderBy = orderBy
    request.top = top
    request.skip = skip
    return try query(request, resource(name))
  }

  private func query(
    _ request: QueryRequest, _ resource: some AnalyticsResource
  ) throws -> AnalyticsQuery { try AnalyticsQuery(request, of: resource) }

  private func mistake(_ body: () throws -> AnalyticsQuery) -> String {
    do {
      return "\(try body())"
    } catch {
      return "\(error)"
    }
  }

  @Test func `terms and dates are named in any case and keep their order`() throws {
    let found = try query("subscriptions", groupBy: "Status , creationdate,CUSTOMERMARKET")
    let fields = resource("subscriptions").fields
    #expect(found.groupBy.map { fields[$0].name } == ["status", "creationDate", "customerMarket"])
    #expect(found.level == .dateRange)
    #expect(try query("usage", groupBy: "usageDate").level == .day)
    #expect(try query("usage", groupBy: "usageDate", level: "MONTH").level == .month)
    #expect(found.top == 10_000 && found.skip == 0)
  }

  @Test func `an order is ascending unless it says desc, and speaks of the answer's columns`()
    throws
  {
    let rows = try query("usage", orderBy: "quantity DESC, usageDate, meterUnit asc")
    #expect(rows.orderBy.map(\.isDescending) == [true, false, false])
    let groups = try query("usage", groupBy: "usageDate", orderBy: "quantity desc")
    // usageDate, meterCategory, meterUnit, currency, Quantity
    #expect(groups.orderBy == [Ordering(column: 4, isDescending: true)])
  }

  @Test func `what cannot be grouped or ordered is told with its column`() {
    #expect(
      mistake { try query("subscriptions", groupBy: "status,sttaus") }
        == "groupby, column 8: 'sttaus' is no field of subscriptions. Did you mean 'status'?")
    #expect(
      mistake { try query("subscriptions", groupBy: "status,,id") }.hasPrefix(
        "groupby, column 8: Expected a field"))
    #expect(
      mistake { try query("subscriptions", groupBy: "") }.hasPrefix("groupby, column 1: Expected"))
    #expect(
      mistake { try query("subscriptions", groupBy: "status id") }.hasPrefix(
        "groupby, column 8: Expected ',' between two fields"))
    #expect(
      mistake { try query("subscriptions", groupBy: "status,STATUS") }.hasPrefix(
        "groupby, column 8: 'status' is there twice"))
    #expect(
      mistake { try query("usage", groupBy: "quantity") }.hasPrefix(
        "groupby, column 1: Nothing is grouped by quantity. Expected one of: customerTenantId"))
    #expect(
      mistake { try query("usage", orderBy: "usageDate descending") }
        == "orderby, column 11: Expected asc or desc; found 'descending'.")
    #expect(
      mistake { try query("usage", orderBy: "usageDate desc quantity") }.hasPrefix(
        "orderby, column 16: Expected ','"))
    #expect(
      mistake { try query("usage", groupBy: "meterUnit", orderBy: "usageDate") }.hasPrefix(
        "orderby, column 1: usageDate is not in the grouped answer. Expected one of: meterUnit"))
    #expect(
      mistake { try query("usage", groupBy: String(repeating: "a,", count: 4_000)) }.contains(
        "8000 characters; expected at most 4096"))
  }

  @Test func `a level needs a date among the groups, and must be one`() {
    #expect(
      mistake { try query("usage", level: "month") }.hasPrefix(
        "aggregationLevel: There is no date to put together. Expected a date"))
    #expect(
      mistake { try query("usage", groupBy: "meterUnit", level: "month") }.contains(
        "such as usageDate"))
    #expect(
      mistake { try query("usage", groupBy: "usageDate", level: "year") }
        == "aggregationLevel: 'year' is no level. Expected day, week, month or dateRange.")
  }

  @Test func `a page has 1 to 10,000 rows and starts at 0 or later`() throws {
    #expect(try query("usage", top: 10_000, skip: 0).top == 10_000)
    #expect(mistake { try query("usage", top: 10_001) }.hasPrefix("top: 10001 is out of range"))
    #expect(mistake { try query("usage", top: 0) }.hasPrefix("top: 0 is out of range"))
    #expect(mistake { try query("usage", skip: -1) }.hasPrefix("skip: -1 is out of range"))
  }

  @Test func `buckets begin on the day, on Monday, and on the first`() {
    let day = CalendarDay(daysSinceEpoch: 20_000)  // 2024-10-04, a Friday
    #expect(AggregationLevel.day.bucket(of: day) == day)
    #expect("\(AggregationLevel.week.bucket(of: day))" == "2024-09-30")
    #expect("\(AggregationLevel.month.bucket(of: day))" == "2024-10-01")
  }

  @Test(arguments: analyticsResources.map { $0.name })
  func `names of fields are unique in any case, and keys name all that tells rows apart`(
    name: String
  ) {
    let found = resource(name)
    let names = found.fields.map { $0.name.lowercased() }
    #expect(Set(names).count == names.count)
    #expect(found.fields.contains { $0.isBrief })
    #expect(found.fields.allSatisfy { !$0.meaning.isEmpty && $0.meaning.last != "." })
    let columns = found.columns(groupedBy: [0]).map { $0.name.lowercased() }
    #expect(Set(columns).count == columns.count)
  }

  @Test func `every file in Resources is in the catalog, and the other way round`() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(root)/Sources/Analytics/Resources")
    #expect(
      files.sorted() == analyticsResources.map { "\(type(of: $0)).swift" }.sorted())
  }
}
