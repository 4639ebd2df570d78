internal import Access
internal import History
internal import HTTPServer
internal import Reporting

/// Figures of the service and its data for Prometheus.
struct MetricsRoute: Route {
  let name = "metrics"
  let path = "/metrics"
  let access = RouteAccess.metrics

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    let state = call.service
    return .ask(.control) {
      let text = try Self.text(state)
      let type = HTTPResponse.Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
      return MadeAnswer(
        response: HTTPResponse(200, headers: [type], body: HTTPBody(Array(text.utf8))))
    }
  }

  private static func text(_ state: ServiceState) throws -> String {
    var text = PrometheusText()
    add(state.metrics.snapshot, to: &text)
    text.begin("churn_risk_activity_lost_total", .counter, "Accesses that could not be logged.")
    text.add("churn_risk_activity_lost_total", Double(state.activity.lost))
    text.begin("churn_risk_cached_bytes", .gauge, "Of answers that are kept to be given again.")
    text.add("churn_risk_cached_bytes", Double(state.cache.bytes))
    text.begin("churn_risk_stale_files", .gauge, "Files whose newest version cannot be read.")
    text.add(
      "churn_risk_stale_files", Double(state.data.staleFiles + (state.tokens.isInTrouble ? 1 : 0)))
    let now = Double(UTCTime.now().milliseconds) / 1_000
    if let day = try? state.data.withHistory({ $0.store.sources.flatMap(\.days).map(\.day).max() })
    {
      text.begin(
        "churn_risk_store_age_seconds", .gauge, "Since the end of the newest observation's day.")
      text.add("churn_risk_store_age_seconds", max(0, now - seconds(behind: day)))
    }
    if let scores = try? state.data.scores(), let day = CalendarDay(scores.asOf) {
      text.begin("churn_risk_scores_age_seconds", .gauge, "Since the end of the day of the scores.")
      text.add("churn_risk_scores_age_seconds", max(0, now - seconds(behind: day)))
      text.begin("churn_risk_scores", .gauge, "Scored subscriptions by risk band.")
      for band in ["high", "medium", "low"] {
        let count = scores.subscriptions.count { $0.riskBand == band }
        text.add("churn_risk_scores", Double(count), [("band", band)])
      }
    }
    return text.text
  }

  private static func seconds(behind day: CalendarDay) -> Double {
    Double(day.daysSinceEpoch + 1) * 86_400
  }

  private static func add(_ metrics: Metrics.Snapshot, to text: inout PrometheusText) {
    let routes = metrics.routes.sorted { $0.key < $1.key }
    text.begin("churn_risk_requests_total", .counter, "Requests by route and status.")
    for (route, counts) in routes {
      for (status, count) in counts.byStatus.sorted(by: { $0.key < $1.key }) {
        text.add(
          "churn_risk_requests_total", Double(count), [("route", route), ("status", "\(status)")])
      }
    }
    let name = "churn_risk_request_seconds"
    text.begin(name, .histogram, "Seconds until an answer was ready.")
    for (route, counts) in routes {
      var sum = 0
      for (bound, count) in zip(Metrics.bounds, counts.byLatency) {
        sum += count
        text.add("\(name)_bucket", Double(sum), [("route", route), ("le", "\(bound)")])
      }
      sum += counts.byLatency.last ?? 0
      text.add("\(name)_bucket", Double(sum), [("route", route), ("le", "+Inf")])
      text.add("\(name)_sum", counts.seconds, [("route", route)])
      text.add("\(name)_count", Double(sum), [("route", route)])
    }
    text.begin(
      "churn_risk_cached_answers_total", .counter, "Answers that had been made before.")
    text.add("churn_risk_cached_answers_total", Double(metrics.cached))
  }
}
