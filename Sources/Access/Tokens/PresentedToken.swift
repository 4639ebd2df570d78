/// A token as people and programs carry it.
///
///     crt_0123456789ab_q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80
///         id, 12 hex   secret, 32 bytes in base64url
///
/// The id is no secret: lists and the activity log show it. The beginning lets scanners of source code and
/// of logs find a token that has strayed.
struct PresentedToken {
  static let prefix = "crt_"
  static let idLength = 12
  static let length = prefix.utf8.count + idLength + 1 + Secret.length

  var id: String
  var secret: String

  init(id: String, secret: String) {
    self.id = id
    self.secret = secret
  }

  /// Takes a token apart; nil for what has another form.
  init?(_ bytes: some Collection<UInt8>) {
    // Of a megabyte nothing but the length is looked at.
    guard bytes.count == Self.length else { return nil }
    let bytes = Array(bytes)
    let idStart = Self.prefix.utf8.count
    let idEnd = idStart + Self.idLength
    guard bytes.starts(with: Self.prefix.utf8), bytes[idEnd] == UInt8(ascii: "_") else {
      return nil
    }
    id = String(decoding: bytes[idStart..<idEnd], as: UTF8.self)
    secret = String(decoding: bytes[(idEnd + 1)...], as: UTF8.self)
    guard Self.isId(id), bytes[(idEnd + 1)...].allSatisfy(Self.isOfSecret) else { return nil }
  }

  var text: String { "\(Self.prefix)\(id)_\(secret)" }

  /// Whether a text is 12 lower-case hexadecimal digits.
  static func isId(_ text: String) -> Bool {
    text.utf8.count == idLength && text.utf8.allSatisfy(isLowerHex)
  }

  static func isLowerHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }

  private static func isOfSecret(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func newId() -> String {
    Secret.randomBytes(idLength / 2)
      .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// The text with the secret of each token in it cut out, should one have strayed into it.
  static func redacted(_ text: String) -> String {
    // Most texts of a log are shorter than what comes before a secret.
    guard text.utf8.count > prefix.utf8.count + idLength else { return text }
    let bytes = Array(text.utf8)
    let mark = Array(prefix.utf8)
    var kept: [UInt8] = []
    var next = 0
    while next < bytes.count {
      let secretStart = next + mark.count + idLength + 1
      if bytes[next] == mark[0], bytes[next...].starts(with: mark), secretStart <= bytes.count,
        bytes[(next + mark.count)..<(secretStart - 1)].allSatisfy(isLowerHex)
      {
        kept += bytes[next..<secretStart] + Array("…".utf8)
        next = secretStart
        while next < bytes.count, isOfSecret(bytes[next]) { next += 1 }
      } else {
        kept.append(bytes[next])
        next += 1
      }
    }
    return kept.count == bytes.count ? text : String(decoding: kept, as: UTF8.self)
  }
}
