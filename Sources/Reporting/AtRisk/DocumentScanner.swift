/// Finds where the rows of an at-risk file lie, block by block.
///
/// ```
///   { "asOf": …, "subscriptions": [ {…}, {…} ], "excluded": [ {…} ] }
///   └────────── header ──────────┘  row  row  └─── header ───┘ row └─ header
/// ```
/// Only brackets, strings and the commas between rows are looked at; of a row that ends with its line not
/// even those. Where the header is JSON and every
/// row is JSON, so is the file; whatever else occurs is unusual, and the file is read as a whole, which
/// finds the place of the error.
struct DocumentScanner {
  /// The file without its rows, so far.
  private(set) var header: [UInt8] = []
  /// Where the row began that has not ended, in the bytes of the block.
  var rowStart: Int?

  private enum Member { case subscriptions, excluded, other }

  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var expectsKey = false
  /// The bytes of a key of the outermost object, as far as they matter.
  private var key: [UInt8] = []
  private var isKey = false
  private var member = Member.other
  private var seen: [Member] = []
  private var hasRow = false
  private var hasComma = false

  /// Whether every bracket and string that was opened is closed.
  var isComplete: Bool { depth == 0 && !isInString }

  /// Where rows of each array lie.
  struct Ranges {
    var subscriptions: [Range<Int>]
    var excluded: [Range<Int>]
  }

  /// Looks at the bytes of a block from `start` on.
  ///
  /// - Returns: the rows that end in it; nil when anything is unusual.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int) -> Ranges? {
    var (subscriptions, excluded): ([Range<Int>], [Range<Int>]) = ([], [])
    func note(_ row: Range<Int>) {
      if member == .subscriptions { subscriptions.append(row) } else { excluded.append(row) }
    }
    var index = start
    // The first line break from the last row's begin on.
    var lineEnd = start
    while index < bytes.count {
      if isInString {
        skipString(bytes, &index)
        continue
      }
      let byte = bytes[index]
      let isBetweenRows = depth == 2 && member != .other
      if depth < 2 || member == .other { header.append(byte) }
      switch byte {
      case UInt8(ascii: "\""):
        guard !isBetweenRows else { return nil }
        isInString = true
        isKey = depth == 1 && expectsKey
        key = []
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if isBetweenRows {
          guard byte == UInt8(ascii: "{"), !hasRow || hasComma else { return nil }
          hasComma = false
          if lineEnd < index { lineEnd = Self.lineEnd(bytes, from: index) }
          if let end = Self.rowEnd(bytes, from: index, lineEnd: lineEnd) {
            note(index..<end)
            hasRow = true
            index = end
            continue
          }
          rowStart = index
        }
        if depth == 1, member != .other {
          guard byte == UInt8(ascii: "["), !seen.contains(member) else { return nil }
          seen.append(member)
          hasRow = false
        }
        depth += 1
        if depth == 1 { expectsKey = true }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if isBetweenRows {
          guard byte == UInt8(ascii: "]"), !hasComma else { return nil }
          header.append(byte)
          member = .other
        }
        depth -= 1
        guard depth >= 0 else { return nil }
        if depth == 2, member != .other, let start = rowStart {
          note(start..<index + 1)
          rowStart = nil
          hasRow = true
        }
      case UInt8(ascii: ","):
        if isBetweenRows {
          guard hasRow, !hasComma else { return nil }
          hasComma = true
        }
        if depth == 1 {
          expectsKey = true
          member = .other
        }
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: guard !isBetweenRows else { return nil }
      }
      index += 1
    }
    return Ranges(subscriptions: subscriptions, excluded: excluded)
  }

  /// The first line break from `start` on, or the end.
  private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    return index
  }

  /// Where a row ends that has a line of its own; nil when it may have more lines, or the line goes on
  /// behind the block.
  ///
  /// The row may be something else that ends in a brace: then it is no JSON, as its reader finds out.
  private static func rowEnd(_ bytes: Span<UInt8>, from start: Int, lineEnd: Int) -> Int? {
    guard lineEnd < bytes.count else { return nil }
    var last = lineEnd - 1
    if last > start, bytes[last] == 0x0D { last -= 1 }
    if last > start, bytes[last] == UInt8(ascii: ",") { last -= 1 }
    return last > start && bytes[last] == UInt8(ascii: "}") ? last + 1 : nil
  }

  /// Goes on behind the string, or to the end of the block.
  private mutating func skipString(_ bytes: Span<UInt8>, _ index: inout Int) {
    let first = index
    var escaped = isEscaped
    scan: while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if escaped {
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
        break scan
      }
    }
    isEscaped = escaped
    // In rows nothing is kept; what is around them is small.
    if depth < 2 || member == .other {
      for place in first..<index { header.append(bytes[place]) }
    }
    guard isKey else { return }
    for place in first..<(isInString ? index : index - 1) where key.count < Self.longestKey {
      key.append(bytes[place])
    }
    guard !isInString else { return }
    switch String(decoding: key, as: UTF8.self) {
    case "subscriptions": member = .subscriptions
    case "excluded": member = .excluded
    default: member = .other
    }
    expectsKey = false
    isKey = false
  }

  /// Longer keys are none of the two.
  private static let longestKey = 14
}
