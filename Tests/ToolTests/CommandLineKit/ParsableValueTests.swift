import Testing

@testable import CommandLineKit

struct ParsableValueTests {
  enum Colour: String, CaseIterable, ParsableValue {
    case red
    case darkBlue = "dark-blue"
  }

  @Test func `reads whole numbers exactly`() {
    #expect(Int(argument: "-12") == -12)
    #expect(Int(argument: "+3") == 3)
    for refused in ["", " 1", "1 ", "1.0", "1e3", "0x10", "٣", "9223372036854775808"] {
      #expect(Int(argument: refused) == nil)
    }
    #expect(UInt64(argument: "18446744073709551615") == .max)
    #expect(UInt64(argument: "-1") == nil)
  }

  @Test func `reads finite decimal numbers`() {
    #expect(Double(argument: "0.25") == 0.25)
    #expect(Double(argument: "-1e-3") == -0.001)
    for refused in ["", "nan", "inf", "-infinity", "0x1p3", "1,5", "1e999", " 1", "."] {
      #expect(Double(argument: refused) == nil)
    }
  }

  @Test func `spells enums by their raw values`() {
    #expect(Colour(argument: "dark-blue") == .darkBlue)
    #expect(Colour(argument: "darkBlue") == nil)
    #expect(Colour(argument: "RED") == nil)
    #expect(Colour.darkBlue.argumentText == "dark-blue")
    #expect(Colour.syntax.spellings == ["red", "dark-blue"])
    #expect(Colour.syntax.expectation == "one of: red, dark-blue")
  }

  @Test func `reads lists with commas and trims spaces`() {
    #expect(CommaList<Int>(argument: "1,2,3")?.values == [1, 2, 3])
    #expect(CommaList<Int>(argument: " 1 , -2")?.values == [1, -2])
    #expect(CommaList<String>(argument: "a b,c")?.values == ["a b", "c"])
  }

  @Test(arguments: [("", ""), ("1,", ""), (",1", ""), ("1,x,y", "x"), ("1,,2", "")])
  func `refuses a list and names its faulty item`(pair: (list: String, item: String)) {
    #expect(CommaList<Int>(argument: pair.list) == nil)
    #expect(CommaList<Int>.faultyPart(of: pair.list) == pair.item)
  }

  @Test func `writes a list as it reads it`() {
    let list: CommaList<Colour> = [.red, .darkBlue]
    #expect(list.argumentText == "red,dark-blue")
    #expect(CommaList(argument: list.argumentText) == list)
    #expect(CommaList<Colour>.syntax.spellings == ["red", "dark-blue"])
    #expect(CommaList<Int>.syntax.placeholder == "N,…")
  }

  @Test func `limits values by rules`() {
    #expect(ValueRule.atLeast(1).accepts(1) && !ValueRule.atLeast(1).accepts(0))
    #expect(ValueRule.above(0.0).accepts(0.1) && !ValueRule.above(0.0).accepts(0))
    let port = ValueRule.within(1...65_535)
    #expect(port.accepts(1) && port.accepts(65_535) && !port.accepts(0) && !port.accepts(65_536))
    #expect(port.expectation == "1 to 65535")
    let even = ValueRule<Int>("an even number") { $0.isMultiple(of: 2) }
    #expect(even.accepts(2) && !even.accepts(3))
  }
}
