internal import Files
package import History

/// A token that somebody wants made.
package struct TokenRequest: Sendable, Hashable {
  /// How long a token is valid unless told otherwise.
  package static let defaultLifeDays = 365
  /// The most characters of a name.
  package static let longestName = 200

  /// Who it is for.
  package var name: String
  package var role: Role
  /// Whose customers a sales agent sees; nil for every other role.
  package var accountManager: String?
  /// The last day on which it is valid; nil: it never expires.
  package var expiresOn: CalendarDay?

  package init(
    name: String, role: Role, accountManager: String? = nil, expiresOn: CalendarDay?
  ) {
    self.name = name
    self.role = role
    self.accountManager = accountManager
    self.expiresOn = expiresOn
  }

  /// Makes the token, with an id that none of the others has.
  ///
  /// - Throws: `AccessError` when the request contradicts itself, or `role` is not among `mayManage`.
  func issue(
    on today: CalendarDay, besides registry: TokenRegistry, mayManage: Set<Role>
  ) throws(AccessError) -> IssuedToken {
    guard mayManage.contains(role) else { throw .forbiddenRole(role) }
    let name = try Self.checked(name)
    guard let name else { throw .nameMissing }
    let manager = try accountManager.flatMap { text throws(AccessError) in try Self.checked(text) }
    switch (role, manager) {
    case (.salesAgent, nil): throw .accountManagerMissing
    case (.salesAgent, _), (_, nil): break
    case (let role, _): throw .accountManagerRefused(role)
    }
    if let expiresOn, expiresOn < today { throw .expiresInThePast(expiresOn, today: today) }
    var id = PresentedToken.newId()
    while registry[id] != nil { id = PresentedToken.newId() }
    let token = PresentedToken(id: id, secret: Secret.make())
    let record = TokenRecord(
      id: id, name: name, role: role, accountManager: manager, createdOn: today,
      expiresOn: expiresOn, secretSHA256: sha256(Array(token.secret.utf8)))
    return IssuedToken(record: record, token: token.text)
  }

  /// A text without spaces at its ends; nil when nothing is left.
  private static func checked(_ text: String) throws(AccessError) -> String? {
    let count = text.unicodeScalars.count
    guard count <= longestName else { throw .textTooLong(count, limit: longestName) }
    func isSpace(_ character: Character) -> Bool { character.isWhitespace }
    let trimmed = text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    return trimmed.isEmpty ? nil : String(trimmed)
  }
}

/// A new token; the only moment at which its secret is known.
package struct IssuedToken: Sendable {
  package let record: TokenRecord
  /// What its owner presents.
  ///
  /// It begins with `crt_`, is shown once and kept nowhere.
  package let token: String
}
