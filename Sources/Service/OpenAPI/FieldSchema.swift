internal import Analytics
internal import Files

extension AnalyticsField {
  /// Where values of it stand.
  enum Place {
    /// In rows as they are.
    case row
    /// In groups, whose dates can be ranges.
    case group
  }

  /// Its schema.
  ///
  /// Nearly every field can be unknown, which is null; only what is counted always has a number.
  func schema(in place: Place, isCount: Bool = false) -> JSONValue {
    var schema = JSONObject()
    var text = meaning + "."
    schema.append("type", .string(jsonType))
    switch type {
    case .text, .caseSensitiveText, .id: break
    case .number: if isCount { schema.append("minimum", 0) }
    case .boolean: break
    case .dateTime, .day:
      let time = type == .dateTime ? "T00:00:00" : ""
      let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
      switch place {
      case .row: schema.append("pattern", .string("^\(day)\(time)$"))
      case .group:
        schema.append("pattern", .string("^\(day)(\(time)|/\(day))$"))
        text += " The first day of the bucket, or the first and the last day of the dateRange."
      }
    }
    if !isCount { schema.append("nullable", true) }
    if let sensitivity { text += " " + sensitivity.explanation }
    schema.append("description", .string(text))
    return .object(schema)
  }

  private var jsonType: String {
    switch type {
    case .text, .caseSensitiveText, .id, .dateTime, .day: "string"
    case .number: "number"
    case .boolean: "boolean"
    }
  }
}

extension Sensitivity {
  fileprivate var explanation: String {
    switch self {
    case .revenue: "Absent for roles that may not see money."
    case .personal: "Absent for roles that may not see names."
    }
  }
}
