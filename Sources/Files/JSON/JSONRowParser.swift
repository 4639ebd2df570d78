internal import CSimdJSON

/// Reads rows, each one JSON object, into a table of its members: the fast path of the import.
///
/// One C call parses a row; no string is made unless it is asked for. The parser keeps the last row
/// until the next one, so a caller walks over it like this:
///
///     let parser = JSONRowParser(fields: [["subscriptionId"], ["quantity", "consumedQuantity"]])
///     guard case .object = parser.parse(line) else { … }
///     parser.withRow { members, text in
///       for index in members.indices {
///         switch members[index].field { case 0: …; case 1: …; default: … }
///       }
///     }
///
/// A key that occurs twice is two members; the last one counts.
package final class JSONRowParser {
  /// What a row turned out to be.
  package enum Outcome: Sendable, Hashable {
    case object
    /// Valid JSON, but no object.
    case other(JSONKind)
    /// No JSON. The offset counts from the row's first byte.
    case invalid(JSONSyntaxError)
  }

  /// The last row, in one struct, so that one check of exclusive access covers all of it.
  private struct Row {
    var outcome = Outcome.object
    var origin = TextPosition(line: 1, column: 1)
    var errorPosition = TextPosition(line: 1, column: 1)
    /// The members are the first `count`; the others are room for rows with more of them.
    var table: [JSONMember] = []
    var count = 0
  }

  private let reader = JSONReader()
  private var row = Row()

  /// Makes a parser that tells some fields by number.
  ///
  /// - Parameter fields: for each field the names it goes by, compared without regard to separators and the case
  ///   of ASCII letters. A member with one of these names carries the position of its field.
  /// - Precondition: no name occurs twice.
  package init(fields: [[String]] = []) {
    var seen: Set<String> = []
    for (field, names) in fields.enumerated() {
      for name in names {
        let isNew = seen.insert(name.lowercased()).inserted
        precondition(isNew, "two fields go by the name \(name)")
        reader.addName(name, field: field)
      }
    }
  }

  /// Reads a row.
  ///
  /// - Parameters:
  ///   - text: the row, with or without white space around it.
  ///   - origin: where it starts in its file, for `position` and `errorPosition`.
  /// - Returns: the same as `outcome`.
  @discardableResult
  package func parse(
    _ text: Span<UInt8>, from origin: TextPosition = TextPosition(line: 1, column: 1)
  ) -> Outcome {
    let code = reader.parseRow(text)
    parse(text, code, origin, into: &row)
    return row.outcome
  }

  private func parse(
    _ text: Span<UInt8>, _ code: Int32, _ origin: TextPosition, into row: inout Row
  ) {
    row.origin = origin
    row.count = 0
    if code == 0 {
      row.outcome = .object
      reader.withNodes { nodes, _ in
        if nodes.count > row.table.count {
          let more = nodes.count * 2 - row.table.count
          row.table.append(contentsOf: repeatElement(JSONMember(csj_node()), count: more))
        }
        var members = row.table.mutableSpan
        for index in 0..<nodes.count { members[index] = JSONMember(nodes[index]) }
        row.count = nodes.count
      }
    } else if Int(code) == Int(CSJ_NOT_OBJECT) {
      row.outcome = .other(JSONKind(reader.rootKind))
      row.errorPosition = origin
    } else {
      let failure = reader.failure
      let error = JSONSyntaxError(code: failure.code, offset: failure.offset)
      row.outcome = .invalid(error)
      row.errorPosition = TextPosition(of: error.offset, in: text, from: origin)
    }
  }

  /// What the last row turned out to be.
  package var outcome: Outcome { row.outcome }

  /// How many members the last row has; 0 unless it was an object.
  package var count: Int { row.count }

  /// Where the last row stopped being an object, in its file; meaningless when it was one.
  package var errorPosition: TextPosition { row.errorPosition }

  /// Where the key of a member stands in its file; slow, because it reads the row again.
  package func position(ofMember index: Int) -> TextPosition {
    precondition(index >= 0 && index < count, "the row has no member \(index)")
    let offset = reader.offset(ofMember: index)
    return reader.withSource { TextPosition(of: offset, in: $0, from: row.origin) }
  }

  /// The last row with everything that is nested in it; nil unless it was an object.
  ///
  /// Slow, because it reads the row again.
  package var value: JSONValue? {
    guard row.outcome == .object else { return nil }
    let bytes = reader.withSource { source in
      source.indices.map { index in source[index] }
    }
    return try? JSONValue(parsing: bytes, path: "")
  }

  /// Hands out the text of the last row as it stands in its file.
  ///
  /// - Precondition: `body` does not parse another row.
  package func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    reader.withSource(body)
  }

  /// Hands out the members of the last row and the text that their ranges refer to.
  ///
  /// - Precondition: `body` does not parse another row.
  package func withRow<Result, Failure>(
    _ body: (Span<JSONMember>, Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (table, count) = (row.table, row.count)
    return try reader.withNodes { (_, text) throws(Failure) in
      try body(table.span.extracting(first: count), text)
    }
  }

  /// The members of the last row in their order.
  package var members: [JSONMember] { Array(row.table[..<row.count]) }

  /// One member of the last row.
  package subscript(index: Int) -> JSONMember {
    precondition(index >= 0 && index < row.count, "the row has no member \(index)")
    return row.table[index]
  }

  /// The last member of a field; nil when the row has none.
  package func index(ofField field: Int) -> Int? {
    row.table[..<row.count].lastIndex { $0.field == field }
  }
}
