import Testing

@testable import CommandLineKit

struct ShapedWordTests {
  @Test(
    arguments: [
      ("--", .terminator), ("-", .plain("-")), ("", .plain("")), ("a=b", .plain("a=b")),
      ("--top", .option(name: "--top", value: nil)),
      ("--top=5", .option(name: "--top", value: "5")),
      ("--top=", .option(name: "--top", value: "")),
      ("--top==5", .option(name: "--top", value: "=5")),
      ("-f=x", .option(name: "-f", value: "x")), ("---", .option(name: "---", value: nil)),
      ("-=", .option(name: "-", value: "")), ("--=x", .option(name: "--", value: "x")),
      ("–top", .plain("–top")),
    ] as [(String, ShapedWord)])
  func `tells words apart by their shape`(pair: (word: String, shape: ShapedWord)) {
    #expect(ShapedWord(pair.word) == pair.shape)
  }

  @Test func `tells negative numbers from options`() {
    #expect(["-1", "-0.5", "-.5", "-1e3"].allSatisfy(isNegativeNumber))
    #expect(!["1", "-", "--1", "-x", "-inf", "-0x1", "-1a"].contains(where: isNegativeNumber))
  }
}
