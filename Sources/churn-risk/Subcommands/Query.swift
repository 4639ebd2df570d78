import Analytics
import CommandLineKit
import Files
import History
import Reporting
import RiskModel

/// `query`: the Analytics API over the local history.
struct Query: Command {
  static let configuration = CommandConfiguration(
    abstract: "Asks the history and the scores, in the grammar of the Analytics API.",
    discussion: """
      RESOURCE is one of subscriptions, usage, resellers, searches, referrals and risk; \
      'churn-risk query RESOURCE --describe' lists its fields.

      A filter is made of conditions with 'and' and 'or'; 'and' binds first, parentheses change that:
        field eq value      also ne, and gt, lt, ge, le for numbers and dates
        contains(field,'part')
        'text'  'it''s'  12.5  true  null  '2026-01-31'  cast('2026-01-31', DateTime)
      Names and operators are taken in any case, and so are texts, but for subscriptionType: 'Azure' \
      is not 'azure'. Null is a value: 'eq null' finds it, 'ne' anything else holds for it, and nothing is \
      before or after it. Dates are UTC days; a time of day is cut off.

      --group-by takes terms and dates. Dates are put together by --aggregation-level; weeks begin on \
      Monday, and dateRange takes all days together and tells the first and the last. Usage is never \
      added across units: its groups are split by meterCategory, meterUnit and currency.

      --as-of tells what was known on a day: the newest exports up to it, and usage that a dated \
      export had shown by then (without a dated one, usage of --lag days before). Rows come in a fixed \
      order; what --order-by leaves open, ids decide.
      """,
    examples: [
      Example(
        command: "churn-risk query subscriptions --filter \"status eq 'SUSPENDED'\"",
        does: "who is suspended"),
      Example(
        command:
          "churn-risk query subscriptions --group-by customerMarket,status --order-by 'subscriptionCount desc'",
        does: "counts by market and status"),
      Example(
        command:
          "churn-risk query usage --filter \"meterCategory eq 'Storage' and usageDate ge 2026-01-01\" --group-by usageDate --aggregation-level month --format csv",
        does: "storage by month"),
      Example(
        command: "churn-risk query subscriptions --as-of 2026-06-01 --format json",
        does: "what Partner Center would have answered on a past day"),
      Example(
        command: "churn-risk query risk --filter \"riskBand eq 'high' and value gt 100\" --top 10",
        does: "the first ten of high risk and value"),
      Example(command: "churn-risk query usage --describe", does: "the fields of usage"),
    ])

  @Argument(value: "RESOURCE", help: "What is asked about.") var resource: ResourceName
  @Flag(help: "Lists the fields of the resource, with type and meaning.") var describe = false
  @Option(value: "EXPR", help: "Which rows.", whenAbsent: "all") var filter: String?
  @Option(
    value: "FIELD,…", help: "Counts and sums by these fields.", whenAbsent: "rows as they are")
  var groupBy: String?
  @Option(
    value: "LEVEL",
    help: "How dates of --group-by are put together: day, week, month or dateRange.",
    whenAbsent: "dateRange for subscriptions, day for the others, as documented")
  var aggregationLevel: String?
  @Option(
    value: "FIELD [desc],…", help: "Which rows come first.", whenAbsent: "by id, usage by day")
  var orderBy: String?
  @Option(help: "Rows of the answer.", accepting: .within(1...AnalyticsQuery.pageLimit))
  var top = AnalyticsQuery.pageLimit
  @Option(help: "Rows to pass over before.", accepting: .atLeast(0)) var skip = 0
  @Option(help: "Answer from what was known on this day.", whenAbsent: "everything in the history")
  var asOf: CalendarDay?
  @Option(
    value: "DAYS", help: "With --as-of: days until usage is reported.",
    whenAbsent: "measured, else 2", accepting: .within(0...31))
  var lag: Int?
  @Option(help: "How the answer is written.") var format = Format.table
  @Option(value: "FILE", help: "The scores, for risk.") var scores = "at-risk.json"
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  /// How an answer is written.
  enum Format: String, CaseIterable, ParsableValue { case table, json, csv }

