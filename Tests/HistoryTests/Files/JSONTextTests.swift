import Testing

@testable import Files

struct JSONTextTests {
  private func number(_ number: Double) -> String {
    var text: [UInt8] = []
    JSONText.append(number, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func string(_ string: String) -> String {
    var text: [UInt8] = []
    JSONText.append(string, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  @Test func `numbers are the shortest that read back`() {
    #expect(number(0.1) == "0.1")
    #expect(number(-2.5) == "-2.5")
    #expect(number(0.1 + 0.2) == "0.30000000000000004")
    #expect(number(1e-5) == "1e-05")
    #expect(number(1.5e300) == "1.5e+300")
    #expect(number(.leastNonzeroMagnitude) == "5e-324")
  }

  @Test func `whole numbers have no fraction below two to the 53rd`() {
    #expect(number(0) == "0")
    #expect(number(3) == "3")
    #expect(number(-100_000) == "-100000")
    #expect(number(0x1p53 - 1) == "9007199254740991")
    #expect(Double(number(0x1p53)) == 0x1p53)
  }

  @Test func `minus zero keeps its sign`() {
    #expect(number(-0.0) == "-0.0")
  }

  @Test func `NaN and infinity are programming errors`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONValue.number(.nan).serialized()
    }
    await #expect(processExitsWith: .failure) {
      _ = JSONValue.number(.infinity).serialized()
    }
  }

  @Test func `quotes, backslashes and control characters are escaped`() {
    #expect(string(#"a"b\c/"#) == #""a\"b\\c/""#)
    #expect(string("\n\r\t\0\u{1F}\u{8}") == #""\n\r\t\u0000\u001f\u0008""#)
    #expect(string("\u{7F}é😀") == "\"\u{7F}é😀\"")
  }

  @Test func `the line ends of JavaScript are escaped, their neighbours are not`() {
    #expect(string("\u{2028}\u{2029}") == #""\u2028\u2029""#)
    // U+2027, U+202A, and U+00A8, whose last byte is the same.
    #expect(string("\u{2027}\u{202A}\u{A8}") == "\"\u{2027}\u{202A}\u{A8}\"")
    #expect(string("\"\u{2028}\"") == #""\"\u2028\"""#)
  }
}
