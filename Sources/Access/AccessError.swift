package import Files
package import History

/// Why a token, or the file of tokens, could not be used or changed.
package enum AccessError: Error, Sendable, Hashable {
  /// A file could not be read, makes no sense, or could not be written.
  case file(FileError)
  /// Another process is changing the file of tokens.
  case busy(path: String)
  /// No token of the file has this id.
  case unknownToken(id: String, path: String)
  /// Who asks may not manage tokens of this role.
  case forbiddenRole(Role)
  /// A token is for somebody.
  case nameMissing
  /// A name or account manager of so many characters.
  case textTooLong(Int, limit: Int)
  /// A sales agent sees the customers of an account manager.
  case accountManagerMissing
  /// Only a sales agent has an account manager.
  case accountManagerRefused(Role)
  /// The token would be expired from the start.
  case expiresInThePast(CalendarDay, today: CalendarDay)
}

extension AccessError: CustomStringConvertible {
  /// What happened, where, what was expected, what to do.
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .busy(let path):
      "\(path): another process is changing the tokens. Try again in a moment."
    case .unknownToken(let id, let path):
      "\(path): there is no token '\(id)'. 'churn-risk tokens list' shows the ids."
    case .forbiddenRole(let role):
      "Tokens of the role \(role.rawValue) are managed by others; expected a role that yours may manage."
    case .nameMissing: "The name is empty. Expected who the token is for."
    case .textTooLong(let count, let limit):
      "A text of \(count) characters is too long. Expected at most \(limit)."
    case .accountManagerMissing:
      "A token of the role salesAgent needs the account manager whose customers it may see: "
        + "give the name as in the owners file."
    case .accountManagerRefused(let role):
      "An account manager confines a token of the role salesAgent; \(role.rawValue) is not confined. "
        + "Leave it out, or choose salesAgent."
    case .expiresInThePast(let day, let today):
      "The token would have expired on \(day). Expected a day from \(today) on."
    }
  }
}
