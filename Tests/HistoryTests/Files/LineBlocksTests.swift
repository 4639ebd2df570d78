import TestSupport
import Testing

@testable import Files

struct LineBlocksTests {
  /// The lines and long lines of a text, block by block.
  private static func lines(
    _ text: String, blockSize: Int, longestLine: Int = 1_000_000, prefix: Int = 0,
    gzip: Bool = false
  ) throws -> [String] {
    let folder = TemporaryFolder()
    try writeFile(folder["text"], gzip: gzip) { try $0.write(text) }
    let source = try ByteSource(path: folder["text"])
    var head: [UInt8] = []
    while head.count < prefix, try source.read(upTo: prefix - head.count, into: &head) > 0 {}
    let blocks = LineBlocks(
      source, startingWith: head, blockSize: blockSize, longestLine: longestLine, padding: 16)
    var lines: [String] = []
    while let block = try blocks.next() {
      #expect(block.bytes.count == block.range.upperBound + 16)
      #expect(block.bytes.suffix(16).allSatisfy { $0 == UInt8(ascii: " ") })
      var content = block.bytes[block.range]
      if !content.isEmpty {
        if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
        lines += content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
          .map { String(decoding: $0, as: UTF8.self) }
      }
      if let length = block.longLine { lines.append("(\(length))") }
      blocks.recycle(block)
    }
    return lines
  }

  @Test func `blocks hold whole lines, the last one with or without its end`() throws {
    for text in ["one\ntwo\nthree", "one\ntwo\nthree\n"] {
      for size in [6, 7, 8, 100] {
        #expect(
          try Self.lines(text, blockSize: size) == ["one", "two", "three"],
          "blocks of \(size)")
      }
    }
  }

  @Test func `an empty file has no block, blank lines are lines`() throws {
    #expect(try Self.lines("", blockSize: 8) == [])
    #expect(try Self.lines("\n\na\n\n", blockSize: 8) == ["", "", "a", ""])
  }

  @Test func `a byte order mark is dropped, also when it was read before`() throws {
    for prefix in [0, 1, 3, 4] {
      let text = "\u{FEFF}a\nb\n"
      #expect(try Self.lines(text, blockSize: 8, prefix: prefix) == ["a", "b"])
    }
  }

  @Test func `a line that is too long is skipped, with its length`() throws {
    let long = String(repeating: "x", count: 3_000_000)
    for blockSize in [100, 1_000] {
      #expect(
        try Self.lines("a\n\(long)\nb\n", blockSize: blockSize, longestLine: 1_000)
          == ["a", "(3000000)", "b"])
      #expect(
        try Self.lines(long, blockSize: blockSize, longestLine: 1_000) == ["(3000000)"])
    }
    #expect(
      try Self.lines("\u{FEFF}\(long)\nb", blockSize: 2_097_152, longestLine: 100)
        == ["(3000000)", "b"])
  }

  @Test func `a line longer than a block is whole, as long as it is allowed`() throws {
    for length in [90, 99, 100, 101, 400] {
      let long = String(repeating: "x", count: length)
      #expect(
        try Self.lines("a\n\(long)\nb\n", blockSize: 100, longestLine: 400) == ["a", long, "b"])
      #expect(try Self.lines("a\n\(long)", blockSize: 100, longestLine: 400) == ["a", long])
    }
  }

  @Test func `UTF-16 is refused`() throws {
    let folder = TemporaryFolder()
    try writeFile(folder["text"]) { try $0.write([0xFF, 0xFE, 0x41, 0, 0x0A, 0]) }
    let source = try ByteSource(path: folder["text"])
    let blocks = LineBlocks(source, startingWith: [], blockSize: 100, longestLine: 100, padding: 0)
    #expect(throws: FileError.self) { _ = try blocks.next() }
  }

  @Test func `agrees with LineReader on random texts, gzipped or not`() throws {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<20 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<400, using: &generator) {
        text += String(repeating: "y", count: Int.random(in: 0..<30, using: &generator)) + "\n"
      }
      if round.isMultiple(of: 2) { text += "end" }
      let folder = TemporaryFolder()
      try writeFile(folder["text"]) { try $0.write(text) }
      var reader = LineReader(try ByteSource(path: folder["text"]))
      var expected: [String] = []
      while let line = try reader.next() {
        if case .bytes(let range) = line {
          expected.append(String(decoding: reader.buffer[range], as: UTF8.self))
        }
      }
      #expect(
        try Self.lines(
          text, blockSize: 64 + round * 10, gzip: round.isMultiple(of: 3))
          == expected)
    }
  }
}
