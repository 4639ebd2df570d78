// Numbers as spreadsheets of a region write them.
//
//   1234.5   1,234.5   1'234.5          point
//   1234,5   1.234,5   1 234,5          comma
//   1,234    1.234                      a thousand, or one and a bit: only other numbers can tell
//
// A number without either sign, or with signs that can be read one way only, tells the decimal mark
// of its column.

/// What separates whole units from fractions.
enum DecimalMark: Hashable {
  case point, comma
}

/// A decimal number with any grouping.
struct RegionalNumber: Hashable {
  /// The number when a point, and when a comma, is the decimal mark; nil when it cannot be.
  private var readings: (point: Double?, comma: Double?)

  static func == (left: Self, right: Self) -> Bool { left.readings == right.readings }

  func hash(into hasher: inout Hasher) {
    hasher.combine(readings.point)
    hasher.combine(readings.comma)
  }

  /// Reads a number; nil when it is none.
  init?(_ text: String) {
    let signs = Array(text.trimmingSpaces())
    readings = (
      Self.reading(signs, decimal: ".", grouping: ","),
      Self.reading(signs, decimal: ",", grouping: ".")
    )
    if readings.point == nil, readings.comma == nil { return nil }
  }

  /// The mark that the number itself tells; nil when both readings are possible or the same.
  var toldMark: DecimalMark? {
    switch (readings.point, readings.comma) {
    case (_?, nil): .point
    case (nil, _?): .comma
    default: nil
    }
  }

  /// The number; nil when it depends on a mark that nobody knows, or does not go with it.
  func value(_ mark: DecimalMark?) -> Double? {
    switch mark {
    case .point: readings.point
    case .comma: readings.comma
    case nil:
      readings.point == nil || readings.comma == nil || readings.point == readings.comma
        ? readings.point ?? readings.comma : nil
    }
  }

  private static func reading(
    _ signs: [Character], decimal: Character, grouping: Character
  ) -> Double? {
    var plain = ""
    // Digits since the last grouping sign, or since the beginning.
    var group = 0
    var groupSign: Character?
    var hasDecimal = false
    for (index, sign) in signs.enumerated() {
      switch sign {
      case "0"..."9":
        plain.append(sign)
        group += 1
      case "+", "-":
        guard index == 0 || plain.last == "e" else { return nil }
        plain.append(sign)
      case "e", "E":
        guard groupSign == nil, group > 0, plain.last != "e" else { return nil }
        plain.append("e")
        hasDecimal = true
      case decimal:
        guard !hasDecimal, groupSign == nil || group == 3 else { return nil }
        plain.append(".")
        hasDecimal = true
      case grouping, " ", "\u{A0}", "\u{202F}", "'", "\u{2019}":
        guard !hasDecimal, groupSign == nil ? (1...3).contains(group) : group == 3,
          groupSign == nil || groupSign == sign
        else { return nil }
        groupSign = sign
        group = 0
      default: return nil
      }
    }
    guard hasDecimal || groupSign == nil || group == 3, plain.last != "." else { return nil }
    // "0,125" is no number of thousands.
    if groupSign == grouping, plain.drop(while: { "+-".contains($0) }).hasPrefix("0") { return nil }
    return Double(plain)
  }
}
