internal import Files
internal import Glibc
package import History

/// The file that tokens are kept in: JSON, mode 0600, always whole.
///
/// Changes are made under a lock on `FILE.lock` beside it, so that of two at the same time none is lost.
package enum TokenFile {
  /// Reads the tokens.
  ///
  /// - Throws: `AccessError.file`, when the file is missing, damaged, or may be read or changed by
  ///   others than its owner.
  package static func read(_ path: String) throws(AccessError) -> TokenRegistry {
    do {
      return try registry(path)
    } catch {
      throw .file(error)
    }
  }

  private static func registry(_ path: String) throws(FileError) -> TokenRegistry {
    if let mode = permissionBits(ofPath: path), mode & 0o077 != 0 {
      throw FileError(
        kind: .unusable, path: path,
        what: "the file of tokens has mode 0\(String(mode, radix: 8)), so that others may use it",
        expected: "a file that only its owner may read and write",
        remedy: "Type: chmod 600 \(shellWord(path))")
    }
    do {
      return try TokenRegistry(
        parsing: try contents(ofFile: path, limit: largestSize), path: path)
    } catch  where error.kind == .missing {
      throw FileError(
        kind: .missing, path: path, what: "there is no file of tokens",
        expected: "one that 'churn-risk tokens add' made",
        remedy: "Make a token, or name the file with --tokens.")
    }
  }

  /// Some hundred thousand tokens.
  private static let largestSize = 64 << 20

  /// Makes a token and adds it to the file, which is made where there is none.
  ///
  /// - Parameters:
  ///   - request: what is wanted.
  ///   - path: the file.
  ///   - today: UTC.
  ///   - mayManage: the roles that whoever asks may give; see `Permissions`.
  /// - Returns: the token with its secret, which is kept nowhere.
  /// - Throws: `AccessError`; the file is as it was then.
  package static func add(
    _ request: TokenRequest, to path: String, on today: CalendarDay,
    mayManage: Set<Role> = Set(Role.allCases)
  ) throws(AccessError) -> IssuedToken {
    let lock = try locked(path)
    defer { withExtendedLifetime(lock) {} }
    let registry: TokenRegistry
    do {
      registry = try read(path)
    } catch .file(let error) where error.kind == .missing {
      registry = TokenRegistry()
    }
    let issued = try request.issue(on: today, besides: registry, mayManage: mayManage)
    try write(registry.adding(issued.record), to: path)
    return issued
  }

  /// The id in a text that is an id or a whole token: whoever finds a token that has strayed can revoke it.
  package static func id(in text: String) -> String { PresentedToken(text.utf8)?.id ?? text }

  /// What revoking a token has changed.
  package enum Revocation: Sendable, Hashable {
    case revoked(TokenRecord)
    /// It was revoked before, on its `revokedOn`; nothing was changed.
    case wasRevoked(TokenRecord)
  }

  /// Revokes a token: from now on it opens nothing.
  ///
  /// It stays in the file, so that lists and the activity
  /// log can name it.
  ///
  /// - Parameters:
  ///   - id: of the token.
  ///   - path: the file.
  ///   - today: UTC.
  ///   - mayManage: the roles whose tokens may be revoked by whoever asks.
  /// - Returns: whether it was revoked now, or before.
  /// - Throws: `AccessError`; the file is as it was then.
  package static func revoke(
    _ id: String, in path: String, on today: CalendarDay,
    mayManage: Set<Role> = Set(Role.allCases)
  ) throws(AccessError) -> Revocation {
    // A file that is not there needs no lock beside it.
    _ = try read(path)
    let lock = try locked(path)
    defer { withExtendedLifetime(lock) {} }
    let registry = try read(path)
    guard var record = registry[id] else { throw .unknownToken(id: id, path: path) }
    guard mayManage.contains(record.role) else { throw .forbiddenRole(record.role) }
    guard record.revokedOn == nil else { return .wasRevoked(record) }
    record.revokedOn = today
    try write(registry.replacing(record), to: path)
    return .revoked(record)
  }

  /// A change takes milliseconds; whoever holds the lock longer is asked about.
  private static let attempts = 50

  private static func locked(_ path: String) throws(AccessError) -> FileLock {
    do {
      for attempt in 1...attempts {
        if let lock = try FileLock.take(path + ".lock") { return lock }
        if attempt < attempts { usleep(10_000) }
      }
      throw AccessError.busy(path: path)
    } catch let error as FileError {
      throw .file(error)
    } catch let error as AccessError {
      throw error
    } catch {
      preconditionFailure("a lock fails with a FileError: \(error)")
    }
  }

  private static func write(_ registry: TokenRegistry, to path: String) throws(AccessError) {
    do {
      try writeFile(path) { try $0.write(registry.json.serialized() + "\n") }
    } catch let error as FileError {
      throw .file(error)
    } catch {
      preconditionFailure("writing fails with a FileError: \(error)")
    }
  }

  /// A path as a shell takes it for one word.
  private static func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-".utf8.contains(byte)
      }
    }
    guard !isPlain else { return path }
    return "'"
      + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
