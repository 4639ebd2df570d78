internal import Files
package import History

/// Every token of a file, as it was when it was read.
package struct TokenRegistry: Sendable, Hashable {
  /// In the order of the file: the oldest first.
  package let records: [TokenRecord]
  /// Where in `records` an id stands.
  private let places: [String: Int]

  /// What became of a token that was presented.
  package enum Verification: Sendable, Hashable {
    case valid(TokenRecord)
    /// It is no token of this file, or its secret is wrong.
    case unknown
    case expired(TokenRecord)
    case revoked(TokenRecord)
  }

  /// A registry of these.
  ///
  /// - Precondition: no two have the same id.
  package init(_ records: [TokenRecord] = []) {
    self.records = records
    places = Dictionary(
      uniqueKeysWithValues: records.enumerated().map { ($0.element.id, $0.offset) })
  }

  /// The token of an id; nil when there is none.
  package subscript(id: String) -> TokenRecord? { places[id].map { records[$0] } }

  /// Judges what a request presents as its token.
  ///
  /// A text that has the form of a token takes the same work whether its id is known or not, and the
  /// comparison does not end at the first difference: the time of an answer tells nothing of a secret.
  ///
  /// - Parameters:
  ///   - presented: the bytes behind `Bearer `; anything at all.
  ///   - day: today, UTC.
  /// - Returns: the token, where it is one of the file.
  package func verify(_ presented: some Collection<UInt8>, on day: CalendarDay) -> Verification {
    guard let token = PresentedToken(presented) else { return .unknown }
    let found = self[token.id]
    let digest = sha256(Array(token.secret.utf8))
    let isRight = Secret.isSame(digest, found?.secretSHA256 ?? Self.nobodys)
    guard let found, isRight else { return .unknown }
    return Self.judged(found, on: day)
  }

  /// Judges a text that a request presents as its token.
  package func verify(_ presented: String, on day: CalendarDay) -> Verification {
    verify(presented.utf8, on: day)
  }

  /// Judges a token whose secret was right before, for instance that of a session.
  package func verification(ofTokenId id: String, on day: CalendarDay) -> Verification {
    self[id].map { Self.judged($0, on: day) } ?? .unknown
  }

  private static func judged(_ record: TokenRecord, on day: CalendarDay) -> Verification {
    switch record.state(on: day) {
    case .valid: .valid(record)
    case .expired: .expired(record)
    case .revoked: .revoked(record)
    }
  }

  /// As long as a digest, and the digest of nothing that is known.
  private static let nobodys = String(repeating: "0", count: 64)

  /// The registry with one token more.
  func adding(_ record: TokenRecord) -> TokenRegistry { TokenRegistry(records + [record]) }

  /// The registry with a token in the place of the one of its id.
  func replacing(_ record: TokenRecord) -> TokenRegistry {
    TokenRegistry(records.map { $0.id == record.id ? record : $0 })
  }
}
