import TestSupport
import Testing

@testable import Access

struct TokenRegistryTests {
  private static let today = day("2026-11-26")
  private static let registry = TokenRegistry([
    Sample.record("0123456789ab"), Sample.record("aaaaaaaaaaaa", expires: nil),
    Sample.record("bbbbbbbbbbbb", expires: "2026-11-25"),
    Sample.record("cccccccccccc", expires: "2026-11-26"),
    Sample.record("dddddddddddd", expires: "2026-11-25", revoked: "2026-11-01"),
    Sample.record("eeeeeeeeeeee", revoked: "2026-11-26"),
  ])

  private static func verify(_ id: String) -> TokenRegistry.Verification {
    registry.verify(Sample.token(id), on: today)
  }

  @Test func `the digest is that of an independent program`() throws {
    let valid = try #require(Self.registry["0123456789ab"])
    #expect(Self.verify("0123456789ab") == .valid(valid))
    #expect(
      Self.registry.verify(Array(Sample.token(valid.id).utf8)[...], on: Self.today) == .valid(valid)
    )
  }

  @Test func `a token is valid through its last day, and never again when it is revoked`() throws {
    for (id, state) in [
      ("aaaaaaaaaaaa", TokenRecord.State.valid), ("bbbbbbbbbbbb", .expired),
      ("cccccccccccc", .valid), ("dddddddddddd", .revoked), ("eeeeeeeeeeee", .revoked),
    ] {
      let record = try #require(Self.registry[id])
      let expected: TokenRegistry.Verification =
        switch state {
        case .valid: .valid(record)
        case .expired: .expired(record)
        case .revoked: .revoked(record)
        }
      #expect(Self.verify(id) == expected, "\(id)")
      #expect(Self.registry.verification(ofTokenId: id, on: Self.today) == expected, "\(id)")
    }
  }

  @Test func `unknown ids, wrong secrets and other texts are unknown`() {
    #expect(Self.verify("ffffffffffff") == .unknown)
    #expect(Self.registry.verification(ofTokenId: "ffffffffffff", on: Self.today) == .unknown)
    for text in ["", "Bearer", Sample.digest, String(repeating: "x", count: 1 << 20)] {
      #expect(Self.registry.verify(text, on: Self.today) == .unknown)
    }
    #expect(TokenRegistry().verify(Sample.token("0123456789ab"), on: Self.today) == .unknown)
  }

  @Test func `a secret with any one digit changed opens nothing, not even as an expired token`() {
    for id in ["0123456789ab", "bbbbbbbbbbbb", "eeeeeeeeeeee"] {
      for place in 0..<Sample.secret.utf8.count {
        var bytes = Array(Sample.secret.utf8)
        bytes[place] = bytes[place] == UInt8(ascii: "z") ? UInt8(ascii: "y") : UInt8(ascii: "z")
        let token = Sample.token(id, secret: String(decoding: bytes, as: UTF8.self))
        #expect(Self.registry.verify(token, on: Self.today) == .unknown)
      }
    }
  }

  @Test func `the digest itself is no secret that opens anything`() {
    let digest = String(Sample.digest.prefix(43))
    #expect(
      Self.registry.verify(Sample.token("0123456789ab", secret: digest), on: Self.today) == .unknown
    )
  }
}
