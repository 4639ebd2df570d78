import TestSupport
import Testing

@testable import Files

struct DelimitedLinesParserTests {
  private func layout(_ columns: Int, number: Int? = nil) -> DelimitedLayout {
    DelimitedLayout(
      separator: UInt8(ascii: ","), fields: (0..<Int32(columns)).map { $0 }, fieldCount: columns,
      numberFields: number.map { [$0] } ?? [], dateFields: [])
  }

  private func padded(_ text: String) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: UInt8(ascii: "\""), count: JSONLinesParser.padding)
  }

  private func table(
    _ text: String, _ layout: DelimitedLayout, longestLine: Int = 1 << 20
  ) -> CellTable {
    var table = CellTable(fieldCount: layout.fieldCount)
    DelimitedLinesParser(layout).parse(
      padded(text).span, 0..<text.utf8.count, longestLine: longestLine, into: &table)
    return table
  }

  /// Rows as texts, numbers written out, "-" for none; then the odd lines with their numbers.
  private func parsed(_ text: String, _ layout: DelimitedLayout) -> (
    rows: [[String]], odd: [String], lineCount: Int
  ) {
    let bytes = padded(text)
    let table = table(text, layout)
    let cells = table.cells.map { cell in
      cell.isNumber
        ? "\(table.numbers[Int(cell.offset)])"
        : cell.isText ? String(decoding: bytes[cell.range], as: UTF8.self) : "-"
    }
    return (
      table.rows.indices.map {
        Array(cells[$0 * layout.fieldCount..<($0 + 1) * layout.fieldCount])
      },
      table.odd.map {
        "\($0.number) \($0.row) " + String(decoding: bytes[$0.range], as: UTF8.self)
      },
      table.lineCount
    )
  }

  @Test func `cuts lines into cells`() {
    let (rows, odd, lineCount) = parsed(
      "a,b,1.5\n\r\n\"x,\r\",\"\",2\r\na,b\nc,d,3,\n", layout(3, number: 2))
    #expect(
      rows == [["a", "b", "1.5"], ["x,\r", "", "2.0"], ["a", "b", "-"], ["c", "d", "3.0"]])
    #expect(odd.isEmpty)
    #expect(lineCount == 5)
  }

  @Test(
    arguments: [
      "\"a\"\"b\",c", "a,b,c", "a,-1", "a,+1", "a,1e5", "a,.5", "a,5.", "a, 5", "a,",
    ])
  func `leaves a line that is not plain, and no other`(line: String) {
    let (rows, odd, _) = parsed("x,1\n\(line)\ny,2\n", layout(2, number: 1))
    #expect(rows == [["x", "1.0"], ["y", "2.0"]])
    #expect(odd == ["1 1 \(line)"])
  }

  @Test func `a text of a lax field may have doubled quotes, and is read when asked for`() throws {
    var lax = layout(2)
    lax.laxFields = [0]
    let text = "\"a\"\"b\",c\nd,\"e\"\"f\"\n\"\"\"\"\"\",\n"
    let bytes = padded(text)
    var table = CellTable(fieldCount: 2)
    let parser = DelimitedLinesParser(lax)
    parser.parse(bytes.span, 0..<text.utf8.count, longestLine: 100, into: &table)
    #expect(table.rows.map(\.number) == [0, 2])
    #expect(table.odd.map(\.number) == [1])
    #expect(table.cells[0].isEscaped)
    #expect(table.cells[1].isText)
    #expect(parser.unescaped(table.cells[0], in: bytes.span) == Array("a\"b".utf8))
    #expect(parser.unescaped(table.cells[2], in: bytes.span) == Array("\"\"".utf8))
  }

  @Test(
    arguments: [
      "\"a\"b,1", "a,\"1", "\"a,1\nb\",2", "a,\"1,5\"", "a,1.000.000", "\"a\"\rb,1",
      "aaaaaaaaaaaaaaaaaaaaaaa,1",
    ])
  func `a line that is no row by itself, or tells about others, leaves no table`(line: String) {
    let plain = table("x,1\n", layout(2, number: 1), longestLine: 20)
    #expect(!plain.evidence.mustBeReadCarefully)
    #expect(plain.rows.count == 1)
    let table = table("x,1\n\(line)\ny,2\n", layout(2, number: 1), longestLine: 20)
    #expect(table.evidence.mustBeReadCarefully)
    #expect(table.rows.isEmpty)
    #expect(table.odd.isEmpty)
  }

  @Test func `bytes that are no UTF-8 leave no table`() {
    var table = CellTable(fieldCount: 2)
    let bytes = Array("x,1\na".utf8) + [0xE4] + Array(",2\n".utf8)
    DelimitedLinesParser(layout(2)).parse(
      (bytes + [UInt8](repeating: 0, count: 64)).span, 0..<bytes.count, longestLine: 99,
      into: &table)
    #expect(table.evidence.mustBeReadCarefully)
  }

  @Test(
    arguments: [
      ("1", false, false), ("1.5", true, false), ("1.500", false, true), (".125", false, true),
      ("none", false, false), ("1.5\nx,1.500", true, true),
    ])
  func `tells which decimals the numbers have`(
    number: String, hasDecimals: Bool, hasThreeDecimals: Bool
  ) {
    let evidence = table("x,\(number)\n", layout(2, number: 1)).evidence
    #expect(evidence.hasDecimals == hasDecimals)
    #expect(evidence.hasThreeDecimals == hasThreeDecimals)
    #expect(evidence.isAmbiguous == (hasThreeDecimals && !hasDecimals))
  }

  /// Quotes, separators and line ends at all places of the 64 bytes that are looked at together.
  @Test(arguments: 0..<70) func `quotes are seen across the edges of words`(length: Int) {
    let text = String(repeating: "t", count: length)
    var lax = layout(3)
    lax.laxFields = [0, 1, 2]
    for line in [
      "\(text),\"\",\"a,b\"\n", "\"\(text)\"\"\",x,\"\"\n", "in\"\(text)\"side,a\"b,c\r\n",
      "\"\(text)\",\"\",\"\"\r\n",
    ] {
      let (rows, odd, count) = parsed(line + "x,y,z", lax)
      #expect(rows.count == 2, "\(line)")
      #expect(rows.last == ["x", "y", "z"])
      #expect(odd.isEmpty)
      #expect(count == 2)
    }
    #expect(table("\"\(text)\nx,y\"\n", lax).evidence.mustBeReadCarefully)
    #expect(table("\"\(text)\"x,y\n", lax).evidence.mustBeReadCarefully)
  }

  @Test(
    arguments: [
      "0", "0.1", "123456789012345678", "0.3333333333333333", "179769313486231570000000000000.5",
      "9007199254740993", "0.000000000000000001", "100.000",
    ])
  func `reads numbers as the text says, exactly rounded`(number: String) {
    #expect(
      parsed("a,\(number)\n", layout(2, number: 1)).rows == [["a", "\(Double(number) ?? -1)"]])
  }

  /// Field ends at all places of the 64 bytes that are looked at together.
  @Test(arguments: 0..<140) func `finds the ends of long fields`(length: Int) {
    let text = String(repeating: "t", count: length)
    let lines = "\(text),\"\(text)\"\r\n\"\(text),\",\(text)\n"
    let (rows, odd, _) = parsed(lines, layout(2))
    #expect(rows == [[text, text], [text + ",", text]])
    #expect(odd.isEmpty)
  }

  /// Each line alone gives what the reader of rows gives, or is odd.
  @Test(arguments: UInt64(1)...20) func `agrees with the reader of rows`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", ",", "\"", "\r", "\n", "\"\"", ",\"", "\",", "é", "\r\n", "1.5"]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }.joined()
      if table(text, layout(4), longestLine: 99).evidence.mustBeReadCarefully { continue }
      let (rows, odd, _) = parsed(text, layout(4))
      var reader = try DelimitedReader(bytes: Array("h\n\(text)".utf8), path: "", delimiter: ",")
      _ = try reader.next()
      var wanted: [[String]] = []
      var oddCount = 0
      while let row = try reader.next() {
        if row.fields.count > 4,
          row.fields[4...].contains(where: { !$0.isEmpty })
            || row.fields.contains(where: { $0.contains("\"") })
        {
          oddCount += 1
        } else {
          wanted.append(
            row.fields.prefix(4) + Array(repeating: "-", count: max(0, 4 - row.fields.count)))
        }
      }
      // A quote inside a field is plain when the field does not begin with one.
      #expect(rows.count + odd.count == wanted.count + oddCount)
      #expect(
        rows.filter { row in !row.contains { $0.contains("\"") } }
          == wanted.filter { row in !row.contains { $0.contains("\"") } })
    }
  }
}
