/// Reads rows of comma-separated values (RFC 4180) and its cousins.
///
/// Fields are separated by comma, semicolon or tab; a field in double quotes may hold delimiters,
/// line breaks and doubled quotes. Lines end with LF or CR LF. A byte order mark, blank lines, and
/// the line `sep=…` that Excel understands are skipped. A quote inside a field that does not start
/// with one is an ordinary character.
package struct DelimitedReader {
  /// What separates the fields, as given or as found in the first line.
  package let delimiter: Character

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var position: Int
  private var line = 1

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
    var first = Self.firstLine(of: bytes, from: position)
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

  /// The next row with the line it starts on; nil after the last.
  ///
  /// - Throws: `unusable` with line and column when a quoted field does not end, is followed by
  ///   other text, or is not UTF-8. The row is skipped then, and the next call goes on after it.
  package mutating func next() throws(FileError) -> (line: Int, fields: [String])? {
    while position < bytes.count, isAtLineEnd { skipLineEnd() }
    guard position < bytes.count else { return nil }
    let start = (line: line, position: position)
    var fields: [String] = []
    var failure: FileError?
    repeat {
      do throws(FileError) {
        fields.append(try field(from: start.position))
      } catch {
        failure = failure ?? error
        skipToFieldEnd()
      }
    } while skipSeparator()
    skipLineEnd()
    if let failure { throw failure }
    return (start.line, fields)
  }

  /// Reads a field and stops at what ends it.
  private mutating func field(from rowStart: Int) throws(FileError) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      skipToFieldEnd()
      return try text(bytes[start..<position], at: start, line: line)
    }
    let start = (line: line, position: position)
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == byte else {
          guard isAtFieldEnd else {
            throw error("text follows the closing quote of a field", at: position, line: line)
          }
          return try text(content[...], at: start.position, line: start.line)
        }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      content.append(byte)
    }
    throw error(
      "the quoted field that starts here does not end", at: start.position, line: start.line)
  }

  private func text(_ field: ArraySlice<UInt8>, at offset: Int, line: Int) throws(FileError)
    -> String
  {
    guard let text = String(validating: field, as: UTF8.self) else {
      throw error(
        "the field is not UTF-8", at: offset, line: line, remedy: "Save the file as CSV UTF-8.")
    }
    return text
  }

  private func error(
    _ what: String, at offset: Int, line: Int, remedy: String = "Correct the quotes of this row."
  ) -> FileError {
    let lineStart = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return FileError(
      kind: .unusable, path: path, line: line, column: offset - lineStart + 1, what: what,
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
    position += bytes[position] == UInt8(ascii: "\r") ? 2 : 1
    line += 1
  }

  private static func firstLine(of bytes: [UInt8], from start: Int) -> Range<Int> {
    var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
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
