import Files
import TestSupport
import Testing

@testable import History

struct CellInternerTests {
  /// Texts side by side with the padding that a block has, and their cells.
  private static func laidOut(_ texts: [String]) -> (cells: [CellTable.Cell], text: [UInt8]) {
    var text: [UInt8] = []
    var cells: [CellTable.Cell] = []
    for part in texts {
      cells.append(
        CellTable.Cell(offset: UInt32(text.count), length: UInt32(part.utf8.count)))
      text += Array(part.utf8)
    }
    return (cells, text + [UInt8](repeating: 0x41, count: 64))
  }

  private static func number(_ texts: [String], in interner: inout CellInterner) -> Int {
    let (cells, text) = laidOut(texts)
    return interner.number(of: cells.span, in: text.span)
  }

  @Test func `numbers tuples in the order in which they come, and the same alike`() {
    var interner = CellInterner(width: 2)
    #expect(Self.number(["a", "b"], in: &interner) == 0)
    #expect(Self.number(["a", "c"], in: &interner) == 1)
    #expect(Self.number(["a", "b"], in: &interner) == 0)
    #expect(Self.number(["", ""], in: &interner) == 2)
    #expect(interner.count == 3)
    #expect(interner.texts(of: 1) == [Array("a".utf8), Array("c".utf8)])
    #expect(interner.texts(of: 2) == [[], []])
  }

  @Test func `where one text ends and the next begins makes a difference`() {
    var interner = CellInterner(width: 2)
    let numbers = (0...12).map { length in
      let text = "abcdefghijkl"
      return Self.number(
        [String(text.prefix(length)), String(text.dropFirst(length))], in: &interner)
    }
    #expect(numbers == Array(0...12))
  }

  @Test func `zero bytes at the end of a text are no padding`() {
    var interner = CellInterner(width: 1)
    let numbers = (0...9).map { zeros in
      Self.number(["x" + String(repeating: "\0", count: zeros)], in: &interner)
    }
    #expect(numbers == Array(0...9))
  }

  @Test func `cells that are absent or numbers are empty texts`() {
    var interner = CellInterner(width: 1)
    let text = [UInt8](repeating: 0x41, count: 64)
    let cells = [
      CellTable.Cell(offset: 0, length: 0),
      CellTable.Cell(offset: 7, length: CellTable.Cell.absent),
      CellTable.Cell(offset: 9, length: CellTable.Cell.number),
    ]
    for index in cells.indices {
      #expect(interner.number(of: cells.span.extracting(index..<index + 1), in: text.span) == 0)
    }
  }

  @Test func `a text with escapes is another than one that is written alike without`() {
    var interner = CellInterner(width: 1)
    let text = Array("a\"\"b".utf8) + [UInt8](repeating: 0x41, count: 64)
    func number(_ length: UInt32) -> Int {
      interner.number(of: [CellTable.Cell(offset: 0, length: length)].span, in: text.span)
    }
    #expect(number(4) == 0)
    #expect(number(4 | CellTable.Cell.escaped) == 1)
    #expect(number(3 | CellTable.Cell.escaped) == 2)
    #expect([number(4), number(4 | CellTable.Cell.escaped)] == [0, 1])
  }

  @Test(arguments: UInt64(1)...3)
  func `agrees with a dictionary on random tuples`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var interner = CellInterner(width: 3)
    var twin: [[String]: Int] = [:]
    for _ in 0..<5_000 {
      let texts = (0..<3).map { _ in
        String(
          (0..<Int.random(in: 0...20, using: &generator)).map { _ in
            Bool.random(using: &generator) ? "a" : "b"
          }.prefix(Int.random(in: 0...3, using: &generator) == 0 ? 20 : 3))
      }
      let expected = twin[texts] ?? twin.count
      twin[texts] = expected
      #expect(Self.number(texts, in: &interner) == expected)
    }
    #expect(interner.count == twin.count)
    for (texts, number) in twin {
      #expect(interner.texts(of: number) == texts.map { Array($0.utf8) })
    }
  }

  @Test(arguments: UInt64(1)...8) func `finding many at once gives the numbers, or none`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    var interner = CellInterner(width: 2)
    let words = (0..<200).map { number in
      String(repeating: "é", count: Int.random(in: 0...9, using: &generator)) + "\(number % 90)"
    }
    for round in 0..<4 {
      // Rows of three cells, of which the last two are the tuple.
      let rows = (0..<Int.random(in: 40...64, using: &generator)).map { _ in
        ["skipped"] + (0..<2).map { _ in words.randomElement(using: &generator) ?? "" }
      }
      let (cells, text) = Self.laidOut(rows.flatMap { $0 })
      var found = InlineArray<64, Int>(repeating: -2)
      interner.find(
        0..<rows.count, cells.span, fieldCount: 3, first: 1, in: text.span, &found)
      for index in rows.indices {
        let known = interner.count
        let tuple = cells.span.extracting(index * 3 + 1..<index * 3 + 3)
        let number = interner.number(of: tuple, in: text.span)
        #expect(found[index] == -1 || found[index] == number)
        // What came in this batch was not known when it was looked for.
        if round == 0 || number == known { #expect(found[index] == -1) }
      }
      interner.find(
        0..<rows.count, cells.span, fieldCount: 3, first: 1, in: text.span, &found)
      let foundCount = rows.indices.filter { found[$0] >= 0 }.count
      // Only where another stands in its place is one not found.
      #expect(foundCount * 4 > rows.count)
    }
  }
}
