internal import CSimdJSON

/// Reads blocks of JSON Lines into tables of cells, many rows with one call.
///
/// Belongs to one thread at a time. What is no plain row (`CellTable`) is for `JSONRowParser`, which
/// takes the same fields.
package final class JSONLinesParser: LinesParser {
  private let reader = JSONReader()
  private let fieldCount: Int
  private let laxFields: UInt64

  /// Makes a parser that tells some fields by number.
  ///
  /// - Parameters:
  ///   - fields: as for `JSONRowParser`; 1 to 64 of them.
  ///   - laxFields: whose texts may be `escaped`, because few of them are read.
  package init(fields: [[String]], laxFields: Set<Int> = []) {
    fieldCount = fields.count
    self.laxFields = laxFields.reduce(0) { $0 | 1 << UInt64($1) }
    for (field, names) in fields.enumerated() {
      for name in names { reader.addName(name, field: field) }
    }
  }

  /// What must follow a block.
  package static let padding = JSONReader.padding

  package func parse(
    _ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int, into table: inout CellTable
  ) {
    precondition(table.fieldCount == fieldCount, "a table has the fields of its parser")
    precondition(range.upperBound + Self.padding <= block.count, "a block needs padding")
    table.removeAll()
    reader.parseLines(block, range, longestLine: longestLine, laxFields, into: &table)
  }

  package func unescaped(_ cell: CellTable.Cell, in text: Span<UInt8>) -> [UInt8]? {
    reader.string(text, at: Int(cell.offset))
  }
}

extension JSONReader {
  /// The text of the string whose first byte behind the quote stands at `start`.
  fileprivate func string(_ text: Span<UInt8>, at start: Int) -> [UInt8]? {
    precondition(start > 0 && start < text.count, "a string has a quote before it")
    return unsafe text.withUnsafeBufferPointer { bytes in
      var found: UnsafePointer<UInt8>?
      var count = 0
      // SAFETY: a byte lies before `start`, and `count` bytes are left from there on; what is found is the
      // reader's until its next call, and is copied here.
      let code = unsafe csj_read_string(
        handle, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start, &found, &count)
      guard code == 0 else { return nil }
      return unsafe Array(UnsafeBufferPointer(start: found, count: count))
    }
  }

  fileprivate func parseLines(
    _ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int, _ laxFields: UInt64,
    into table: inout CellTable
  ) {
    let fieldCount = table.fieldCount
    var found = unsafe csj_table()
    // SAFETY: the caller checked that `padding` bytes follow the range.
    let code = unsafe block.withUnsafeBufferPointer { bytes in
      unsafe csj_parse_lines(
        handle, bytes.baseAddress.map { unsafe $0 + range.lowerBound }, range.count, fieldCount,
        longestLine, laxFields, &found)
    }
    precondition(code == 0, "no memory for JSON")
    // SAFETY: the tables are the reader's until the next call, and each has as many elements as the
    // count beside it says.
    unsafe table.append(found)
  }
}

extension CellTable {
  /// Copies what the reader holds.
  @unsafe mutating func append(_ found: csj_table) {
    let cellCount = unsafe found.row_count * fieldCount
    cells.reserveCapacity(cellCount)
    for index in 0..<cellCount {
      let cell = unsafe found.cells[index]
      cells.append(Cell(offset: cell.offset, length: cell.length))
    }
    unsafe numbers.append(
      contentsOf: UnsafeBufferPointer(start: found.numbers, count: found.number_count))
    for index in 0..<(unsafe found.row_count) { rows.append(Line(unsafe found.rows[index])) }
    for index in 0..<(unsafe found.odd_count) { odd.append(Line(unsafe found.odd[index])) }
    for index in 0..<(unsafe found.unknown_count) {
      let key = unsafe found.unknown[index]
      unsafe unknownKeys.append(
        (Array(UnsafeBufferPointer(start: key.key, count: key.length)), key.count))
    }
    unknownKeys.sort { $0.key.lexicographicallyPrecedes($1.key) }
    lineCount = unsafe found.line_count
  }
}

extension CellTable.Line {
  fileprivate init(_ line: csj_line) {
    let start = Int(line.offset)
    self.init(
      number: Int(line.number), row: Int(line.row), range: start..<start + Int(line.length))
  }
}
