import History
import TestSupport
import Testing

struct FieldParsingTests {
  @Test(arguments: ["true", "True", "YES", "Yes", "y", "Y", "1", " true "])
  func `reads every way to say yes`(text: String) {
    #expect(parsedBoolean(text) == true)
  }

  @Test(arguments: ["false", "FALSE", "No", "n", "N", "0"])
  func `reads every way to say no`(text: String) {
    #expect(parsedBoolean(text) == false)
  }

  @Test(arguments: [
    ("a b", "a b"), (" \t a\u{A0}\r\n", "a"), ("\u{A0} \u{A0}x\u{A0}", "x"), ("", ""),
    (" \u{A0}\n ", ""),
    ("\r\n", ""), ("à", "à"), (" à ", "à"), ("\u{300} ", "\u{300}"), ("日本 ", "日本"),
  ])
  func `trims white space around a text, and no part of a character`(text: String, trimmed: String)
  {
    #expect(text.trimmingSpaces() == trimmed)
  }

  @Test(arguments: ["", "2", "maybe", "yess", "-"])
  func `does not guess a boolean`(text: String) {
    #expect(parsedBoolean(text) == nil)
  }

  @Test(arguments: [("63", 63), ("0.125", 0.125), ("-4", -4), ("1e-3", 0.001), (" 7 ", 7)])
  func `reads numbers that are written as text`(text: String, number: Double) {
    #expect(parsedNumber(text) == number)
  }

  @Test(arguments: ["1,234", "1,5", "nan", "inf", "0x10", "", "12 GB", "1_000", "--1", "1.2.3"])
  func `refuses what is ambiguous or no decimal number`(text: String) {
    #expect(parsedNumber(text) == nil)
  }
}

struct GUIDTests {
  @Test func `reads upper case, lower case and braces as the same value`() {
    let lower = GUID("6f9619ff-8b86-d011-b42d-00c04fc964ff")
    #expect(lower != nil)
    #expect(GUID("6F9619FF-8B86-D011-B42D-00C04FC964FF") == lower)
    #expect(GUID("{6F9619FF-8B86-D011-B42D-00C04FC964FF}") == lower)
    #expect(GUID(" 6F9619FF-8B86-D011-B42D-00C04FC964FF ") == lower)
    #expect(lower?.description == "6f9619ff-8b86-d011-b42d-00c04fc964ff")
  }

  @Test(arguments: [
    "", "6f9619ff8b86d011b42d00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964f",
    "6f9619ff-8b86-d011-b42d-00c04fc964fg", "{6f9619ff-8b86-d011-b42d-00c04fc964ff",
    "6f9619ff-8b86-d011-b42d-00c04fc964ffff", "6f9619ff+8b86-d011-b42d-00c04fc964ff",
  ])
  func `refuses what is no GUID`(text: String) {
    #expect(GUID(text) == nil)
  }

  @Test func `writes what it reads`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<1_000 {
      let guid = GUID(high: generator.next(), low: generator.next())
      #expect(GUID(guid.description) == guid)
      #expect(GUID(guid.description.uppercased()) == guid)
    }
  }
}
