internal import Analytics
internal import Files

/// The envelope in which rows are answered.
enum EnvelopeSchema {
  static let sizes = "at most \(AnalyticsQuery.pageLimit) rows at a time."

  /// An object without other members than these.
  static func object(
    _ description: String, _ members: [(String, JSONValue)], required: [String]
  ) -> JSONValue {
    [
      "type": "object", "description": .string(description),
      "required": .array(required.map { .string($0) }), "additionalProperties": false,
      "properties": .object(JSONObject(members)),
    ]
  }

  /// A page of rows; all of them are of one of the schemas.
  static func make(_ description: String, rows: [String], mayBeRedacted: Bool = false) -> JSONValue
  {
    let lists: [JSONValue] = rows.map { row in
      [
        "type": "array", "maxItems": .integer(AnalyticsQuery.pageLimit),
        "items": OpenAPIDocument.schema(row),
      ]
    }
    let value = lists.count == 1 ? lists[0] : ["anyOf": .array(lists)]
    var members: [(String, JSONValue)] = [
      ("Value", value),
      (
        "@nextLink",
        [
          "type": "string", "nullable": true,
          "description": "The address of the next page, without a host; null on the last one.",
        ]
      ),
      (
        "TotalCount",
        [
          "type": "integer", "minimum": 0,
          "description": "All rows that were found, those of other pages too.",
        ]
      ),
    ]
    if mayBeRedacted {
      members.append(
        (
          "dataRedacted",
          [
            "type": "boolean", "enum": [true],
            "description":
              "There where fields are absent because the role may not see them, and only there.",
          ]
        ))
    }
    return object(description, members, required: ["Value", "@nextLink", "TotalCount"])
  }
}
