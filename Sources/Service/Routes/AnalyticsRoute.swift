internal import Access
internal import Analytics
internal import Files
internal import History
internal import HTTPServer
internal import Reporting
internal import RiskModel

/// A resource of the Analytics API, with the parameters of its documentation and `asOf`.
struct AnalyticsRoute: Route {
  let resource: any AnalyticsResource
  let permission: ServiceResource

  /// One for each resource.
  static var all: [any Route] {
    analyticsResources.map { resource in
      guard let permission = ServiceResource(rawValue: resource.name) else {
        preconditionFailure("no role knows the resource \(resource.name)")
      }
      return AnalyticsRoute(resource: resource, permission: permission)
    }
  }

  var name: String { resource.name }
  var path: String { "\(analyticsPath)/\(resource.path)" }
  var access: RouteAccess { .resource(permission) }

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard let reader = call.reader else { throw .notFound }
    var parts: DataParts = resource.needs == .scores ? .scores : .history
    if reader.accountManager != nil { parts.formUnion([.owners, .history]) }
    return .work(
      RouteAnswer.Work(
        question: Question(
          route: name, text: String(call.query ?? ""), reader: reader.rights,
          isCompressed: call.request.takesGzip),
        parts: parts
      ) { () throws(ServiceError) in
        try prepare(resource, call, reader)
      })
  }

  private func prepare(
    _ resource: some AnalyticsResource, _ call: Call, _ reader: Reader
  ) throws(ServiceError) -> @Sendable (ServiceData) throws -> MadeAnswer {
    let request = try request(of: call)
    // What is wrong with it is told at once; whose rows count, only the worker finds out.
    do {
      _ = try AnalyticsQuery(request, of: resource, scope: reader.fields)
    } catch {
      throw ServiceError(error)
    }
    let isCompressed = call.request.takesGzip
    return { data in
      do {
        return try withSource(request, of: resource, reader, data) { query, source in
          let answer = try resource.answer(query, from: source)
          let link = answer.nextLink(after: request, of: resource)
          let bytes = try writtenBytes { try answer.writeJSON(to: $0, nextLink: link) }
          return MadeAnswer(
            response: .json(bytes, isCompressed: isCompressed), rows: answer.rows.count,
            query: Self.text(of: request, query, resource))
        }
      } catch let error as QueryError {
        throw ServiceError(error)
      } catch is QueryTimeout {
        throw ServiceError.tooSlow(seconds: Self.longestSeconds)
      }
    }
  }

  private func request(of call: Call) throws(ServiceError) -> QueryRequest {
    let names = QueryParameter.allCases.map(\.queryName)
    let parameters = try call.parameters(only: names)
    var request = QueryRequest()
    for parameter in QueryParameter.allCases {
      guard let value = parameters[parameter.queryName.lowercased()] else { continue }
      let name = parameter.queryName
      func number() throws(ServiceError) -> Int {
        guard let number = Int(value) else {
          throw .parameter(name, "'\(QueryString.short(value))' is no whole number.")
        }
        return number
      }
      switch parameter {
      case .filter: request.filter = value
      case .groupBy: request.groupBy = value
      case .aggregationLevel: request.aggregationLevel = value
      case .orderBy: request.orderBy = value
      case .top: request.top = try number()
      case .skip: request.skip = try number()
      case .asOf: request.asOf = try call.day(value, of: name)
      }
    }
    return request
  }

  /// Calls `body` with the query and what answers it, both for what the reader may see.
  private func withSource<Result>(
    _ request: QueryRequest, of resource: some AnalyticsResource, _ reader: Reader,
    _ data: ServiceData, _ body: (AnalyticsQuery, AnalyticsSource) throws -> Result
  ) throws -> Result {
    let scores = resource.needs == .scores ? try scores(of: request.asOf, data) : nil
    var limits = AnalyticsLimits.service
    limits.deadline = .now + .seconds(Self.longestSeconds)
    func answer(_ history: DatedHistory?) throws -> Result {
      let scope = try history.map { try reader.scope(data, in: $0) } ?? reader.fields
      var lagDays = 0
      if resource.needs == .usage, let asOf = request.asOf {
        lagDays = try history?.store.estimatedLag(asOf: asOf) ?? TrainingData.defaultLagDays
      }
      return try body(
        AnalyticsQuery(request, of: resource, scope: scope),
        AnalyticsSource(
          history: history?.store, scores: scores, lagDays: lagDays, scope: scope, limits: limits))
    }
    guard resource.needs == .scores, reader.accountManager == nil else {
      return try data.withHistory(answer)
    }
    return try answer(nil)
  }

  /// Seconds that an answer may take, once its turn has come.
  private static let longestSeconds = 30

  /// The scores, where they are of the day that is asked for; else there is nothing to tell.
  private func scores(of day: CalendarDay?, _ data: ServiceData) throws -> AtRiskDocument? {
    try data.scores().flatMap { scores in
      day.map { scores.asOf == $0.description } ?? true ? scores : nil
    }
  }

  /// What was asked, for the activity log: a filter may hold names, so only its fields are told.
  private static func text(
    of request: QueryRequest, _ query: AnalyticsQuery, _ resource: some AnalyticsResource
  ) -> String {
    var parts: [String] = []
    if let filter = query.filter {
      let fields = filter.fields.sorted().map { resource.fields[$0].name }
      parts.append("filter=\(fields.joined(separator: ","))")
    }
    let others: [(QueryParameter, String?)] = [
      (.groupBy, request.groupBy), (.aggregationLevel, request.aggregationLevel),
      (.orderBy, request.orderBy), (.top, request.top.map(String.init)),
      (.skip, request.skip.map(String.init)), (.asOf, request.asOf?.description),
    ]
    for case (let parameter, let value?) in others {
      parts.append("\(parameter.queryName)=\(value)")
    }
    return parts.joined(separator: "&")
  }
}

extension ServiceError {
  static func tooSlow(seconds: Int) -> ServiceError {
    ServiceError(
      status: 503, code: "tooSlow",
      description:
        "This takes longer than the \(seconds) s that an answer may take. Narrow the rows by a filter on days, or "
        + "ask fewer conditions at a time.")
  }

  static func unknownParameter(_ name: String, among names: [String]) -> ServiceError {
    let remedy =
      nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
      ?? (names.isEmpty
        ? "This address takes none." : "Expected one of: \(names.joined(separator: ", ")).")
    return ServiceError(
      status: 400, code: "unknownParameter",
      description: "'\(QueryString.short(name))' is no parameter of this address. \(remedy)",
      data: ["query"])
  }
}
