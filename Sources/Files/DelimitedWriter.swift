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
  private let delimiter: Character
  private let lineEnd: String

  /// Writes rows to the end of `file`.
  ///
  /// - Parameters:
  ///   - file: where the rows go.
  ///   - delimiter: an ASCII character.
  ///   - usesCRLF: end lines with CR LF instead of LF.
  package init(_ file: OutputFile, delimiter: Character = ",", usesCRLF: Bool = false) {
    precondition(delimiter.isASCII, "a delimiter is an ASCII character")
    self.file = file
    self.delimiter = delimiter
    lineEnd = usesCRLF ? "\r\n" : "\n"
  }

  /// Writes a row of cells.
  package mutating func write(_ cells: [Cell]) throws(FileError) {
    try write(
      cells.map { cell in
        switch cell {
        case .text(let text): Self.neutralised(text)
        case .word(let word): word
        case .integer(let integer): String(integer)
        case .number(let number): number.isFinite ? JSONValue.number(number).serialized() : ""
        case .bool(let flag): flag ? "true" : "false"
        case .empty: ""
        }
      })
  }

  /// Writes a row of fields, quoted where needed and otherwise as they are.
  package mutating func write(_ fields: [String]) throws(FileError) {
    let row = fields.map { Self.field($0, delimiter: delimiter) }
      .joined(separator: String(delimiter))
    // A row of one empty field would be a blank line, which readers skip.
    try file.write((row.isEmpty && !fields.isEmpty ? "\"\"" : row) + lineEnd)
  }

  /// A field as it stands in a row: in quotes when it holds the delimiter, a quote, a line break,
  /// or white space at an end.
  package static func field(_ text: String, delimiter: Character = ",") -> String {
    let separator = delimiter.asciiValue
    let utf8 = text.utf8
    let isPlain =
      !utf8.contains { $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
      && utf8.first != UInt8(ascii: " ") && utf8.last != UInt8(ascii: " ")
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// A field that no spreadsheet takes for a formula.
  package static func textField(_ text: String, delimiter: Character = ",") -> String {
    field(neutralised(text), delimiter: delimiter)
  }

  /// The text with an apostrophe before a leading `=`, `+`, `-`, `@`, tab, CR or LF, also in their
  /// full-width forms.
  package static func neutralised(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
    else { return text }
    return "'" + text
  }
}
