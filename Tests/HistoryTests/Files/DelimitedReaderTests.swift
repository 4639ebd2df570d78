import TestSupport
import Testing

@testable import Files

struct DelimitedReaderTests {
  private func rows(_ text: String, delimiter: Character? = nil) throws(FileError) -> [[String]] {
    try rows(Array(text.utf8), delimiter: delimiter)
  }

  private func rows(_ bytes: [UInt8], delimiter: Character? = nil) throws(FileError) -> [[String]] {
    var reader = try DelimitedReader(bytes: bytes, path: "a.csv", delimiter: delimiter)
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.fields) }
    return rows
  }

  private func lines(_ text: String) throws -> [Int] {
    var reader = try DelimitedReader(bytes: Array(text.utf8), path: "a.csv")
    var lines: [Int] = []
    while let row = try reader.next() { lines.append(row.line) }
    return lines
  }

  @Test func `splits fields and rows`() throws {
    #expect(try rows("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("a,b\r\n1,2") == [["a", "b"], ["1", "2"]])
  }

  @Test func `empty fields are fields`() throws {
    #expect(try rows("a,,c\n,,\n") == [["a", "", "c"], ["", "", ""]])
    #expect(try rows("\"\",\"\"\n\"\"\n") == [["", ""], [""]])
  }

  // RFC 4180, section 2, rules 5 to 7.
  @Test func `quoted fields hold delimiters, line breaks and doubled quotes`() throws {
    #expect(
      try rows("\"aaa\",\"b \r\nbb\",\"c,\"\"c\"\"\"\nzzz,yyy,xxx")
        == [["aaa", "b \r\nbb", "c,\"c\""], ["zzz", "yyy", "xxx"]])
  }

  @Test func `a quote inside an unquoted field is a character`() throws {
    #expect(try rows("a,5\" pipe\n") == [["a", "5\" pipe"]])
    #expect(try rows("a, \"b\"\n") == [["a", " \"b\""]])
  }

  @Test func `blank lines are skipped, lines of a space are not`() throws {
    #expect(try rows("\n\r\na\n\n \n") == [["a"], [" "]])
    #expect(try rows("") == [])
    #expect(try rows("\r\n\n") == [])
  }

  @Test func `a return alone ends no row`() throws {
    #expect(try rows("a\rb,c\r") == [["a\rb", "c\r"]])
  }

  @Test func `rows carry the line they start on`() throws {
    #expect(try lines("a\n\"b\n\nc\"\n\nd\r\n\"e\r\n\"\nf") == [1, 2, 6, 7, 9])
  }

  @Test func `the delimiter is the most frequent of the first line`() throws {
    #expect(try rows("a;b,c;d\n1;2;3") == [["a", "b,c", "d"], ["1", "2", "3"]])
    #expect(try rows("a\tb\n1,5\t2") == [["a", "b"], ["1,5", "2"]])
    #expect(try rows("\"a,b,c\";d\n1;2") == [["a,b,c", "d"], ["1", "2"]])
    #expect(try rows("a\n1;2") == [["a"], ["1;2"]])
    #expect(try rows("a;b\n", delimiter: ",") == [["a;b"]])
    #expect(try DelimitedReader(bytes: Array("a;b".utf8), path: "a").delimiter == ";")
  }

  @Test func `blank lines before the first line do not hide its delimiter`() throws {
    #expect(try rows("\n\r\na;b\n1;2") == [["a", "b"], ["1", "2"]])
    #expect(try rows("\n\nsep=|\na|b\n") == [["a", "b"]])
    #expect(try lines("\n\nsep=|\na|b\n\nc|d") == [4, 6])
  }

  @Test func `Excel's line with the separator is obeyed and skipped`() throws {
    #expect(try rows("sep=|\r\na|b\r\n") == [["a", "b"]])
    #expect(try lines("sep=;\na;b\n") == [2])
    #expect(try rows("sep=;\na,b;c", delimiter: ",") == [["a", "b;c"]])
  }

  @Test func `a byte order mark is dropped, UTF-16 refused`() throws {
    #expect(try rows([0xEF, 0xBB, 0xBF] + Array("a,b".utf8)) == [["a", "b"]])
    let error = #expect(throws: FileError.self) {
      try rows([0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00])
    }
    #expect(error?.what == "the text is UTF-16")
  }

  /// Rows as `line [fields]` and errors as `line:column what`, in their order.
  private func rowsAndErrors(_ bytes: [UInt8]) throws -> [String] {
    var reader = try DelimitedReader(bytes: bytes, path: "a.csv")
    var seen: [String] = []
    while true {
      do throws(FileError) {
        guard let row = try reader.next() else { return seen }
        seen.append(String("\(row.line) \(row.fields)".prefix(100)))
      } catch {
        seen.append("\(error.line ?? 0):\(error.column ?? 0) \(error.what)")
      }
    }
  }

  @Test func `a broken row is an error with its place, and the next one is read`() throws {
    let bytes =
      Array("h,i\n\"a\"b,c\nd,e\nf,".utf8) + [0xE9] + Array("\ng,\"h\ni".utf8)
    #expect(
      try rowsAndErrors(bytes) == [
        #"1 ["h", "i"]"#, "2:4 text follows the closing quote of a field",
        #"3 ["d", "e"]"#, "4:3 the field is not UTF-8",
        "5:3 the quoted field that starts here does not end", #"6 ["i"]"#,
      ])
  }

  @Test func `a quote that is left open costs its row alone`() throws {
    // To the end of the text, to the next quote of another row, and in a row that goes on.
    #expect(
      try rowsAndErrors(Array("a,\"b\r\nc,d\ne,f\n".utf8)) == [
        "1:3 the quoted field that starts here does not end", #"2 ["c", "d"]"#, #"3 ["e", "f"]"#,
      ])
    #expect(
      try rowsAndErrors(Array("a,\"b\nc,d\ne,\"f\"\ng,h".utf8)) == [
        "1:3 the quoted field that starts here does not end", #"2 ["c", "d"]"#,
        #"3 ["e", "f"]"#, #"4 ["g", "h"]"#,
      ])
    #expect(
      try rowsAndErrors(Array("\"a\"x,\"b\nc,d\n".utf8)) == [
        "1:4 text follows the closing quote of a field", #"2 ["c", "d"]"#,
      ])
    // A row that is only wrong inside is known to end where it ends.
    #expect(
      try rowsAndErrors(Array("\"a\"x,\"b\nc\",d\ne,f\n".utf8)) == [
        "1:4 text follows the closing quote of a field", #"3 ["e", "f"]"#,
      ])
  }

  @Test func `a field longer than 1 MiB is an error, and the next row is read`() throws {
    let most = String(repeating: "x", count: 1 << 20)
    #expect(try rows("a,\(most)\n\"\(most)\"\n").map(\.count) == [2, 1])
    for field in [most + "x", "\"\(most)x\"", "\"\(most)\"\"\""] {
      #expect(
        try rowsAndErrors(Array("h,i\na,\(field)\nb,c\n".utf8)) == [
          #"1 ["h", "i"]"#, "2:3 the field is longer than 1 MiB", #"3 ["b", "c"]"#,
        ])
    }
    // With line breaks in it, it is rather a quote that was left open.
    let rest = String(repeating: "b,c\n", count: 300_000)
    let seen = try rowsAndErrors(Array("h,i\na,\"x\n\(rest)d,\"".utf8))
    #expect(seen.count == 1 + 1 + 300_000 + 1)
    #expect(seen.dropFirst().first == "2:3 the field is longer than 1 MiB")
  }

  @Test func `a row of very many fields is an error, and the next one is read`() throws {
    #expect(try rows(String(repeating: ",", count: 65_535) + "\n").map(\.count) == [65_536])
    let seen = try rowsAndErrors(Array((String(repeating: ",", count: 65_536) + "\na,b").utf8))
    #expect(seen == ["1:65537 the row has more than 65,536 fields", #"2 ["a", "b"]"#])
  }

  @Test(arguments: [",", ";", "\t", "|"] as [Character], 0..<40)
  func `random tables survive writing and reading`(delimiter: Character, seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let pool: [Character] = [
      "a", "B", "1", " ", "\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "é", "中", "=", "\u{0}",
    ]
    let columns = Int.random(in: 1...5, using: &random)
    let table = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      (0..<columns).map { _ in
        String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in
            pool[Int.random(in: 0..<pool.count, using: &random)]
          })
      }
    }
    let folder = TemporaryFolder()
    try writeFile(folder["a"]) { file in
      var writer = DelimitedWriter(
        file, delimiter: delimiter, usesCRLF: Bool.random(using: &random))
      for row in table { try writer.write(row) }
    }
    let bytes = try contents(ofFile: folder["a"])
    #expect(try rows(bytes, delimiter: delimiter) == table)
  }
}
