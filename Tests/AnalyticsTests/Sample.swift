import Analytics
import Files
import History
import TestSupport

/// A resource by its name.
func resource(_ name: String) -> any AnalyticsResource {
  guard let found = analyticsResources.first(where: { $0.name == name }) else {
    preconditionFailure("no resource \(name)")
  }
  return found
}

/// A small store of hand-written exports.
struct Sample {
  private let folder = TemporaryFolder()
  let history: HistoryStore

  /// Imports files: their name, with the day they are of, and their content.
  init(_ files: [(name: String, text: String)]) throws {
    let folder = folder
    for (name, text) in files { try writeFile(folder[name]) { try $0.write(text) } }
    let store = try HistoryStore.open(folder["store.sqlite"], for: .importing)
    let report = try Importer(store).import(paths: files.map { folder[$0.name] })
    precondition(report.failure == nil && report.hasImported, "\(report)")
    history = store
  }

  /// Asks and answers.
  func ask(
    _ name: String, filter: String? = nil, groupBy: String? = nil, level: String? = nil,
    orderBy: String? = nil, top: Int? = nil, skip: Int? = nil, asOf: String? = nil, lag: Int = 0
  ) throws -> AnalyticsAnswer {
    var request = QueryRequest()
    request.filter = filter
    request.groupBy = groupBy
    request.aggregationLevel = level
    request.orderBy = orderBy
    request.top = top
    request.skip = skip
    request.asOf = asOf.flatMap { CalendarDay($0) }
    return try answer(resource(name), request, lag)
  }

  private func answer(
    _ resource: some AnalyticsResource, _ request: QueryRequest, _ lag: Int
  ) throws -> AnalyticsAnswer {
    try resource.answer(
      AnalyticsQuery(request, of: resource), from: AnalyticsSource(history: history, lagDays: lag))
  }
}

extension AnalyticsAnswer {
  /// The values of a column, for people: numbers without needless decimals.
  func column(_ name: String) -> [String] {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return ["no \(name)"] }
    return rows.map { shown($0[index]) }
  }

  /// Each row with bars between its values.
  var lines: [String] { rows.map { $0.map(shown).joined(separator: "|") } }
}

func shown(_ value: FieldValue) -> String {
  switch value {
  case .null: "-"
  case .text(let text): text
  case .number(let number): wholeNumber(number).map { "\($0)" } ?? "\(number)"
  case .boolean(let flag): "\(flag)"
  case .day(let day): "\(day)"
  }
}

// MARK: - Exports

private func object(_ members: [(String, String)]) -> String {
  "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
}

func envelope(_ rows: [String]) -> String {
  "{\"Value\":[\(rows.joined(separator: ",\n"))],\"@nextLink\":null,\"TotalCount\":\(rows.count)}"
}

/// A row of the subscription analytics; `members` come last and win.
func subscriptionRow(_ number: Int, _ members: [(String, String)] = []) -> String {
  let usual = [
    ("customerTenantId", "\"\(guid(1_000 + number))\""), ("id", "\"\(guid(number))\""),
    ("customerName", "\"Customer \(number)\""), ("status", "\"ACTIVE\""),
    ("subscriptionType", "\"Azure\""), ("creationDate", "\"2025-01-01T00:00:00\""),
  ].filter { usual in !members.contains { $0.0 == usual.0 } }
  return object(usual + members)
}

/// A line of the Azure usage analytics.
func usageRow(
  _ number: Int, _ day: String, _ quantity: String, category: String = "Storage",
  unit: String = "1 GB", location: String = "westeurope"
) -> String {
  object([
    ("customerTenantId", "\"\(guid(1_000 + number))\""), ("subscriptionId", "\"\(guid(number))\""),
    ("customerName", "\"Customer \(number)\""), ("subscriptionName", "\"Plan \(number)\""),
    ("usageDate", "\"\(day)T00:00:00\""), ("resourceLocation", "\"\(location)\""),
    ("meterCategory", "\"\(category)\""), ("meterUnit", "\"\(unit)\""), ("quantity", quantity),
  ])
}
