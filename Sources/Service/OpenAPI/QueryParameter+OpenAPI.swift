internal import Analytics
internal import Files

/// Parameters of an address.
enum ParameterSchema {
  /// A Parameter Object.
  static func make(
    _ name: String, _ description: String, _ schema: JSONValue,
    _ more: [(String, JSONValue)] = []
  ) -> JSONValue {
    .object(
      JSONObject(
        [
          ("name", .string(name)), ("in", "query"), ("required", false),
          ("description", .string(description)), ("schema", schema),
        ] + more))
  }

  static func day(_ name: String, _ description: String) -> JSONValue {
    make(name, description, ["type": "string", "format": "date"])
  }

  /// A day that a form may leave empty.
  static func chosenDay(_ name: String, _ description: String) -> JSONValue {
    make(
      name, description + " Empty is as good as absent.",
      ["type": "string", "anyOf": [["format": "date"], ["maxLength": 0]]])
  }

  static let top = make(
    "top", "How many rows.",
    [
      "type": "integer", "minimum": 1, "maximum": .integer(AnalyticsQuery.pageLimit),
      "default": .integer(AnalyticsQuery.pageLimit),
    ])

  static let skip = make(
    "skip", "How many rows are left out before them.",
    [
      "type": "integer", "format": "int64", "minimum": 0, "maximum": .integer(.max), "default": 0,
    ])

  /// A list with commas.
  static func list(
    _ name: String, _ description: String, areUnique: Bool = true, items: JSONValue
  ) -> JSONValue {
    make(
      name, description,
      [
        "type": "array", "minItems": 1, "uniqueItems": .bool(areUnique), "items": items,
      ],
      [("style", "form"), ("explode", false)])
  }
}

extension QueryParameter {
  /// The parameter as a resource takes it.
  func openAPI(of resource: some AnalyticsResource) -> JSONValue {
    switch self {
    case .filter:
      ParameterSchema.make(
        queryName,
        "Which rows: comparisons with eq, ne, gt, lt, ge and le, contains(field, 'text'), and, or and "
          + "parentheses; dates as '2026-01-31' or cast('2026-01-31', DateTime). Fields: "
          + resource.fields.map { "\($0.name) (\($0.type.name))" }.joined(separator: ", ") + ".",
        [
          "type": "string", "minLength": 1, "maxLength": .integer(AnalyticsQuery.longestFilter),
        ])
    case .groupBy:
      ParameterSchema.list(
        queryName, "Fields to group by, with commas; the answer has a row for each group.",
        items: [
          "type": "string",
          "enum": .array(resource.fields.filter(\.isGroupable).map { .string($0.name) }),
        ])
    case .aggregationLevel:
      ParameterSchema.make(
        queryName,
        "How dates among the fields to group by are put together; there must be one. In any case of letters.",
        [
          "type": "string",
          "enum": .array(AggregationLevel.allCases.map { .string($0.rawValue) }),
          "default": .string(resource.defaultLevel.rawValue),
        ])
    case .orderBy:
      ParameterSchema.list(
        queryName,
        "What comes first: columns of the answer with commas, each with asc or desc behind it where it is "
          + "wanted.", areUnique: false,
        items: [
          "type": "string", "pattern": .string("^(\(Self.columns(of: resource)))( (asc|desc))?$"),
        ])
    case .top: ParameterSchema.top
    case .skip: ParameterSchema.skip
    case .asOf:
      ParameterSchema.day(
        queryName,
        resource.needs == .scores
          ? "The day of the scores that are expected; others are answered with 404."
          : "What was known on that day.")
    }
  }

  /// The columns that answers of a resource can have, as a pattern.
  private static func columns(of resource: some AnalyticsResource) -> String {
    let fields = resource.fields.map(\.name)
    let measures = resource.measures.map(\.name).filter { !fields.contains($0) }
    return (fields + measures).joined(separator: "|")
  }
}
