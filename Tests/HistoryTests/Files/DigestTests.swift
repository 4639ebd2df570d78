import Testing

@testable import Files

struct DigestTests {
  // Both from FIPS 180-4's examples (NIST, "SHA256.pdf").
  @Test func `of nothing`() {
    #expect(
      sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `of abc`() {
    #expect(
      sha256(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `in pieces as in one`() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
    let digest = Digest()
    for start in stride(from: 0, to: bytes.count, by: 7) {
      digest.update(bytes.span.extracting(start..<min(start + 7, bytes.count)))
    }
    #expect(digest.finish() == sha256(bytes))
  }
}