  func validate() throws {
    guard lag == nil || asOf != nil else {
      throw UsageError("Expected --as-of with --lag: without a day nothing is late.")
    }
  }

  mutating func run() throws { try run(resource.resource) }

  private func run(_ resource: some AnalyticsResource) throws {
    let session = Session(global)
    guard !describe else {
      return try StandardStream.output.write(
        AnalyticsText.description(of: resource, width: session.outputColumns))
    }
    let query = try query(of: resource)
    session.progress.begin("Reading")
    let answer = try resource.answer(query, from: try source(of: resource))
    session.progress.end()
    switch format {
    case .table:
      try StandardStream.output.write(
        AnalyticsText.table(
          of: answer, isGrouped: !query.groupBy.isEmpty, width: session.outputColumns))
    case .json:
      let link = answer.nextLink(after: request, of: resource)
      try writeFile("-") { try answer.writeJSON(to: $0, nextLink: link) }
    case .csv: try writeFile("-") { try answer.writeCSV(to: $0) }
    }
    session.note(AnalyticsText.remark(on: answer))
  }

  private var request: QueryRequest {
    var request = QueryRequest()
    request.filter = filter
    request.groupBy = groupBy
    request.aggregationLevel = aggregationLevel
    request.orderBy = orderBy
    request.top = top
    request.skip = skip
    request.asOf = asOf
    return request
  }

  private func query(of resource: some AnalyticsResource) throws -> AnalyticsQuery {
    do {
      return try AnalyticsQuery(request, of: resource)
    } catch {
      guard let text = error.text, let column = error.column else {
        throw UsageError("\(error.parameter.option): \(error.message)")
      }
      throw UsageError(
        "\(error.parameter.option), column \(column): \(error.message)\n"
          + pointed(text, column: column))
    }
  }

  private func source(of resource: some AnalyticsResource) throws -> AnalyticsSource {
    switch resource.needs {
    case .scores: return AnalyticsSource(scores: try readScores())
    case .history:
      return AnalyticsSource(history: try HistoryStore.open(store.store, for: .reading))
    case .usage:
      let history = try HistoryStore.open(store.store, for: .reading)
      return AnalyticsSource(history: history, lagDays: try lagDays(history))
    }
  }

  /// Only what was known on a day depends on it, and measuring takes a look at all usage.
  private func lagDays(_ history: HistoryStore) throws -> Int {
    guard let asOf else { return 0 }
    return try lag ?? history.estimatedLag(asOf: asOf) ?? TrainingData.defaultLagDays
  }

  private func readScores() throws -> AtRiskDocument {
    let document: AtRiskDocument
    do {
      document = try AtRiskDocument(contentsOf: scores)
    } catch let error as FileError where error.kind == .missing {
      throw FileError(
        kind: .missing, path: scores, what: error.what,
        expected: "the scores that 'churn-risk score' writes",
        remedy: "Run 'churn-risk score', or name the scores with --scores.")
    }
    if let asOf, document.asOf != asOf.description {
      throw FileError(
        kind: .missing, path: scores, what: "has the scores of \(document.asOf)",
        expected: "those of \(asOf)",
        remedy:
          "Make them with 'churn-risk score --as-of \(asOf) --output FILE', and name FILE with --scores."
      )
    }
    return document
  }
}

/// The word for a resource.
struct ResourceName: ParsableValue {
  let resource: any AnalyticsResource

  init?(argument: String) {
    guard let found = analyticsResources.first(where: { $0.name == argument }) else { return nil }
    resource = found
  }

  var argumentText: String { resource.name }

  static var syntax: ValueSyntax {
    let names = analyticsResources.map { $0.name }
    return ValueSyntax("one of: " + names.joined(separator: ", "), spellings: names)
  }
}
