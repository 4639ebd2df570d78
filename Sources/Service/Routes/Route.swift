internal import Access
internal import History
internal import HTTPServer

/// What is answered at one address: one file in `Routes`, one line in `routes`.
protocol Route: Sendable {
  /// The word for it in the activity log and in the metrics.
  var name: String { get }
  var path: String { get }
  /// In the order of the `Allow` header.
  var methods: [String] { get }
  var access: RouteAccess { get }

  /// Answers a call by somebody who may.
  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer

  /// What the OpenAPI document tells of one of the methods; of HEAD it tells what it tells of GET.
  func operation(_ method: String) -> Operation
}

extension Route {
  var methods: [String] { ["GET", "HEAD"] }
}

/// Who may call a route.
enum RouteAccess: Sendable, Hashable {
  /// Everybody.
  case open
  /// Whoever has a valid token or session.
  case signedIn
  /// Whose role allows the resource.
  case resource(ServiceResource)
  /// As `resource`, and changes something: a session, which a browser sends by itself, is not enough.
  case change(ServiceResource)
  /// Everybody on this machine while the service listens to it alone, else whose role allows it.
  case metrics
}

/// A request on its way through the service.
struct Call: Sendable {
  let request: HTTPRequest
  /// The path, without a slash at its end.
  let path: String
  /// What stands behind the question mark.
  let query: Substring?
  /// nil where nobody signed in and nobody has to.
  let reader: Reader?
  let service: ServiceState

  /// The parameters of the address.
  func parameters() throws(ServiceError) -> QueryString {
    do {
      return try QueryString(query)
    } catch {
      throw ServiceError(status: 400, code: "invalidQuery", description: error.reason)
    }
  }

  /// The parameters, of which there are no others than these.
  func parameters(only names: [String]) throws(ServiceError) -> QueryString {
    let parameters = try parameters()
    for (name, _) in parameters.parameters where !names.contains(where: { $0.lowercased() == name })
    {
      throw ServiceError.unknownParameter(name, among: names)
    }
    return parameters
  }

  /// A day in a parameter.
  func day(_ text: String, of name: String) throws(ServiceError) -> CalendarDay {
    guard let day = CalendarDay(text) else {
      throw .parameter(
        name, "'\(QueryString.short(text))' is no day. Expected one such as 2026-01-31.")
    }
    return day
  }

  /// The day of a parameter; nil where it is missing or empty, as a form sends what was left out.
  func day(named name: String, in parameters: QueryString) throws(ServiceError) -> CalendarDay? {
    guard let text = parameters[name.lowercased()], !text.isEmpty else { return nil }
    return try day(text, of: name)
  }

  /// The parameters of a form that was sent.
  func form() throws(ServiceError) -> QueryString {
    func wrong(_ reason: String) -> ServiceError {
      ServiceError(status: 400, code: "invalidForm", description: reason)
    }
    guard let text = String(validating: request.body, as: UTF8.self) else {
      throw wrong("The form is not in UTF-8.")
    }
    do {
      return try QueryString(Substring(text))
    } catch {
      throw wrong(error.reason)
    }
  }
}

/// How a route answers.
enum RouteAnswer: Sendable {
  case made(MadeAnswer)
  /// By a worker, unless the answer was made before.
  case work(Work)
  /// By a worker, anew each time.
  case ask(Lane, @Sendable () throws -> MadeAnswer)

  struct Work: Sendable {
    var question: Question
    /// What the answer is made from.
    var parts: DataParts
    var lane = Lane.query
    /// Called where the answer was not made before: reads the request and says how it is made.
    var prepare: @Sendable () throws(ServiceError) -> @Sendable (ServiceData) throws -> MadeAnswer
  }

  /// Which workers make it.
  enum Lane: Sendable { case query, page, control }

  static func made(_ response: HTTPResponse) -> RouteAnswer {
    .made(MadeAnswer(response: response))
  }
}

/// Every route.
let routes: [any Route] =
  [
    PageRoute(), SignInRoute(), SignOutRoute(), AccountRoute(), ActivityRoute(), TokensRoute(),
    TokenRoute(), HealthRoute(), MetricsRoute(), OpenAPIRoute(),
  ] + AnalyticsRoute.all
