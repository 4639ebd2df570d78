internal import Files

/// A list as at-risk.json: the same document with the list's rows only.
struct JSONListFormat: ListFormat {
  static let name = "json"

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    var part = document
    part.subscriptions = list.rows
    // Somebody who gets their own rows does not get the others through the back door.
    if list.kind != .all { part.excluded = [] }
    try part.write(into: &output)
  }
}
