import Access
import Files
import Glibc
import History
import TestSupport
import Testing

@testable import Service

/// What is answered, and from which state of the data.
@Suite(.serialized) struct AnswerTests {
  private static let subscriptions = "/partner/v1/analytics/subscriptions"

  @Test func `the pages of an answer follow each other by their links`() throws {
    let small = try SmallService()
    var link: String? = "\(Self.subscriptions)?top=2&filter=status%20eq%20'ACTIVE'"
    var ids: [String] = []
    var pages = 0
    while let next = link {
      let page = try small.json(next)
      ids += try #require(page["Value"]?.array).compactMap { $0["id"]?.string }
      link = page["@nextLink"]?.string
      pages += 1
    }
    #expect(pages == 2 && ids == (1...3).map { guid($0).description })
  }

  @Test func `as of a day the answer is of what was known then`() throws {
    let small = try SmallService()
    let query = "\(Self.subscriptions)?filter=status%20eq%20'SUSPENDED'"
    #expect(try small.json(query)["TotalCount"]?.int == 0)
    #expect(try small.json(query + "&asOf=2026-01-05")["TotalCount"]?.int == 1)
    #expect(try small.json(query + "&ASOF=2026-01-05")["TotalCount"]?.int == 1)
    let none = small.get("\(Self.subscriptions)?asOf=2020-01-01", as: .globalAdmin)
    #expect(none.status == 200 && none.body.contains("\"Value\": []"))
    let page = small.get("/?asOf=2026-01-05", as: .globalAdmin)
    #expect(page.body.contains("\"asOf\":\"2026-01-05\""))
    #expect(page.body.contains("name=\"asOf\" value=\"2026-01-05\""))
    #expect(page.body.contains("form-action 'self'"))
    #expect(small.get("/?asOf=2020-01-01", as: .globalAdmin).status == 400)
    #expect(small.get("/?from=2027-01-01", as: .globalAdmin).status == 400)
    #expect(small.get("/?from=&to=&asOf=", as: .globalAdmin).status == 200)
    #expect(small.get("/?asOf=2026-01-05&from=2026-01-06", as: .globalAdmin).status == 400)
  }

  @Test(arguments: [
    ("filter=statsu%20eq%20'ACTIVE'", "invalidFilter", "Did you mean 'status'?"),
    ("filter=status%20eq", "invalidFilter", "Expected"),
    ("top=0", "invalidTop", "Expected 1 to 10000"),
    ("top=10001", "invalidTop", "10000"), ("top=x", "invalidTop", "is no whole number"),
    ("skip=-1", "invalidSkip", "0 or more"), ("asOf=yesterday", "invalidAsOf", "2026-01-31"),
    ("fliter=x", "unknownParameter", "Did you mean 'filter'?"),
    ("top=1&top=2", "invalidQuery", "twice"),
    ("filter=%ff", "invalidQuery", "percent-encoded"),
    ("groupby=status,", "invalidGroupby", "comma"),
    ("aggregationLevel=month", "invalidAggregationLevel", "group by"),
    ("orderby=status%20up", "invalidOrderby", "asc or desc"),
  ])
  func `what is malformed is a 400 with the documented body`(
    query: String, code: String, text: String
  )
    throws
  {
    let small = try SmallService()
    let answer = small.get("\(Self.subscriptions)?\(query)", as: .globalAdmin)
    #expect(answer.status == 400)
    let json = try JSONValue(parsing: Array(answer.body.utf8), path: query)
    #expect(json["code"]?.string == code)
    #expect(json["description"]?.string?.contains(text) == true, "\(answer.body)")
    #expect(json["data"]?.array != nil && json["source"]?.string == "churn-risk")
    #expect(json.object?.count == 4)
  }

  @Test func `addresses and methods that there are not are told`() throws {
    let small = try SmallService()
    for path in [
      "/nothing", "/../../etc/passwd", "/%2e%2e/etc/passwd", "/partner/v1/analytics",
    ] {
      #expect(small.get(path, as: .globalAdmin).status == 404, "\(path)")
    }
    #expect(small.get(Self.subscriptions + "/", as: .globalAdmin).status == 200)
    let answer = small.post(Self.subscriptions, "x", as: .globalAdmin)
    #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD")
    #expect(small.get(Self.subscriptions, as: .globalAdmin, method: "HEAD").status == 200)
  }

