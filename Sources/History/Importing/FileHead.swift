internal import Files

// What a file is, told by its first bytes.
//
//   [ …                                 JSON document (bare array)
//   { "Value": [ …    { "items": …      JSON document (envelope)
//   { …, "value": [ … ] }               the same, when it stands alone on its line
//   { …one row… } newline { … }         JSON Lines; a single object too
//   {  newline  "id": …                 JSON document (one row, spread over lines)
//   anything else                       delimited text with a header line

/// How the rows of a file are written.
enum Shape: Sendable, Hashable {
  case jsonLines, jsonDocument, delimited
}

/// What the first rows of a file look like.
struct FileHead: Sendable, Hashable {
  var shape: Shape
  /// The names of the columns of the first rows, lower case; those of a table as `HeaderNames` has
  /// them.
  var columns: Set<String>

  func has(_ names: String...) -> Bool {
    names.contains {
      columns.contains($0.lowercased())
        || columns.contains(
          shape == .delimited ? HeaderNames.canonical($0) : HeaderNames.folded($0))
    }
  }
}

/// Tells a damaged export from a file that only begins like one, such as `[.ShellClassInfo]`.
enum ExportTraces {
  /// Columns that exports have and other programs' files have not.
  static let tellingColumns = [
    "subscriptionId", "customerTenantId", "customerName", "subscriptionType", "autoRenewEnabled",
    "effectiveStartDate", "commitmentEndDate", "usageDate", "meterCategory", "partnerTenantId",
  ]
  /// How much of a file is searched for them.
  static let bytesLookedAt = 1 << 16

  /// Whether the beginning of a JSON document that cannot be read has the envelope of an export, or
  /// names one of its columns.
  static func are(in beginning: [UInt8]) -> Bool {
    if ShapeDetector.hasEnvelopeKey(beginning) { return true }
    let head = String(decoding: beginning, as: UTF8.self).lowercased()
    return tellingColumns.contains { head.contains("\"\($0.lowercased())\"") }
  }
}

/// Tells shapes apart; `bytes` are the first ones of a file, all of it or at least a line.
enum ShapeDetector {
  /// Bytes that are looked at; more than the longest line that is read.
  static let headLength = (1 << 20) + (1 << 16)
  private static let rowsLookedAt = 20

  /// Members that the envelopes of Partner Center have around the rows.
  private static let envelopeKeys: Set<String> = [
    "value", "items", "totalcount", "@nextlink", "nextlink", "@odata.nextlink", "@odata.context",
    "@odata.count", "links", "attributes", "statuscode", "dataredacted",
  ]

  static func shape(of bytes: [UInt8]) -> Shape {
    guard let start = firstVisible(bytes, from: 0) else { return .delimited }
    switch bytes[start] {
    case UInt8(ascii: "["): return .jsonDocument
    case UInt8(ascii: "{"): break
    default: return .delimited
    }
    if hasEnvelopeKey(bytes) { return .jsonDocument }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
    let next = end.flatMap { firstVisible(bytes, from: $0) }
    if next == nil, holdsRowList(bytes[start..<(end ?? bytes.endIndex)]) { return .jsonDocument }
    guard let end else {
      // One line, as far as can be seen: a row, or one that is too long to be a row.
      return .jsonLines
    }
    if JSONRowParser().parse(bytes.span.extracting(start..<end)) == .object { return .jsonLines }
    // A damaged first row is followed by another row; an object over several lines is not.
    if let next, bytes[next] == UInt8(ascii: "{"), end - start > 2 { return .jsonLines }
    return .jsonDocument
  }

  /// Whether the bytes begin with an object whose first member is one of an envelope.
  static func hasEnvelopeKey(_ bytes: [UInt8]) -> Bool {
    guard let start = firstVisible(bytes, from: 0), bytes[start] == UInt8(ascii: "{"),
      let key = firstKey(bytes, from: start + 1)
    else { return false }
    return envelopeKeys.contains(key.lowercased())
  }

  /// Whether an object, which may be cut off, has a member `value` or `items` that is an array.
  ///
  /// Follows strings and brackets only; a text that is no JSON may give either answer.
  private static func holdsRowList(_ object: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var position = object.startIndex
    while position < object.endIndex {
      let byte = object[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let start = position
        while position < object.endIndex, object[position] != UInt8(ascii: "\"") {
          position += object[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < object.endIndex else { return false }
        let text = object[start..<position]
        position += 1
        guard depth == 1, text.count == 5 else { continue }
        let name = String(decoding: text, as: UTF8.self).lowercased()
        guard name == "value" || name == "items",
          let colon = object[position...].firstIndex(where: { $0 > UInt8(ascii: " ") }),
          object[colon] == UInt8(ascii: ":"),
          let value = object[(colon + 1)...].firstIndex(where: { $0 > UInt8(ascii: " ") })
        else { continue }
        if object[value] == UInt8(ascii: "[") { return true }
      default: continue
      }
    }
    return false
  }

  /// The columns of the first rows of JSON Lines.
  static func columns(ofJSONLines bytes: [UInt8]) -> Set<String> {
    let parser = JSONRowParser()
    var columns: Set<String> = []
    // Behind a byte order mark and blank lines.
    var start = firstVisible(bytes, from: 0) ?? bytes.endIndex
    for _ in 0..<rowsLookedAt where start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      if parser.parse(bytes.span.extracting(start..<end)) == .object {
        columns.formUnion(self.columns(of: parser))
      }
      start = min(end + 1, bytes.endIndex)
    }
    return columns
  }

  /// The columns of the first rows of a document.
  static func columns(of envelope: JSONEnvelope) -> Set<String> {
    struct Enough: Error {}
    var columns: Set<String> = []
    do {
      try envelope.forEachRow { index, _, row in
        if row.outcome == .object { columns.formUnion(self.columns(of: row)) }
        if index + 1 == rowsLookedAt { throw Enough() }
      }
    } catch {
      // Only `Enough` is thrown: the first rows are all that is wanted.
    }
    return columns
  }

  /// The columns of the header line of a delimited file; empty when it is none.
  ///
  /// The reader itself finds it, behind blank lines and the line `sep=…`.
  static func columns(ofDelimited bytes: [UInt8], path: String) -> Set<String> {
    guard !bytes.prefix(1 << 16).contains(0),
      var reader = try? DelimitedReader(bytes: bytes, path: path),
      let header = try? reader.next()
    else { return [] }
    return Set(header.fields.map { HeaderNames.canonical($0) })
  }

  private static func columns(of row: JSONRowParser) -> [String] {
    (0..<row.count).flatMap { [row.key($0).lowercased(), HeaderNames.folded(row.key($0))] }
  }

  private static func firstVisible(_ bytes: [UInt8], from start: Int) -> Int? {
    var start = start
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    return bytes[start...].firstIndex { $0 > UInt8(ascii: " ") }
  }

  /// The first key of the object whose brace was just passed.
  private static func firstKey(_ bytes: [UInt8], from start: Int) -> String? {
    guard let quote = firstVisible(bytes, from: start), bytes[quote] == UInt8(ascii: "\""),
      let end = bytes[(quote + 1)...].prefix(100).firstIndex(of: UInt8(ascii: "\""))
    else { return nil }
    return String(decoding: bytes[(quote + 1)..<end], as: UTF8.self)
  }
}
