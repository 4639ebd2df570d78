/// Where the rows of an at-risk file lie, so that they can be read one at a time.
///
/// ```
///   { "asOf": …, "subscriptions": [ {…}, {…} ], "excluded": [ {…} ] }
///   └────────── header ──────────┘  row  row  └─── header ───┘ row └─ header
/// ```
/// The file of 100,000 subscriptions has a quarter of a gigabyte, and ten times that as a tree of
/// values. Only brackets, strings and the commas between rows are looked at here. Where the header is
/// JSON and every row is JSON, so is the file; whatever else occurs gives nil, and the file is read
/// as a whole, which finds the place of the error.
struct DocumentRows {
  /// The file without its rows.
  private(set) var header: [UInt8] = []
  /// Byte ranges of the rows of each array, in its order.
  private(set) var subscriptions: [Range<Int>] = []
  private(set) var excluded: [Range<Int>] = []

  private enum Member { case subscriptions, excluded, other }

  init?(_ bytes: [UInt8]) {
    guard scan(bytes.span) else { return nil }
  }

  private mutating func scan(_ bytes: Span<UInt8>) -> Bool {
    var depth = 0
    var expectsKey = false
    var member = Member.other
    var seen: [Member] = []
    var headerStart = 0
    var rowStart = 0
    var rows: [Range<Int>] = []
    var hasComma = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isBetweenRows = depth == 2 && member != .other
      switch byte {
      case UInt8(ascii: "\""):
        guard !isBetweenRows, let end = Self.endOfString(bytes, from: index) else { return false }
        if depth == 1, expectsKey {
          member = Self.member(bytes, index + 1..<end)
          expectsKey = false
        }
        index = end
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if isBetweenRows {
          guard byte == UInt8(ascii: "{"), rows.isEmpty || hasComma else { return false }
          rowStart = index
          hasComma = false
        }
        if depth == 1, member != .other {
          guard byte == UInt8(ascii: "["), !seen.contains(member) else { return false }
          seen.append(member)
          append(bytes, headerStart..<index + 1)
          rows = []
        }
        depth += 1
        if depth == 1 { expectsKey = true }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if isBetweenRows {
          guard byte == UInt8(ascii: "]"), !hasComma else { return false }
          if member == .subscriptions { subscriptions = rows } else { excluded = rows }
          headerStart = index
          member = .other
        }
        depth -= 1
        guard depth >= 0 else { return false }
        if depth == 2, member != .other { rows.append(rowStart..<index + 1) }
      case UInt8(ascii: ","):
        if isBetweenRows {
          guard !rows.isEmpty, !hasComma else { return false }
          hasComma = true
        }
        if depth == 1 {
          expectsKey = true
          member = .other
        }
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: guard !isBetweenRows else { return false }
      }
      index += 1
    }
    append(bytes, headerStart..<bytes.count)
    return depth == 0
  }

  private mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    for index in range { header.append(bytes[index]) }
  }

  /// The closing quote of the string that opens at `start`; nil when there is none.
  private static func endOfString(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): return index
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return nil
  }

  private static func member(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Member {
    // Longer keys are none of the two.
    guard range.count <= 13 else { return .other }
    switch String(decoding: range.map { bytes[$0] }, as: UTF8.self) {
    case "subscriptions": return .subscriptions
    case "excluded": return .excluded
    default: return .other
    }
  }
}
