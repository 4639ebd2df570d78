import Files

/// Blocks of lines against the parser that reads one row with all care.
struct JSONLinesBlocks: FuzzTarget {
  let name = "json-lines"
  let longestInput = 8_192

  private static let fields = [["id", "key"], ["name"], ["quantity"]]
  private static let longestLine = 2_000

  func run(_ bytes: [UInt8]) {
    let padded = bytes + [UInt8](repeating: 0x20, count: JSONLinesParser.padding)
    var table = CellTable(fieldCount: Self.fields.count)
    let parser = JSONLinesParser(fields: Self.fields, laxFields: [1])
    parser.parse(
      padded.span, 0..<bytes.count, longestLine: Self.longestLine, into: &table)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
    expect(table.lineCount == count, "\(table.lineCount) lines of \(count)")
    let careful = JSONRowParser(fields: Self.fields)
    for (number, line) in table.rows.enumerated() {
      let outcome = careful.parse(bytes.span.extracting(line.range))
      expect(outcome == .object, "a row that is none")
      for field in Self.fields.indices {
        let cell = table.cells[number * Self.fields.count + field]
        let members = (0..<careful.count).filter { careful[$0].field == field }
        expect(members.count <= 1, "a plain row with a field twice")
        if cell.isEscaped {
          let end = Int(cell.offset) + Int(cell.length & ~CellTable.Cell.escaped)
          expect(field == 1 && bytes[end] == UInt8(ascii: "\""), "a text that ends elsewhere")
          expect(
            parser.unescaped(cell, in: padded.span)
              == members.last.flatMap { careful.string($0) }.map { Array($0.utf8) },
            "another text with escapes")
        } else {
          compare(cell, table, bytes, with: members.last, of: careful)
        }
      }
    }
    // Every line is a row, an odd one, or blank.
    let told = Set((table.rows + table.odd).map(\.number))
    expect(told.count == table.rows.count + table.odd.count, "a line that is told twice")
    for (number, line) in lines.prefix(count).enumerated() where !told.contains(number) {
      expect(!line.contains { $0 > UInt8(ascii: " ") }, "a line that is lost")
    }
  }

  private func compare(
    _ cell: CellTable.Cell, _ table: CellTable, _ bytes: [UInt8], with member: Int?,
    of row: JSONRowParser
  ) {
    guard let member, !row.isNull(member) else {
      return expect(!cell.isText && !cell.isNumber, "a cell without a value")
    }
    if cell.isNumber {
      expect(row.double(member) == table.numbers[Int(cell.offset)], "another number")
    } else {
      expect(
        cell.isText && row.string(member).map { Array($0.utf8) } == Array(bytes[cell.range]),
        "another text")
    }
  }
}
