/// Writes rows of comma-separated values (RFC 4180).
///
/// Text that comes from outside goes through `textField`, because a spreadsheet runs a cell that
/// starts like a formula (OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection).
package struct DelimitedWriter {
  /// One cell of a row.
  package enum Cell: Sendable, Hashable {
    /// Text from outside: neutralised.
    case text(String)
    /// A word of our own, such as a day, an id or a status.
    case word(String)
    case integer(Int)
    /// Written as in JSON; NaN and infinity leave the cell empty.
    case number(Double)
    case bool(Bool)
    case empty
  }

  private var file: OutputFile
  private let empty: DelimitedRows

  /// Writes rows to the end of `file`.
  ///
  /// - Parameters:
  ///   - file: where the rows go.
  ///   - delimiter: an ASCII character.
  ///   - usesCRLF: end lines with CR LF instead of LF.
  package init(_ file: OutputFile, delimiter: Character = ",", usesCRLF: Bool = false) {
    self.file = file
    empty = DelimitedRows(delimiter: delimiter, usesCRLF: usesCRLF)
  }

  /// Writes a row of cells.
  package mutating func write(_ cells: [Cell]) throws(FileError) {
    var row = empty
    for cell in cells { row.append(cell) }
    row.endRow()
    try file.write(row.bytes)
  }

  /// Writes a row of fields, quoted where needed and otherwise as they are.
  package mutating func write(_ fields: [String]) throws(FileError) {
    try write(fields.map { .word($0) })
  }

  /// Writes rows that were made elsewhere.
  package mutating func write(_ rows: DelimitedRows) throws(FileError) {
    try file.write(rows.bytes)
  }

  /// A field as it stands in a row: in quotes when it holds the delimiter, a quote, a line break,
  /// or white space at an end.
  package static func field(_ text: String, delimiter: Character = ",") -> String {
    var rows = DelimitedRows(delimiter: delimiter)
    rows.append(field: text)
    return String(decoding: rows.bytes, as: UTF8.self)
  }

  /// A field that no spreadsheet takes for a formula.
  package static func textField(_ text: String, delimiter: Character = ",") -> String {
    var rows = DelimitedRows(delimiter: delimiter)
    rows.append(outside: text)
    return String(decoding: rows.bytes, as: UTF8.self)
  }

  /// The text with an apostrophe before a leading `=`, `+`, `-`, `@`, tab, CR or LF, also in their
  /// full-width forms, and without NUL before it.
  package static func neutralised(_ text: String) -> String {
    // Nearly every text begins with another ASCII character.
    guard let byte = text.utf8.first, byte >= 0x80 || Self.isLeader(byte) else { return text }
    guard byte != 0 else {
      return neutralised(String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == "\0" })))
    }
    guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
    else { return text }
    return "'" + text
  }

  private static func isLeader(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
      0x0D, 0:
      true
    default: false
    }
  }
}

extension DelimitedRows {
  /// Adds a cell; text from outside is neutralised.
  package mutating func append(_ cell: DelimitedWriter.Cell) {
    switch cell {
    case .text(let text): append(outside: text)
    case .word(let word): append(field: word)
    case .integer(let integer): append(integer)
    case .number(let number): append(number)
    case .bool(let flag): append(field: flag ? "true" : "false")
    case .empty: append(field: "")
    }
  }
}