  @Test func `an import counts from the next request on`() throws {
    let small = try SmallService()
    #expect(try small.json(Self.subscriptions)["TotalCount"]?.int == 3)
    try SmallService.write(
      small.folder["2026-01-19.json"],
      SmallService.envelope((1...5).map { SmallService.row($0) }))
    try SmallService.importFiles(["2026-01-19.json"], of: small.folder)
    #expect(try small.json(Self.subscriptions)["TotalCount"]?.int == 5)
    #expect(small.get("/", as: .globalAdmin).body.contains("Customer 5"))
    // And what is taken back is gone.
    let store = try HistoryStore.open(small.folder["h.sqlite"], for: .changing)
    let last = try #require(try store.imports().map(\.id).max())
    _ = try store.remove(importId: last)
    #expect(try small.json(Self.subscriptions)["TotalCount"]?.int == 3)
  }

  @Test func `a history that takes the place of another one counts, and one that is gone is told`()
    throws
  {
    let small = try SmallService()
    #expect(try small.json(Self.subscriptions)["TotalCount"]?.int == 3)
    let file = "2026-01-12-other.json"
    try SmallService.write(small.folder[file], SmallService.envelope([SmallService.row(9)]))
    try SmallService.importFiles([file], of: small.folder, into: "other.sqlite")
    unsafe rename(small.folder["other.sqlite"], small.folder["h.sqlite"])
    for suffix in ["-wal", "-shm"] { unsafe unlink(small.folder["h.sqlite"] + suffix) }
    #expect(try small.json(Self.subscriptions)["TotalCount"]?.int == 1)
    unsafe unlink(small.folder["h.sqlite"])
    let answer = small.get(Self.subscriptions, as: .globalAdmin)
    #expect(answer.status == 503 && !answer.body.contains(small.folder.path))
    #expect(small.get("/healthz", as: nil).status == 503)
    #expect(small.messages.all.contains { $0.contains("h.sqlite") })
  }

  @Test func `new scores count from the next request on, and broken ones do not replace them`()
    throws
  {
    let small = try SmallService()
    let risk = "/partner/v1/analytics/risk"
    func probability() throws -> Double? {
      try small.json(risk)["Value"]?[0]?["churnProbability"]?.double
    }
    #expect(try probability() == 0.25)
    try SmallService.write(
      small.folder["at-risk.json"], SmallService.scores(of: [1, 2], probability: 0.5))
    #expect(try probability() == 0.5)
    try SmallService.write(small.folder["at-risk.json"], "{")
    #expect(try probability() == 0.5)
    #expect(small.get("/healthz", as: nil).body.contains("\"files\":\"stale\""))
    #expect(small.messages.all.count { $0.contains("is still in force") } == 1)
    #expect(try small.json("\(risk)?asOf=2026-01-05")["TotalCount"]?.int == 0)
    #expect(try small.json("\(risk)?asOf=2026-01-12")["TotalCount"]?.int == 2)
    unsafe unlink(small.folder["at-risk.json"])
    #expect(try small.json(risk)["TotalCount"]?.int == 0)
    #expect(small.get("/", as: .globalAdmin).body.contains("There are no scores yet"))
  }

  @Test func `an address may come whole, as a proxy sends it`() throws {
    let small = try SmallService()
    #expect(small.get("http://localhost/healthz", as: nil).status == 200)
    #expect(small.get("https://localhost/?x", as: .globalAdmin).status == 400)
    #expect(small.get("http://localhost", as: .globalAdmin).status == 200)
  }

  @Test func `every answer says that it is not to be kept, and sends the ids of the request back`()
    throws
  {
    let small = try SmallService()
    let ids = ["MS-RequestId": "0f7c-A", "MS-CorrelationId": "x\u{7}"]
    let answer = small.get(Self.subscriptions, as: .globalAdmin, ids)
    #expect(answer.headers["cache-control"] == "no-store")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["ms-requestid"] == "0f7c-A")
    #expect(answer.headers["ms-correlationid"] == nil)
  }

  @Test func `who can unpack gzip gets it`() throws {
    let small = try SmallService()
    let plain = small.get("/openapi.json", as: nil)
    #expect(plain.headers["content-encoding"] == nil)
    let page = small.get("/", as: .globalAdmin, ["Accept-Encoding": "br;q=1, gzip;q=0.5"])
    #expect(page.headers["content-encoding"] == "gzip")
    #expect(
      small.get("/", as: .globalAdmin, ["Accept-Encoding": "gzip;q=0"]).headers["content-encoding"]
        == nil)
  }
}
