internal import Files

// What a file is, told by its first bytes.
//
//   [ …                                 JSON document (bare array)
//   { "Value": [ …    { "items": …      JSON document (envelope)
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
  /// The names of the columns of the first rows, lower case.
  var columns: Set<String>

  func has(_ names: String...) -> Bool { names.contains { columns.contains($0.lowercased()) } }
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
    if let key = firstKey(bytes, from: start + 1), envelopeKeys.contains(key.lowercased()) {
      return .jsonDocument
    }
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
      // One line, as far as can be seen: a row, or one that is too long to be a row.
      return .jsonLines
    }
    if JSONRowParser().parse(bytes.span.extracting(start..<end)) == .object { return .jsonLines }
    // A damaged first row is followed by another row; an object over several lines is not.
    if let next = firstVisible(bytes, from: end), bytes[next] == UInt8(ascii: "{"), end - start > 2
    {
      return .jsonLines
    }
    return .jsonDocument
  }

  /// The columns of the first rows of JSON Lines.
  static func columns(ofJSONLines bytes: [UInt8]) -> Set<String> {
    let parser = JSONRowParser()
    var columns: Set<String> = []
    var start = bytes.startIndex
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
  static func columns(ofDelimited bytes: [UInt8], path: String) -> Set<String> {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    let line = Array(bytes[..<end])
    guard !line.contains(0),
      var reader = try? DelimitedReader(bytes: line, path: path),
      let header = try? reader.next()
    else { return [] }
    return Set(header.fields.map { $0.trimmingSpaces().lowercased() })
  }

  private static func columns(of row: JSONRowParser) -> [String] {
    (0..<row.count).map { row.key($0).lowercased() }
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
