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

  @Test func `a broken row is an error with its place, and the next one is read`() throws {
    let bytes =
      Array("h,i\n\"a\"b,c\nd,e\nf,".utf8) + [0xE9] + Array("\ng,\"h\ni".utf8)
    var reader = try DelimitedReader(bytes: bytes, path: "a.csv")
    var seen: [String] = []
    while true {
      do throws(FileError) {
        guard let row = try reader.next() else { break }
        seen.append("\(row.line) \(row.fields)")
      } catch {
        seen.append("\(error.line ?? 0):\(error.column ?? 0) \(error.what)")
      }
    }
    #expect(
      seen == [
        #"1 ["h", "i"]"#, "2:4 text follows the closing quote of a field",
        #"3 ["d", "e"]"#, "4:3 the field is not UTF-8",
        "5:3 the quoted field that starts here does not end",
      ])
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
