internal import RiskModel

extension AnalyticsField {
  /// Whether a word names it, in any case.
  func isNamed(_ word: String) -> Bool { name.lowercased() == word.lowercased() }

  /// Above so many bytes nothing is taken for a name that somebody meant: comparing would take its time.
  private static let longestMisspelt = 200

  /// Says that a resource has no such field, and which one may be meant.
  static func unknown(_ word: String, among fields: [AnalyticsField], of resource: String) -> String
  {
    let names = fields.map(\.name)
    let isLong = word.utf8.count > longestMisspelt
    let remedy =
      (isLong ? nil : nearestName(to: word, among: names)).map { "Did you mean '\($0)'?" }
      ?? "Expected one of: \(names.joined(separator: ", "))."
    return "'\(Token.short(word))' is no field of \(resource). \(remedy)"
  }
}

/// Fields in a list with commas: what to group by, or what to order by.
struct FieldList {
  struct Item {
    /// The words of the item, each with the scalar it begins at.
    var words: [(text: String, offset: Int)]
    /// Where the item begins.
    var offset: Int
  }

  /// The longest list, in Unicode scalars.
  static let longest = 4_096

  let source: SourceText
  let items: [Item]

  /// Cuts a list into items and their words.
  ///
  /// - Throws: `QueryError` when it is too long or an item is empty.
  init(_ text: String, _ parameter: QueryParameter) throws(QueryError) {
    let source = SourceText(text)
    self.source = source
    guard source.scalars.count <= Self.longest else {
      throw QueryError(
        parameter,
        "The list has \(source.scalars.count) characters; expected at most \(Self.longest).")
    }
    var items: [Item] = []
    var item = Item(words: [], offset: 0)
    var word = ""
    for (offset, scalar) in (source.scalars + [","]).enumerated() {
      if scalar == "," || scalar.properties.isWhitespace {
        if !word.isEmpty { item.words.append((word, offset - word.unicodeScalars.count)) }
        word = ""
        guard scalar == "," else { continue }
        guard let first = item.words.first else {
          throw QueryError(
            parameter, "Expected a field, and the item is empty. Remove a comma.", in: source,
            at: item.offset)
        }
        item.offset = first.offset
        items.append(item)
        item = Item(words: [], offset: offset + 1)
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    self.items = items
  }
}
