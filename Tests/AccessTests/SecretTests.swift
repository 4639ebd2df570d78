import Testing

@testable import Access

struct SecretTests {
  /// RFC 4648 § 10, without padding; the last has both digits that differ from base64.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
    ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
  ]) func `base64url is that of the RFC`(text: String, expected: String) {
    #expect(Secret.base64url(Array(text.utf8)) == expected)
  }

  @Test func `base64url has - and _ for 62 and 63, and 43 digits for 32 bytes`() {
    #expect(Secret.base64url([0xFB, 0xFF]) == "-_8")
    #expect(Secret.base64url((0..<32).map { UInt8($0) }) == Sample.secret)
    #expect(Secret.length == Sample.secret.utf8.count)
  }

  @Test func `of a thousand secrets none is like another`() {
    let secrets = (0..<1_000).map { _ in Secret.make() }
    #expect(Set(secrets).count == 1_000)
    #expect(secrets.allSatisfy { $0.utf8.count == Secret.length })
    // Each digit of base64url comes up: 43,000 draws from 64.
    #expect(Set(secrets.joined()).count == 64)
  }

  @Test func `texts are the same only when every byte is`() {
    #expect(Secret.isSame("", ""))
    #expect(Secret.isSame("abc", "abc"))
    for other in ["", "ab", "abcd", "abd", "bbc", "Abc"] { #expect(!Secret.isSame("abc", other)) }
  }
}
