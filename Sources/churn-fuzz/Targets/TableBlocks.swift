import Files

/// Blocks of delimited lines against the reader of rows.
struct TableBlocks: FuzzTarget {
  let name = "tables"
  let longestInput = 8_192

  private static let fieldCount = 4
  private static let layout = DelimitedLayout(
    separator: UInt8(ascii: ","), fields: [0, 1, -1, 2, 3], fieldCount: fieldCount,
    numberFields: [1], dateFields: [2], laxFields: [3])
  private static let longestLine = 2_000

  func run(_ bytes: [UInt8]) {
    let padded = bytes + [UInt8](repeating: 0x20, count: JSONLinesParser.padding)
    let parser = DelimitedLinesParser(Self.layout)
    var table = CellTable(fieldCount: Self.fieldCount)
    parser.parse(padded.span, 0..<bytes.count, longestLine: Self.longestLine, into: &table)
    guard !table.evidence.mustBeReadCarefully else {
      return expect(table.rows.isEmpty && table.odd.isEmpty, "rows that are not to be used")
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
    expect(table.lineCount == count, "\(table.lineCount) lines of \(count)")
    let told = Set((table.rows + table.odd).map(\.number))
    expect(told.count == table.rows.count + table.odd.count, "a line that is told twice")
    for (number, line) in lines.prefix(count).enumerated() where !told.contains(number) {
      expect(line.isEmpty || line == [0x0D], "a line that is lost")
    }
    for (number, line) in table.rows.enumerated() {
      guard let row = Self.row(bytes[line.range]) else {
        expect(false, "a row that the reader of rows refuses")
        return
      }
      for (column, field) in [(0, 0), (1, 1), (3, 2), (4, 3)] {
        let cell = table.cells[number * Self.fieldCount + field]
        let wanted = column < row.count ? Array(row[column].utf8) : nil
        if cell.isNumber {
          expect(
            wanted.flatMap { Double(String(decoding: $0, as: UTF8.self)) }
              == table.numbers[Int(cell.offset)], "another number")
        } else if cell.isEscaped {
          expect(parser.unescaped(cell, in: padded.span) == wanted, "another text with quotes")
        } else {
          expect((cell.isText ? Array(bytes[cell.range]) : nil) == wanted, "another text")
        }
      }
    }
  }

  /// The fields of a line, behind a header that keeps its first bytes from meaning something.
  private static func row(_ line: ArraySlice<UInt8>) -> [String]? {
    let bytes = Array("a,b,c,d,e\n".utf8) + line
    guard var reader = try? DelimitedReader(bytes: bytes, path: "", delimiter: ",") else {
      return nil
    }
    do throws(FileError) {
      guard try reader.next() != nil else { return nil }
      return try reader.next()?.fields
    } catch {
      return nil
    }
  }
}
