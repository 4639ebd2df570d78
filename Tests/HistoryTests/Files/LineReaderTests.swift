import TestSupport
import Testing

@testable import Files

struct LineReaderTests {
  private let folder = TemporaryFolder()

  private func lines(_ bytes: [UInt8], longestLine: Int = 1 << 20) throws -> [String] {
    try write(bytes, to: folder["a"])
    var reader = LineReader(try ByteSource(path: folder["a"]), longestLine: longestLine)
    var lines: [String] = []
    while let line = try reader.next() {
      switch line {
      case .bytes(let range):
        lines.append(
          "\(reader.lineNumber) " + String(decoding: reader.buffer[range], as: UTF8.self))
      case .tooLong(let length): lines.append("\(reader.lineNumber) too long: \(length)")
      }
    }
    return lines
  }

  private func lines(_ text: String, longestLine: Int = 1 << 20) throws -> [String] {
    try lines(Array(text.utf8), longestLine: longestLine)
  }

  @Test func `splits at line feeds`() throws {
    #expect(try lines("a\nbc\n") == ["1 a", "2 bc"])
  }

  @Test func `the last line needs no end`() throws {
    #expect(try lines("a\nbc") == ["1 a", "2 bc"])
    #expect(try lines("a\n\r") == ["1 a", "2 "])
  }

  @Test func `a return before the line feed belongs to the end`() throws {
    #expect(try lines("a\r\nb\rc\r\n") == ["1 a", "2 b\rc"])
  }

  @Test func `empty lines count`() throws {
    #expect(try lines("\n\na\n") == ["1 ", "2 ", "3 a"])
    #expect(try lines("").isEmpty)
  }

  @Test func `a byte order mark is dropped`() throws {
    #expect(try lines([0xEF, 0xBB, 0xBF] + Array("a\n".utf8)) == ["1 a"])
    #expect(try lines([0xEF, 0xBB, 0xBF]).isEmpty)
  }

  @Test func `a line that is too long is skipped and reported`() throws {
    #expect(
      try lines("abc\nabcd\nabcde\nx", longestLine: 4)
        == ["1 abc", "2 abcd", "3 too long: 5", "4 x"])
    #expect(try lines("abcd\r\nabcde\r\n", longestLine: 4) == ["1 abcd", "2 too long: 5"])
  }

  @Test func `a line of 20 MB does not grow the buffer`() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000_000)
    try write(Array("a\n".utf8) + long + Array("\r\nb".utf8), to: folder["a"])
    var reader = LineReader(try ByteSource(path: folder["a"]))
    var largest = 0
    var lengths: [Int] = []
    while let line = try reader.next() {
      largest = max(largest, reader.buffer.count)
      switch line {
      case .bytes(let range): lengths.append(range.count)
      case .tooLong(let length): lengths.append(-length)
      }
    }
    #expect(lengths == [1, -20_000_000, 1])
    #expect(largest <= 4 << 20)
  }

  @Test func `UTF-16 is refused with the remedy`() throws {
    let texts: [[UInt8]] = [
      [0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B], [0x7B, 0x00, 0x22, 0x00],
      [0x00, 0x7B, 0x00, 0x22],
    ]
    for text in texts {
      let error = #expect(throws: FileError.self) { try lines(text) }
      #expect(error?.kind == .unusable)
      #expect(error?.what == "the text is UTF-16")
    }
  }

  @Test(arguments: 0..<20)
  func `random lines come back across blocks`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var text: [UInt8] = []
    var expected: [String] = []
    for number in 1...Int.random(in: 1...60, using: &random) {
      // With a letter of its own per line; the first seeds fill four blocks of the reader.
      let length = Int.random(in: 0...(seed < 4 ? 200_000 : 90), using: &random)
      let line = [UInt8](repeating: UInt8.random(in: 0x61...0x7A, using: &random), count: length)
      text += line
      text.append(UInt8(ascii: "\n"))
      expected.append("\(number) " + String(decoding: line, as: UTF8.self))
    }
    #expect(try lines(text) == expected)
  }
}
