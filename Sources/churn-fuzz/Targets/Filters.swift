import Analytics
import History

/// Filters of the Analytics API: what is read once means the same in parentheses and in two steps, and to a reader
/// of less, who is refused what is hidden.
struct Filters: FuzzTarget {
  let name = "filters"
  let longestInput = 2_048

  func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for resource in analyticsResources { check(text, resource) }
  }

  private func check(_ text: String, _ resource: some AnalyticsResource) {
    let confined = parsed(text, resource, AnalyticsScope(hidden: [.revenue, .personal]))
    guard let condition = parsed(text, resource) else {
      return expect(confined == nil, "\(resource.name): written well for a reader of less alone")
    }
    let isHidden = condition.fields.contains { resource.fields[$0].sensitivity != nil }
    expect(
      confined == (isHidden ? nil : condition), "\(resource.name): hidden fields, yet \(isHidden)")
    // One more parenthesis may be too deep.
    if let enclosed = parsed("( \(text)\n)", resource) {
      expect(enclosed == condition, "\(resource.name): another meaning in parentheses")
    }
    expect(
      condition.fields.isSubset(of: resource.fields.indices), "\(resource.name): an unknown field")
    for row in 0..<8 {
      func value(_ field: Int) -> FieldValue { sample(resource.fields[field].type, row ^ field) }
      let holds = condition.holds(value)
      let rest = condition.specialised { $0 % 2 == row % 2 ? value($0) : nil }
      expect(rest.holds(value) == holds, "\(resource.name): another answer in two steps")
    }
  }

  private func parsed(
    _ text: String, _ resource: some AnalyticsResource, _ scope: AnalyticsScope = .everything
  ) -> Condition? {
    var request = QueryRequest()
    request.filter = text
    do {
      return try AnalyticsQuery(request, of: resource, scope: scope).filter
    } catch {
      let end = text.count + 1
      expect(
        error.column.map { (1...end).contains($0) } ?? true,
        "\(resource.name): column \(error.column ?? 0) of \(end)")
      expect(!error.message.isEmpty, "\(resource.name): an error without words")
      return nil
    }
  }

  /// Some value of a type.
  private func sample(_ type: FieldType, _ number: Int) -> FieldValue {
    guard !number.isMultiple(of: 5) else { return .null }
    return switch type {
    case .text, .caseSensitiveText: .text(["Azure", "azure", "", "O'Brien", "日本"][number % 5])
    case .id: .text("4bf546b2-8998-4838-bee2-5f1bbe65a04f")
    case .number: .number(Double(number - 3))
    case .boolean: .boolean(number.isMultiple(of: 2))
    case .dateTime, .day: .day(CalendarDay(daysSinceEpoch: Int32(20_000 + number)))
    }
  }
}
