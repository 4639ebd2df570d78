import TestSupport
import Testing

@testable import History

struct ByteInternerTests {
  @Test func `numbers strings in the order in which they come`() {
    var interner = ByteInterner()
    #expect(interner.number(of: Array("b".utf8).span) == 0)
    #expect(interner.number(of: Array("a".utf8).span) == 1)
    #expect(interner.number(of: Array("b".utf8).span) == 0)
    #expect(interner.count == 2)
  }

  @Test func `knows the empty string`() {
    var interner = ByteInterner()
    let empty: [UInt8] = []
    #expect(interner.number(of: empty.span) == 0)
    #expect(interner.number(of: [0].span) == 1)
    #expect(interner.number(of: empty.span) == 0)
  }

  @Test func `agrees with a dictionary on random strings of every length`() {
    var generator = SeededGenerator(seed: 2)
    var interner = ByteInterner()
    var twin: [[UInt8]: Int] = [:]
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...40, using: &generator)
      // Two letters only, so that short strings come again and again.
      let key = (0..<length).map { _ in UInt8.random(in: 0...1, using: &generator) }
      let number = interner.number(of: key.span)
      #expect(number == twin[key, default: twin.count])
      twin[key] = number
    }
  }
}
