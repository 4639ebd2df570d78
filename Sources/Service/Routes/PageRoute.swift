internal import Access
internal import Files
internal import History
internal import HTTPServer
internal import Reporting
internal import RiskModel
internal import UsagePage

/// The Azure usage page, for a period and as of a day.
struct PageRoute: Route {
  let name = "page"
  let path = "/"
  let access = RouteAccess.resource(.page)

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard let reader = call.reader else { throw .notFound }
    var parts: DataParts = [.history, .scores, .model]
    if reader.accountManager != nil { parts.insert(.owners) }
    return .work(
      RouteAnswer.Work(
        question: Question(
          route: name, text: String(call.query ?? ""), reader: reader.rights,
          isCompressed: call.request.takesGzip),
        parts: parts, lane: .page
      ) { () throws(ServiceError) in
        try prepare(call, reader)
      })
  }

  private func prepare(
    _ call: Call, _ reader: Reader
  ) throws(ServiceError) -> @Sendable (ServiceData) throws -> MadeAnswer {
    let parameters = try call.parameters(only: ["from", "to", "asOf"])
    let from = try call.day(named: "from", in: parameters)
    let to = try call.day(named: "to", in: parameters)
    let asOf = try call.day(named: "asOf", in: parameters)
    if let from, let to, from > to {
      throw .parameter("from", "\(from) lies after to, \(to). Give the earlier day as from.")
    }
    if let from, let asOf, from > asOf {
      throw .parameter("from", "\(from) lies after asOf, \(asOf): nothing of it was known then.")
    }
    let isCompressed = call.request.takesGzip
    return { data in
      let bytes = try data.withHistory {
        try page(data, $0, reader, from: from, to: to, asOf: asOf)
      }
      let query = [("from", from), ("to", to), ("asOf", asOf)].compactMap { name, day in
        day.map { "\(name)=\($0)" }
      }
      return MadeAnswer(
        response: .html(bytes, policy: Self.policy, isCompressed: isCompressed),
        query: query.joined(separator: "&"))
    }
  }

  // What the page may load stands in the page itself; a header can add who may frame it.
  private static let policy = "frame-ancestors 'none'"

  /// A file beside the history; the page does without one that cannot be read, and says so.
  private static func given<Value>(
    _ name: String, _ read: () throws -> PageInput.Given<Value>
  ) -> PageInput.Given<Value> {
    do {
      return try read()
    } catch {
      return .absent("\(name) is missing or cannot be read.")
    }
  }

  private func page(
    _ data: ServiceData, _ history: DatedHistory, _ reader: Reader, from: CalendarDay?,
    to: CalendarDay?, asOf: CalendarDay?
  ) throws -> [UInt8] {
    let period: PagePeriod
    do {
      period = try PagePeriod(of: history.store, from: from, to: to, asOf: asOf)
    } catch let error as PagePeriod.Unknown {
      throw ServiceError.parameter("from", error.description)
    } catch RiskModelError.asOfOutsideHistory(let day, let first, let last) {
      throw ServiceError.parameter(
        "asOf", "\(day) lies outside of what is known. Expected a day from \(first) to \(last).")
    } catch RiskModelError.noObservations {
      throw ServiceError(
        status: 404, code: "noData",
        description: "No export of subscriptions was imported yet: there is nothing to show.")
    }
    let facts = try PartnerFacts(
      history.store, names: PartnerFacts.Names(history.store), period: period,
      scope: reader.pageScope(data, in: history))
    let scores = Self.given("The file of the scores") {
      try data.scores().map { .value($0) }
        ?? .absent("There are no scores yet: 'churn-risk score' writes them.")
    }
    let input = PageInput(
      facts: facts,
      scores: scores,
      evaluation: Self.given("The evaluation of the model", data.places.page.evaluation),
      backtest: Self.given("The backtest", data.places.page.pastLists))
    return UsagePage(
      input, library: data.chartLibrary(),
      account: UsagePage.Account(path: AccountRoute.address, label: "Account")
    ).bytes
  }
}
