import Testing

@testable import Files

struct TextEncodingTests {
  private func utf16(_ text: String, bigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return bigEndian ? [high, low] : [low, high]
    }
  }

  private func read(_ bytes: [UInt8]) throws -> (TextEncoding, String) {
    let encoding = TextEncoding(of: bytes)
    return (encoding, String(decoding: try encoding.utf8(bytes, path: "a.csv"), as: UTF8.self))
  }

  @Test(arguments: [true, false], [true, false])
  func `UTF-16 is told by its mark or by its zeros`(bigEndian: Bool, mark: Bool) throws {
    let text = "customerName,id\r\nÉlan 株式会社 😀,1\r\n"
    let (encoding, decoded) = try read(utf16(text, bigEndian: bigEndian, mark: mark))
    #expect(encoding == (bigEndian ? .utf16BigEndian : .utf16LittleEndian))
    #expect(decoded == text)
  }

  @Test func `UTF-8 stays as it is, with signs of every length`() throws {
    let text = "customerName\nÉlan 株式会社 😀\n"
    let (encoding, decoded) = try read(Array(text.utf8))
    #expect(encoding == .utf8)
    #expect(decoded == text)
    #expect(TextEncoding(of: []) == .utf8)
    #expect(TextEncoding(of: Array("a".utf8)) == .utf8)
  }

  @Test func `a beginning that ends within a sign of UTF-8 is UTF-8`() {
    let bytes = Array("customerName\nÉlan 株".utf8)
    #expect(TextEncoding(of: bytes.dropLast()) == .utf8)
    #expect(TextEncoding(of: bytes.dropLast(2)) == .utf8)
  }

  /// "é" before a letter is one sign of Shift_JIS, so validity alone cannot tell.
  @Test(
    arguments: [
      ([0x53, 0x6F, 0x63, 0x69, 0xE9, 0x74, 0xE9, 0x20, 0x47, 0xE9, 0x6E], "Société Gén"),
      ([0x4C, 0x92, 0x4F, 0x72, 0xE9, 0x61, 0x6C], "L’Oréal"),
      ([0x4C, 0x92, 0x4F, 0x72, 0x65], "L’Ore"),
      ([0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72, 0x20, 0x80], "Müller €"),
    ] as [([UInt8], String)])
  func `western text is Windows-1252`(bytes: [UInt8], text: String) throws {
    let (encoding, decoded) = try read(bytes)
    #expect(encoding == .windows1252)
    #expect(decoded == text)
  }

  @Test(
    arguments: [
      ([0x8A, 0x94, 0x8E, 0xAE, 0x89, 0xEF, 0x8E, 0xD0], "株式会社"),
      ([0x83, 0x7D, 0x83, 0x43, 0x83, 0x4E, 0x83, 0x8D], "マイクロ"),
      (
        [0x8C, 0xDA, 0x8B, 0x71, 0x96, 0xBC, 0x2C, 0x69, 0x64, 0x0A, 0x93, 0xFA, 0x96, 0x7B],
        "顧客名,id\n日本"
      ),
    ] as [([UInt8], String)])
  func `Japanese text is Shift_JIS`(bytes: [UInt8], text: String) throws {
    let (encoding, decoded) = try read(bytes)
    #expect(encoding == .shiftJIS)
    #expect(decoded == text)
  }

  @Test func `a byte that belongs to no sign is named`() {
    let error = #expect(throws: FileError.self) {
      try TextEncoding.utf16LittleEndian.utf8([0xFF, 0xFE, 0x41, 0, 0x42], path: "a.csv")
    }
    #expect(error?.what == "byte 5 is no UTF-16LE")
    #expect(error?.path == "a.csv")
  }

  @Test func `a text longer than a piece of the conversion is whole`() throws {
    let text = String(repeating: "Zoë, 株式会社; ", count: 20_000)
    let (_, decoded) = try read(utf16(text))
    #expect(decoded == text)
  }
}
