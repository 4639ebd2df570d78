internal import Access
internal import Files

/// The schemas of answers that are not of the Analytics API.
enum ServiceSchemas {
  static var all: [(name: String, schema: JSONValue)] {
    [
      ("Health", health), ("ActivityPage", activityPage), ("Access", activity),
    ] + TokenSchemas.all
  }

  static func text(_ description: String, isNullable: Bool = false) -> JSONValue {
    var schema = JSONObject([("type", "string")])
    if isNullable { schema.append("nullable", true) }
    schema.append("description", .string(description))
    return .object(schema)
  }

  static func word(_ description: String, _ words: [String]) -> JSONValue {
    [
      "type": "string", "enum": .array(words.map { .string($0) }),
      "description": .string(description),
    ]
  }

  static func day(_ description: String, isNullable: Bool = false) -> JSONValue {
    var schema = JSONObject([("type", "string"), ("format", "date")])
    if isNullable { schema.append("nullable", true) }
    schema.append("description", .string(description))
    return .object(schema)
  }

  private static let health = EnvelopeSchema.object(
    "Whether the service can answer.",
    [
      ("status", word("ok where it can.", ["ok", "unavailable"])),
      ("history", word("Whether the history can be read.", ["ok", "unavailable"])),
      ("tokens", word("Whether the tokens can be read.", ["ok", "unavailable"])),
      ("files", word("stale where a newer file cannot be read.", ["ok", "stale"])),
    ], required: ["status", "history", "tokens", "files"])

  // MARK: - The activity log

  private static let activityPage = EnvelopeSchema.make(
    "Accesses, the newest last, " + EnvelopeSchema.sizes, rows: ["Access"])

  private static var activity: JSONValue {
    EnvelopeSchema.object(
      "One access: who asked for what, when, and what came of it.",
      ActivityEntry.fields.map { ($0, member($0)) }, required: ActivityEntry.fields)
  }

  /// What a member of an entry is; the names are those of the log.
  private static func member(_ name: String) -> JSONValue {
    func number(_ type: String, _ description: String, isNullable: Bool = false) -> JSONValue {
      var schema = JSONObject([("type", .string(type)), ("minimum", 0)])
      if isNullable { schema.append("nullable", true) }
      schema.append("description", .string(description))
      return .object(schema)
    }
    return switch name {
    case "time": text("When the request came, UTC.")
    case "token": text("The id of the token; null where none was known.", isNullable: true)
    case "name": text("Who the token is for.", isNullable: true)
    case "role": text("The role of the token.", isNullable: true)
    case "via":
      word("How the one who asked was known.", ActivityEntry.Means.allCases.map(\.rawValue))
    case "peer": text("Where the request came from.")
    case "method": text("The method, or the verb of a command.")
    case "action": text("The resource or route.")
    case "query": text("What was asked, without values of filters.")
    case "status": number("integer", "The status of the answer.")
    case "rows": number("integer", "Rows of the answer; null where it has none.", isNullable: true)
    case "bytes": number("integer", "Bytes of the answer's body.")
    case "milliseconds": number("number", "Until the answer was ready.")
    default: preconditionFailure("nobody says what \(name) of the activity log is")
    }
  }
}
