import Testing

@testable import RiskModel

struct CellTextTests {
  private let point = NumberGrammar(delimiter: ",")
  private let comma = NumberGrammar(delimiter: ";")

  @Test(arguments: [
    ("12", 12), ("-0.5", -0.5), ("+1e3", 1000), (".5", 0.5), ("5.", 5), ("1E-2", 0.01), ("007", 7),
  ]) func `reads decimal numbers`(cell: String, value: Double) {
    #expect(point(cell) == .number(value))
    #expect(comma(cell) == .number(value))
  }

  @Test(arguments: ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null"])
  func `knows the words for unknown`(cell: String) {
    #expect(isUnknown(cell))
    #expect(point(cell) == .unknown)
  }

  @Test(arguments: ["na", "none", "None", "unknown", "-", "0"])
  func `takes other words as they are`(cell: String) {
    #expect(!isUnknown(cell))
  }

  @Test(arguments: ["inf", "-Inf", "+Infinity", "INFINITY", "1e999", "-1e999"])
  func `tells infinite numbers`(cell: String) {
    #expect(point(cell) == .infinite)
  }

  @Test(arguments: [
    "abc", "1 000", "0x10", "1e", "--1", "1.2.3", "12%", "1e5x", "٣", "-", ".", "e",
  ])
  func `takes everything else for text`(cell: String) {
    #expect(point(cell) == .text)
    #expect(comma(cell) == .text)
  }

  @Test func `takes a comma for the decimal point only between semicolons`() {
    #expect(comma("12,5") == .number(12.5))
    #expect(comma("-,5") == .number(-0.5))
    #expect(point("12,5") == .text)
    #expect(NumberGrammar(delimiter: "\t")("12,5") == .text)
    #expect(comma("1,234,567") == .text)
    #expect(comma("1.234,5") == .text)
  }

  @Test(arguments: [("a", "a"), (" a b ", "a b"), ("\t\r\n", ""), ("", ""), ("é ", "é")])
  func `drops outer white space`(cell: String, expected: String) {
    #expect(cell.withoutOuterSpace == expected)
  }
}
