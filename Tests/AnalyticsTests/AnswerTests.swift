import Files
import History
import TestSupport
import Testing

@testable import Analytics

struct AnswerTests {
  private static let columns = [
    AnalyticsField("name", .text, "A name"), AnalyticsField("when", .dateTime, "A day"),
    AnalyticsField("on", .day, "A day"), AnalyticsField("is", .boolean, "A flag"),
    AnalyticsField("n", .number, "A number"),
  ]

  private static func written(
    _ answer: AnalyticsAnswer, _ write: (AnalyticsAnswer, OutputFile) throws -> Void
  ) throws -> String {
    let folder = TemporaryFolder()
    try writeFile(folder["out"]) { try write(answer, $0) }
    return String(decoding: try contents(ofFile: folder["out"]), as: UTF8.self)
  }

  private static let answer = AnalyticsAnswer(
    columns: columns,
    rows: [
      [
        .text("=cmd|'x'!A1"), .day(day("2026-01-31")), .day(day("2026-01-31")), .boolean(true),
        .number(63),
      ],
      [.text("a \"b\"\nc\u{202E}"), .null, .null, .null, .number(0.1)],
    ], totalCount: 5, skip: 1)

  @Test func `JSON is the documented envelope, dates as Partner Center writes them`() throws {
    let text = try Self.written(Self.answer) { try $0.writeJSON(to: $1, nextLink: "/next") }
    let json = try JSONValue(parsing: Array(text.utf8), path: "out")
    #expect(json.object?.members.map(\.key) == ["Value", "@nextLink", "TotalCount"])
    #expect(json["TotalCount"]?.int == 5)
    #expect(json["@nextLink"]?.string == "/next")
    let first = json["Value"]?[0]
    #expect(first?.object?.members.map(\.key) == ["name", "when", "on", "is", "n"])
    #expect(first?["when"]?.string == "2026-01-31T00:00:00")
    #expect(first?["on"]?.string == "2026-01-31")
    #expect(first?["n"] == .integer(63))
    #expect(json["Value"]?[1]?["name"]?.string == "a \"b\"\nc\u{202E}")
    #expect(json["Value"]?[1]?["when"] == .null)
    #expect(json["Value"]?[1]?["n"] == .number(0.1))
  }

  @Test func `no rows are an empty Value`() throws {
    let empty = AnalyticsAnswer(columns: Self.columns, rows: [], totalCount: 0, skip: 0)
    let text = try Self.written(empty) { try $0.writeJSON(to: $1, nextLink: nil) }
    #expect(text == "{\n  \"Value\": [],\n  \"@nextLink\": null,\n  \"TotalCount\": 0\n}\n")
    #expect(try Self.written(empty) { try $0.writeCSV(to: $1) } == "name,when,on,is,n\n")
  }

  @Test func `a sum beyond every number is null`() throws {
    let columns = [AnalyticsField("n", .number, "A sum"), AnalyticsField("m", .number, "A count")]
    let answer = AnalyticsAnswer(
      columns: columns, rows: [.infinity, -.infinity, 1e308].map { [.number($0), .number(1)] },
      totalCount: 3, skip: 0)
    let text = try Self.written(answer) { try $0.writeJSON(to: $1, nextLink: nil) }
    let json = try JSONValue(parsing: Array(text.utf8), path: "out")
    #expect(json["Value"]?.array?.map { $0["n"] } == [.null, .null, .number(1e308)])
    #expect(try Self.written(answer) { try $0.writeCSV(to: $1) }.hasPrefix("n,m\n,1\n,1\n1"))
  }

  @Test func `CSV has no formulas, ISO days, and nothing for null`() throws {
    let text = try Self.written(Self.answer) { try $0.writeCSV(to: $1) }
    #expect(
      text == """
        name,when,on,is,n
        '=cmd|'x'!A1,2026-01-31,2026-01-31,true,63
        "a ""b""
        c\u{202E}",,,,0.1

        """)
  }

  @Test func `the next page is asked for with the same question`() {
    var request = QueryRequest()
    request.filter = "customerName eq 'O''Brien & Söhne'"
    request.orderBy = "status desc"
    request.top = 2
    request.asOf = day("2026-01-05")
    var answer = Self.answer
    #expect(
      answer.nextLink(after: request, of: Subscriptions())
        == "/partner/v1/analytics/subscriptions?filter=customerName%20eq%20%27O%27%27Brien%20%26%20S%C3%B6hne%27&orderby=status%20desc&asOf=2026-01-05&top=2&skip=3"
    )
    answer.totalCount = 3
    #expect(answer.nextLink(after: request, of: Subscriptions()) == nil)
  }
}
