import TestSupport
import Testing

@testable import Files

struct JSONLinesParserTests {
  private static let fields = [["id", "key"], ["name"], ["quantity"]]

  /// A table and the block it refers to.
  private static func table(
    _ text: String, longestLine: Int = 1_000
  ) -> (table: CellTable, block: [UInt8]) {
    let bytes = Array(text.utf8)
    let block = bytes + [UInt8](repeating: 0x20, count: JSONLinesParser.padding)
    var table = CellTable(fieldCount: fields.count)
    let parser = JSONLinesParser(fields: fields)
    // Twice, because the second time the parser knows the keys.
    for _ in 0..<2 {
      parser.parse(block.span, 0..<bytes.count, longestLine: longestLine, into: &table)
    }
    return (table, block)
  }

  /// The cells of each row: texts as they are, numbers after a #, nothing as a dash.
  private static func shown(_ text: String) -> [[String]] {
    let (table, block) = table(text)
    return table.rows.indices.map { row in
      (0..<table.fieldCount).map { field in
        let cell = table.cells[row * table.fieldCount + field]
        if cell.isNumber { return "#\(table.numbers[Int(cell.offset)])" }
        return cell.isText ? String(decoding: block[cell.range], as: UTF8.self) : "-"
      }
    }
  }

  @Test func `plain rows become cells, whatever the order and case of their keys`() {
    #expect(
      Self.shown(
        """
        {"id":"A","name":"é 日本","quantity":1}
        {"Quantity": -2.5e3, "KEY" : "B" }\r
        {"name":null,"id":""}
        {}
        """) == [
          ["A", "é 日本", "#1.0"], ["B", "-", "#-2500.0"], ["", "-", "-"], ["-", "-", "-"],
        ])
  }

  @Test func `says which line each row and each odd line is`() {
    let (table, block) = Self.table("\n{\"id\":\"A\"}\n  \nnonsense\r\n{\"id\":\"B\"}")
    #expect(table.lineCount == 5)
    #expect(table.rows.map(\.number) == [1, 4])
    #expect(table.rows.map(\.row) == [0, 1])
    #expect(table.odd.map(\.number) == [3])
    #expect(table.odd.map(\.row) == [1])
    #expect(table.odd.map { String(decoding: block[$0.range], as: UTF8.self) } == ["nonsense"])
  }

  @Test(arguments: [
    #"{"id":"a\u0041"}"#, #"{"id":"a\"b"}"#, #"{"i\u0064":"a"}"#, #"{"id":"a","id":"b"}"#,
    #"{"id":"a","key":"b"}"#, #"{"id":true}"#, #"{"id":["a"]}"#, #"{"id":{}}"#,
    #"{"other":[1,2]}"#, #"[1]"#, #""text""#, #"{"id":"a"} {"#, #"{"id":"a"},"#, #"{"id":"a""#,
    #"{"id":"a}"#, #"{"id" "a"}"#, #"{"id":nul}"#, #"{"id":null1}"#, #"{"quantity":1.}"#,
    #"{"quantity":01}"#, #"{"quantity":1e999}"#, #"{"quantity":NaN}"#, #"{"quantity":1 2}"#,
    #"{"quantity":18446744073709551616}"#, #"{"other":tru}"#, #"{"other":truefalse}"#,
    "{\"id\":\"a\tb\"}", "{\"id\":\"a\u{0}b\"}", #"{"id":"a"}}"#, #"{,"id":"a"}"#,
    #"{"id":"name":"b"}"#, #"{"id":null:1}"#, #"{"x":true:1}"#, #"{"quantity":1:1}"#,
    #"{"id":"a",}"#, #"{"id":}"#, #"{id:"a"}"#, #"{"id":"a" "name":"b"}"#,
  ])
  func `leaves what is not plain to the parser of rows`(line: String) {
    let (table, _) = Self.table("{\"id\":\"before\"}\n\(line)\n{\"id\":\"behind\"}\n")
    #expect(table.rows.map(\.number) == [0, 2])
    #expect(table.odd.map(\.number) == [1])
  }

  /// simdjson's on-demand parser made 0.097 of the first one.
  @Test(arguments: [
    "0.65066683570170272962", "0.8888888888888888888888888801", "-0.57555954121699039755e11",
    "0.0000000000000000000001", "23.99999999999999999999999999",
  ])
  func `a number with more digits than a word holds is read with all care`(number: String) throws {
    let line = "{\"id\":\"A\",\"quantity\":\(number)}"
    let (table, _) = Self.table("{\"id\":\"A\",\"quantity\":1}\n\(line)\n{\"quantity\":2}")
    #expect(table.odd.map(\.number) == [1] && table.numbers == [1, 2])
    let row = JSONRowParser(fields: Self.fields)
    #expect(row.parse(Array(line.utf8).span) == .object)
    #expect(row.double(1) == Double(number))
  }

  @Test(arguments: UInt64(1)...8)
  func `numbers of any length are the nearest ones, or left to the parser of rows`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(random.next() % 10)) })
      }
      var number = random.next() % 3 == 0 ? "-" : ""
      number +=
        random.next() % 2 == 0 ? "0" : "\(1 + random.next() % 9)" + digits(Int(random.next() % 20))
      number += "." + digits(1 + Int(random.next() % 28))
      if random.next() % 4 == 0 { number += "e\(Int(random.next() % 40) - 20)" }
      let (table, _) = Self.table("{\"quantity\":\(number)}")
      if let read = table.numbers.first {
        #expect(read == Double(number), "\(number)")
      } else {
        #expect(table.odd.count == 1, "\(number)")
      }
    }
  }

  @Test func `a line of invalid UTF-8 is odd, its neighbours are rows`() {
    let good = Array("{\"id\":\"x\"}\n".utf8)
    var bytes = good + Array("{\"id\":\"".utf8) + [0xC3, 0x28] + Array("\"}\n".utf8) + good
    let count = bytes.count
    bytes += [UInt8](repeating: 0x20, count: JSONLinesParser.padding)
    var table = CellTable(fieldCount: 3)
    JSONLinesParser(fields: Self.fields)
      .parse(bytes.span, 0..<count, longestLine: 100, into: &table)
    #expect(table.rows.map(\.number) == [0, 2])
    #expect(table.odd.map(\.number) == [1])
  }

  @Test func `a line longer than allowed is odd`() {
    let line = "{\"id\":\"\(String(repeating: "x", count: 50))\"}"
    #expect(Self.table("\(line)\n", longestLine: line.utf8.count).table.odd.isEmpty)
    #expect(Self.table("\(line)\n", longestLine: line.utf8.count - 1).table.odd.count == 1)
  }

  @Test func `counts keys that no field goes by, in plain rows only`() {
    let (table, _) = Self.table(
      """
      {"id":"A","extra":1,"more":true}
      {"extra":"x","id":"B"}
      {"extra":[1],"id":"C"}
      """)
    #expect(table.unknownKeys.map { String(decoding: $0.key, as: UTF8.self) } == ["extra", "more"])
    #expect(table.unknownKeys.map(\.count) == [2, 1])
  }

  @Test(arguments: UInt64(1)...8)
  func `agrees with the parser of rows on random lines`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\"id\"", "\"name\"", "\"quantity\"", "\"x\"",
      "\"id\":\"A\"", "\"quantity\":1.5", "\"quantity\":-0", "null", "true", "1", "-", "1e5",
      " ", "\t", "é", "\u{1}", "\"key\":null", "\"name\":\"\"", "123456789012345678901",
    ]
    var lines: [String] = []
    for _ in 0..<3_000 {
      var line = "{\"id\":\"A\",\"name\":\"B\",\"quantity\":2}"
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        var characters = Array(line)
        let place = Int.random(in: 0...characters.count, using: &generator)
        let removed = Int.random(in: 0...2, using: &generator)
        characters.replaceSubrange(
          place..<min(characters.count, place + removed), with: Array(piece))
        line = String(characters)
      }
      lines.append(line)
    }
    let (table, block) = Self.table(lines.joined(separator: "\n"))
    let parser = JSONRowParser(fields: Self.fields)
    #expect(table.rows.count > 500)
    #expect(table.odd.count > 500)
    for row in table.rows.indices {
      let line = lines[table.rows[row].number]
      #expect(parser.parse(Array(line.utf8).span) == .object, "\(line)")
      for field in 0..<table.fieldCount {
        let cell = table.cells[row * table.fieldCount + field]
        let index = parser.index(ofField: field)
        if cell.isNumber {
          let number = try #require(index.flatMap { parser.double($0) }, "\(line)")
          #expect(table.numbers[Int(cell.offset)] == number, "\(line)")
        } else if cell.isText {
          let text = index.flatMap { parser.string($0) }
          #expect(String(decoding: block[cell.range], as: UTF8.self) == text, "\(line)")
        } else {
          #expect(index.map { parser.isNull($0) } ?? true, "\(line)")
        }
      }
    }
  }

  @Test(
    arguments: [
      (#"x\"y"#, true), (#"\\"#, true), (#"\/\b\f\n\r\t"#, true), (#"é\\"#, true),
      (#"\u0041"#, false),
      (#"\x"#, false), (#"\"#, false), ("\\\u{0}", false), (#"plain"#, true),
    ])
  func `a text of a field that nobody reads may have escapes`(text: String, isRow: Bool) {
    let lines = "{\"id\":\"A\",\"name\":\"B\"}\n{\"id\":\"C\",\"name\":\"\(text)\"}\n"
    let count = lines.utf8.count
    let block = Array(lines.utf8) + [UInt8](repeating: 0x20, count: JSONLinesParser.padding)
    var table = CellTable(fieldCount: 3)
    JSONLinesParser(fields: Self.fields, laxFields: [1])
      .parse(block.span, 0..<count, longestLine: 1_000, into: &table)
    #expect(table.rows.count == (isRow ? 2 : 1))
    #expect(table.odd.count == (isRow ? 0 : 1))
    if isRow { #expect(table.cells[4].isEscaped == (text != "plain")) }
    JSONLinesParser(fields: Self.fields, laxFields: [0])
      .parse(block.span, 0..<count, longestLine: 1_000, into: &table)
    #expect(table.rows.count == (text == "plain" ? 2 : 1))
  }

  /// Lines of one pattern, some with a few bytes changed: a parser that has seen the lines before it
  /// takes each as one does that has seen none.
  @Test(arguments: UInt64(1)...16)
  func `takes a line as if there were no others`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = [
      "\"A\"", "\"\"", "\"é 日本\"", "null", "true", "1", "0", "27.125", "01", "1.", "-1", "1e3",
      "123456789012345678", "1234567890123456789", "9007199254740993", "0.1", "\"a\\\"b\"", "[1]",
      "\"\(String(repeating: "long ", count: 9))\"",
    ]
    let noise = Array("\"\\,:{}[] 0.\t\u{0}a".utf8) + [0x80, 0xC3, 0xFF]
    let keys = ["id", "note", "name", seed % 2 == 0 ? "Quantity" : "quantity"]
    var lines: [[UInt8]] = []
    for number in 0..<300 {
      let isOther = number / 40 % 2 == 1
      let members = (isOther ? keys.reversed() : keys).map { key in
        "\"\(key)\":\(isOther ? " " : "")\(values[Int.random(in: 0..<values.count, using: &generator)])"
      }
      var line = Array("{\(members.joined(separator: ","))}".utf8)
      if Int.random(in: 0...3, using: &generator) == 0 {
        let index = Int.random(in: 0..<line.count, using: &generator)
        line[index] = noise[Int.random(in: 0..<noise.count, using: &generator)]
      }
      if Bool.random(using: &generator) { line.append(UInt8(ascii: "\r")) }
      lines.append(line)
    }
    let padding = [UInt8](repeating: UInt8(ascii: "1"), count: JSONLinesParser.padding)
    func parsed(_ text: [UInt8]) -> (cells: [[UInt8]], unknown: Int, table: CellTable) {
      var table = CellTable(fieldCount: Self.fields.count)
      JSONLinesParser(fields: Self.fields)
        .parse((text + padding).span, 0..<text.count, longestLine: 1_000, into: &table)
      let cells = table.cells.map { cell in
        cell.isNumber
          ? Array("#\(table.numbers[Int(cell.offset)])".utf8)
          : cell.isText ? Array(text[cell.range]) : [0]
      }
      return (cells, table.unknownKeys.reduce(0) { $0 + $1.count }, table)
    }
    let all = parsed(Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    let alone = lines.map { parsed($0) }
    #expect(all.cells == alone.flatMap(\.cells))
    #expect(all.unknown == alone.reduce(0) { $0 + $1.unknown })
    #expect(all.table.rows.map(\.number) == lines.indices.filter { !alone[$0].table.rows.isEmpty })
    #expect(all.table.odd.map(\.number) == lines.indices.filter { !alone[$0].table.odd.isEmpty })
    #expect(
      all.table.rows.map(\.range.count) == alone.flatMap { $0.table.rows.map(\.range.count) })
    #expect(all.table.lineCount == lines.count)
  }
}
