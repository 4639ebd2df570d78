internal import Files

/// A list as at-risk.json: the same document with the list's rows only.
struct JSONListFormat: ListFormat {
  static let name = "json"

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    var part = document
    part.subscriptions = list.rows
    // Somebody who gets their own rows does not get the others through the back door.
    if list.kind != .all { part.excluded = list.lost }
    try part.write(into: &output)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    var json: JSONObject = [
      "schemaVersion": 1, "asOf": .string(document.asOf),
      "horizonDays": .integer(document.horizonDays), "by": .string(summary.grouping.rawValue),
      "attention": document.attentionJSON,
      "lists": .array(
        summary.lines.map { line in
          [
            "kind": .string(line.kind.rawValue), "key": .optional(line.key),
            "partnerName": .optional(line.partnerName),
            "rows": .integer(line.rows), "listed": .integer(line.listed),
            "high": .integer(line.high),
            "medium": .integer(line.medium), "expectedChurn": .optional(line.expectedChurn),
          ]
        }),
    ]
    if let profit = summary.profit { json.append("profit", profit.json) }
    try output.write(JSONValue.object(json).serialized() + "\n")
  }
}
