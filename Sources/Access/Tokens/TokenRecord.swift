package import History

/// What the file keeps of a token: everything but its secret.
package struct TokenRecord: Sendable, Hashable {
  /// 12 lower-case hexadecimal digits; no secret.
  package var id: String
  /// Who the token is for; text from outside.
  package var name: String
  /// What it may see.
  package var role: Role
  /// Whose customers it sees, as the owners file names the account manager; nil but for salesAgent.
  package var accountManager: String?
  package var createdOn: CalendarDay
  /// The last day on which it is valid; nil: it never expires.
  package var expiresOn: CalendarDay?
  /// Not valid any more from this day on, nor earlier on it; nil: it was not revoked.
  package var revokedOn: CalendarDay?
  /// SHA-256 of the secret as it is presented, 64 lower-case hexadecimal digits.
  package var secretSHA256: String

  /// Whether a token may be used.
  package enum State: String, Sendable, Hashable, CaseIterable { case valid, expired, revoked }

  /// Whether the token may be used on a day.
  package func state(on day: CalendarDay) -> State {
    if revokedOn != nil { return .revoked }
    if let expiresOn, day > expiresOn { return .expired }
    return .valid
  }

  package init(
    id: String, name: String, role: Role, accountManager: String? = nil, createdOn: CalendarDay,
    expiresOn: CalendarDay? = nil, revokedOn: CalendarDay? = nil, secretSHA256: String
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.accountManager = accountManager
    self.createdOn = createdOn
    self.expiresOn = expiresOn
    self.revokedOn = revokedOn
    self.secretSHA256 = secretSHA256
  }
}
