import Access
import Files
import Glibc
import TestSupport
import Testing

@testable import Service

/// What is noted of requests, and where it can be read.
@Suite(.serialized) struct MonitoringTests {
  @Test func `every access is noted with who, what and when, and without names and secrets`() throws
  {
    let small = try SmallService()
    let path = "/partner/v1/analytics/subscriptions"
    _ = small.get("\(path)?filter=customerName%20eq%20'Customer%201'&top=5", as: .globalAdmin)
    _ = small.get("\(path)?filter=customerName%20eq%20'Customer%201'&top=5", as: .mpnPartnerAdmin)
    _ = small.get("/nothing?secret", as: .reportViewer)
    _ = small.get("/", as: nil, ["Authorization": "Bearer crt_000000000000_nothing"])
    let token = small.tokens[.adminAgent] ?? ""
    _ = small.post("/sign-in", "token=\(token)")
    _ = try TokenFile.revoke(
      TokenFile.id(in: token), in: small.folder["tokens.json"], on: UTCTime.now().day)
    _ = small.get("/", as: .adminAgent)
    small.service.stop()

    var entries: [ActivityEntry] = []
    let reading = try ActivityReader(ActivityFolder(small.folder["activity"])).read {
      entries.append($0)
    }
    #expect(reading.damagedLines == 0)
    let lines = entries.map { entry in
      "\(entry.name ?? "-") \(entry.via.rawValue) \(entry.method) \(entry.action) \(entry.query) \(entry.status) "
        + "\(entry.rows.map(String.init) ?? "-")"
    }
    #expect(
      lines == [
        "The globalAdmin bearer GET subscriptions filter=customerName&top=5 200 1",
        "The mpnPartnerAdmin bearer GET subscriptions filter=customerName&top=5 200 1",
        "The reportViewer bearer GET unknown refused=notFound 404 -",
        "- none GET page refused=invalidToken 401 -",
        "The adminAgent session POST signIn  303 -",
        "The adminAgent none GET page refused=revokedToken 401 -",
      ])
    #expect(entries.allSatisfy { $0.peer == "127.0.0.1" && $0.milliseconds >= 0 })
    let bytes = try contents(
      ofFile: ActivityFolder(small.folder["activity"]).file(of: UTCTime.now().day))
    let text = String(decoding: bytes, as: UTF8.self)
    for secret in [String(token.suffix(43)), "Customer", "nothing"] {
      #expect(!text.contains(secret))
    }
  }

  @Test func `the log can be asked for by those who may, a page at a time`() throws {
    let small = try SmallService()
    for _ in 0..<5 { _ = small.get("/healthz", as: nil) }
    // It is on the disk a second later.
    var answer = JSONValue.null
    for _ in 0..<100 {
      answer = try small.json("/activity?top=2&skip=1")
      if answer["Value"]?.array?.count == 2 { break }
      usleep(100_000)
    }
    #expect(answer["Value"]?.array?.count == 2)
    #expect(answer["Value"]?[0]?["action"]?.string == "healthz")
    #expect(answer["@nextLink"]?.string == "/activity?top=2&skip=3")
    #expect(small.get("/activity?from=never", as: .globalAdmin).status == 400)
    #expect(small.get("/activity?from=2026-01-02&to=2026-01-01", as: .globalAdmin).status == 400)
    #expect(small.get("/activity?top=0", as: .globalAdmin).status == 400)
    let past = try small.json("/activity?to=2020-01-01")
    #expect(past["TotalCount"]?.int == 0)
  }

  @Test func `metrics count requests, latencies, scores and ages`() throws {
    let small = try SmallService()
    for _ in 0..<3 { _ = small.get("/partner/v1/analytics/risk", as: .globalAdmin) }
    _ = small.get("/partner/v1/analytics/risk", as: nil)
    let answer = small.get("/metrics", as: nil)
    #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    for line in [
      "churn_risk_requests_total{route=\"risk\",status=\"200\"} 3",
      "churn_risk_requests_total{route=\"risk\",status=\"401\"} 1",
      "churn_risk_request_seconds_bucket{route=\"risk\",le=\"+Inf\"} 4",
      "churn_risk_request_seconds_count{route=\"risk\"} 4", "churn_risk_scores{band=\"high\"} 2",
      "churn_risk_scores{band=\"low\"} 0", "churn_risk_activity_lost_total 0",
      "churn_risk_cached_answers_total 2",
    ] {
      #expect(answer.body.contains("\n\(line)\n"), "\(line) in \(answer.body)")
    }
    #expect(answer.body.contains("churn_risk_store_age_seconds "))
    #expect(answer.body.contains("# TYPE churn_risk_request_seconds histogram"))
  }

  @Test func `labels are escaped and samples are in the order in which they are added`() {
    var text = PrometheusText()
    text.begin("a_total", .counter, "What it counts.")
    text.add("a_total", 1.5, [("label", "a\\b\"c\nd")])
    text.add("a_total", 3)
    #expect(
      text.text
        == "# HELP a_total What it counts.\n# TYPE a_total counter\na_total{label=\"a\\\\b\\\"c\\nd\"} 1.5\na_total 3\n"
    )
  }
}
