/// Reads rows of comma-separated values (RFC 4180) and its cousins.
///
/// Fields are separated by comma, semicolon or tab; a field in double quotes may hold delimiters,
/// line breaks and doubled quotes. Lines end with LF or CR LF. A byte order mark, blank lines, and
/// the line `sep=…` that Excel understands are skipped. A quote inside a field that does not start
/// with one is an ordinary character.
///
/// ```
/// US,"Ann          a quote that is left open: this row is an error,
/// DE,Bo            and reading goes on here, at the line after the row's first one,
/// FR,"Cy"          although the quote before Cy would close the field
/// ```
package struct DelimitedReader {
  /// What separates the fields, as given or as found in the first line.
  package let delimiter: Character

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var position: Int
  private var line = 1
  /// Where the line begins that `position` is in.
  private var lineStart = 0
  /// The row that is being read has a quote that was left open, so its end is not known.
  private var hasOpenQuote = false

  /// The longest field in bytes.
  package static let longestField = 1 << 20
  /// The most fields of a row.
  package static let mostFields = 1 << 16

  /// Reads the rows of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: the whole text, in UTF-8.
  ///   - path: the file it comes from, for errors.
  ///   - delimiter: an ASCII character; nil takes the one of comma, semicolon and tab that occurs
  ///     most often in the first line outside quotes.
  /// - Throws: `unusable` when the text is UTF-16.
  package init(
    bytes: [UInt8], path: String, delimiter: Character? = nil
  ) throws(FileError) {
    self.bytes = bytes
    self.path = path
    position = try lengthOfByteOrderMark(bytes, path: path)
    var first = Self.line(of: bytes, from: position)
    while first.isEmpty, first.upperBound < bytes.count {
      position = Self.afterLineEnd(first.upperBound, of: bytes)
      line += 1
      first = Self.line(of: bytes, from: position)
    }
    var separator = delimiter?.asciiValue
    precondition(delimiter == nil || separator != nil, "a delimiter is an ASCII character")
    if first.count == 5, bytes[first].starts(with: "sep=".utf8) {
      if separator == nil { separator = bytes[first.lowerBound + 4] }
      position = first.upperBound
      first = first.upperBound..<first.upperBound
    }
    self.separator = separator ?? Self.mostFrequentDelimiter(in: bytes[first])
    self.delimiter = Character(Unicode.Scalar(self.separator))
  }

  /// Reads rows without a header from the middle of a text, as `reader` does.
  ///
  /// - Parameters:
  ///   - bytes: whole lines.
  ///   - line: the number of the first.
  ///   - reader: of the same text.
  package init(rows bytes: [UInt8], from line: Int, as reader: DelimitedReader) {
    self.bytes = bytes
    path = reader.path
    separator = reader.separator
    delimiter = reader.delimiter
    position = 0
    self.line = line
  }

  /// Where the next row begins, or blank lines before it: the byte, and the number of its line.
  package var place: (offset: Int, line: Int) { (position, line) }

  /// The next row with the line it starts on; nil after the last.
  ///
  /// - Throws: `unusable` with line and column when a quoted field does not end, is followed by
  ///   other text, is not UTF-8 or too long, or when there are too many fields. The row is skipped
  ///   then, and the next call goes on after it.
  package mutating func next() throws(FileError) -> (line: Int, fields: [String])? {
    while position < bytes.count, isAtLineEnd { skipLineEnd() }
    guard position < bytes.count else { return nil }
    lineStart = position
    let start = (line: line, position: position)
    var fields: [String] = []
    var failure: FileError?
    hasOpenQuote = false
    repeat {
      do throws(FileError) {
        guard fields.count < Self.mostFields else {
          throw error(
            "the row has more than 65,536 fields", at: here, remedy: "Check the delimiters.")
        }
        fields.append(try field())
      } catch {
        failure = failure ?? error
        if !hasOpenQuote { skipToFieldEnd() }
      }
    } while !hasOpenQuote && skipSeparator()
    if hasOpenQuote {
      (line, position) = start
      while position < bytes.count, !isAtLineEnd { position += 1 }
    }
    skipLineEnd()
    if let failure { throw failure }
    return (start.line, fields)
  }

  /// Reads a field and stops at what ends it.
  private mutating func field() throws(FileError) -> String {
    let place = here
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      skipToFieldEnd()
      return try text(bytes[start..<position], at: place)
    }
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == byte else {
          guard isAtFieldEnd else {
            // Text behind a quote of a later line: there another field begins, and this one was never
            // closed.
            if line > place.line { break }
            throw error("text follows the closing quote of a field", at: here)
          }
          // So long and over several lines, it has rather swallowed other rows.
          hasOpenQuote = line > place.line && content.count > Self.longestField
          return try text(content[...], at: place)
        }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = position
      }
      // One byte more than is allowed is enough to know that it is too long.
      if content.count <= Self.longestField { content.append(byte) }
    }
    hasOpenQuote = true
    throw error("the quoted field that starts here does not end", at: place)
  }

  private func text(_ field: ArraySlice<UInt8>, at place: Place) throws(FileError) -> String {
    guard field.count <= Self.longestField else {
      throw error(
        "the field is longer than 1 MiB", at: place, remedy: "Look for a quote that is left open.")
    }
    guard let text = String(validating: field, as: UTF8.self) else {
      throw error("the field is not UTF-8", at: place, remedy: "Save the file as CSV UTF-8.")
    }
    return text
  }

  /// A line and a column, from 1; the column in bytes.
  private struct Place {
    var line: Int
    var column: Int
  }

  private var here: Place { Place(line: line, column: position - lineStart + 1) }

  private func error(
    _ what: String, at place: Place, remedy: String = "Correct the quotes of this row."
  ) -> FileError {
    FileError(
      kind: .unusable, path: path, line: place.line, column: place.column, what: what,
      remedy: remedy)
  }

  private var isAtLineEnd: Bool {
    bytes[position] == UInt8(ascii: "\n")
      || bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
        && bytes[position + 1] == UInt8(ascii: "\n")
  }

  private var isAtFieldEnd: Bool {
    position == bytes.count || bytes[position] == separator || isAtLineEnd
  }

  private mutating func skipToFieldEnd() {
    while !isAtFieldEnd { position += 1 }
  }

  private mutating func skipSeparator() -> Bool {
    guard position < bytes.count, bytes[position] == separator else { return false }
    position += 1
    return true
  }

  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    position = Self.afterLineEnd(position, of: bytes)
    line += 1
  }

  /// The line that starts at `start`, without its end.
  private static func line(of bytes: [UInt8], from start: Int) -> Range<Int> {
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
      return start..<bytes.count
    }
    return start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
  }

  private static func afterLineEnd(_ end: Int, of bytes: [UInt8]) -> Int {
    end + (bytes[end] == UInt8(ascii: "\r") ? 2 : 1)
  }

  private static func mostFrequentDelimiter(in line: ArraySlice<UInt8>) -> UInt8 {
    var counts = [0, 0, 0]
    let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let best = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    return candidates[best]
  }
}
