/// A secret of 256 bits that nobody can guess, and what is kept of it.
///
/// Kept is a plain SHA-256: a slow, salted hash as for passwords protects what people can guess, and
/// nobody guesses one of 2²⁵⁶ values; it would only make each request dear.
enum Secret {
  /// In base64url without padding: 32 bytes.
  static let length = 43

  /// A new one, in base64url (RFC 4648 § 5) without padding.
  static func make() -> String { base64url(randomBytes(32)) }

  /// Bytes from the system's generator, which on Linux is getrandom(2).
  static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  static func base64url(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> count & 63)])
      }
    }
    if count > 0 { text.append(digits[Int(bits << (6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether two texts are the same, in a time that depends on their lengths alone.
  static func isSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
