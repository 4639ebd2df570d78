import Testing

@testable import Files

@Suite struct DeflatedTextTests {
  /// Repeats at distances of hundreds of bytes, so that a smaller window compresses less.
  private let text = Array(
    (0..<4_000).map { "<c r=\"A\($0)\" s=\"\($0 % 7)\"><v>\($0 % 100)</v></c>" }.joined().utf8)

  private func stream(_ text: [UInt8]) -> DeflatedText {
    var stream = DeflatedText()
    stream.append(DeflatedText.Piece(text))
    return stream
  }

  /// A state may lie in memory that the heap hands out as others have left it.
  @Test func `what stood in memory before does not change the bytes`() {
    let size = stream(text).compressedSize
    #expect(size < text.count / 4)
    for value in UInt8(0)...20 {
      for room in stride(from: 82_000, through: 82_500, by: 16) {
        let left = [UInt8](repeating: value, count: room)
        #expect(left.last == value)
      }
      #expect(stream(text).compressedSize == size, "after memory full of \(value)")
    }
  }

  @Test func `pieces stand one behind the other as one stream`() {
    var pieces = DeflatedText()
    for start in stride(from: 0, to: text.count, by: 10_000) {
      pieces.append(DeflatedText.Piece(Array(text[start..<min(text.count, start + 10_000)])))
    }
    #expect(pieces.size == text.count)
    #expect(pieces.crc == stream(text).crc)
  }
}
