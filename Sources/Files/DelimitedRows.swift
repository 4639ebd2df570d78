/// Rows of comma-separated values (RFC 4180) as bytes, cell by cell.
///
/// Whoever writes many rows makes them here, on all threads, and hands the bytes to an `OutputFile`.
package struct DelimitedRows: Sendable {
  /// The rows so far.
  package private(set) var bytes: [UInt8] = []
  private let delimiter: UInt8
  private let lineEnd: [UInt8]
  private var isAtStart = true
  /// Where the row that is being made begins.
  private var rowStart = 0

  /// - Parameters:
  ///   - delimiter: an ASCII character.
  ///   - usesCRLF: end lines with CR LF instead of LF.
  package init(delimiter: Character = ",", usesCRLF: Bool = false) {
    guard let ascii = delimiter.asciiValue else {
      preconditionFailure("a delimiter is an ASCII character")
    }
    self.delimiter = ascii
    lineEnd = Array((usesCRLF ? "\r\n" : "\n").utf8)
  }

  /// Adds a number, written as in JSON; NaN and infinity leave the cell empty.
  package mutating func append(_ number: Double) {
    beginCell()
    if number.isFinite { JSONText.append(number, to: &bytes) }
  }

  /// Adds a whole number.
  package mutating func append(_ integer: Int) {
    beginCell()
    JSONText.append(integer, to: &bytes)
  }

  /// Adds a field, quoted where needed and otherwise as it is.
  package mutating func append(field: String) { append(field, keepsNUL: true) }

  /// Adds text from outside: no spreadsheet takes it for a formula, and no reader stops at a NUL in it.
  package mutating func append(outside text: String) {
    append(DelimitedWriter.neutralised(text), keepsNUL: false)
  }

  private mutating func append(_ field: String, keepsNUL: Bool) {
    beginCell()
    let (from, quote) = (bytes.count, UInt8(ascii: "\""))
    bytes.append(contentsOf: field.utf8)
    let added = bytes[from...]
    let isPlain =
      !added.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D || $0 == 0 }
      && added.first != UInt8(ascii: " ") && added.last != UInt8(ascii: " ")
    if isPlain { return }
    let quoted = added.lazy.filter { keepsNUL || $0 != 0 }
      .flatMap { $0 == quote ? [quote, quote] : [$0] }
    bytes.replaceSubrange(from..., with: [quote] + quoted + [quote])
  }

  /// Adds bytes that are a cell already.
  package mutating func append(cell: [UInt8]) {
    beginCell()
    bytes.append(contentsOf: cell)
  }

  /// Ends the row.
  package mutating func endRow() {
    // A row of one empty field would be a blank line, which readers skip.
    if bytes.count == rowStart, !isAtStart { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(contentsOf: lineEnd)
    isAtStart = true
    rowStart = bytes.count
  }

  private mutating func beginCell() {
    if !isAtStart { bytes.append(delimiter) }
    isAtStart = false
  }
}
