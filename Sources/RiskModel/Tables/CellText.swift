// What one cell of a table says, before its column is known.
//
//     unknown      empty, NA, N/A, n/a, NaN, nan, NULL, null
//     number       12   -0.5   +1e3   .5          and 12,5 in a table separated by semicolons
//     infinite     inf, Infinity in any case and with a sign; a number beyond 1.8e308
//     text         everything else, hexadecimal numbers included

/// What a cell holds when it is read as a number.
enum NumberCell: Equatable {
  case unknown
  /// Finite.
  case number(Double)
  case infinite
  case text
}

/// How numbers are written in a table.
struct NumberGrammar: Sendable, Equatable {
  /// Whether one comma may stand for the decimal point.
  ///
  /// Spreadsheets in countries that write it so separate cells by semicolons. Between tabs a comma
  /// may as well group thousands: there it makes the cell text.
  let allowsDecimalComma: Bool

  init(delimiter: Character) { allowsDecimalComma = delimiter == ";" }

  /// Reads a cell without white space around it.
  func callAsFunction(_ cell: String) -> NumberCell {
    guard !isUnknown(cell) else { return .unknown }
    if let number = decimal(cell) { return number.isFinite ? .number(number) : .infinite }
    return Self.isInfinityWord(cell) ? .infinite : .text
  }

  private func decimal(_ cell: String) -> Double? {
    var commas = 0
    for byte in cell.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        continue
      case UInt8(ascii: ","): commas += 1
      default: return nil
      }
    }
    guard commas > 0 else { return Double(cell) }
    guard allowsDecimalComma, commas == 1, !cell.utf8.contains(UInt8(ascii: ".")) else {
      return nil
    }
    return Double(String(cell.map { $0 == "," ? "." : $0 }))
  }

  private static func isInfinityWord(_ cell: String) -> Bool {
    let unsigned = cell.first == "+" || cell.first == "-" ? cell.dropFirst() : cell[...]
    return ["inf", "infinity"].contains(unsigned.lowercased())
  }
}

/// Whether a cell without white space around it means that the value is not known.
func isUnknown(_ cell: String) -> Bool {
  switch cell {
  case "", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null": true
  default: false
  }
}

extension String {
  /// The text without spaces, tabs and line breaks at either end.
  var withoutOuterSpace: String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else {
      return self
    }
    guard let start = utf8.firstIndex(where: { !isSpace($0) }),
      let end = utf8.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(self[start...end])
  }
}
