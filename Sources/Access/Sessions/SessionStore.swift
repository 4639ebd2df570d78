internal import Files
internal import Synchronization

/// The browsers that have signed in, in memory: a restart signs everybody out.
///
/// Of a session's secret only the SHA-256 is kept. That a dictionary finds it in a time that depends on
/// the digest tells nothing: nobody can choose a digest.
package final class SessionStore: Sendable {
  /// 8 hours.
  package static let lifeSeconds = 8 * 3_600
  /// The most at the same time.
  package static let capacity = 10_000
  /// The most of one token: whoever signs in again and again ends nobody's session but the own.
  package static let capacityOfToken = 20

  private struct Session {
    var tokenId: String
    /// Ends with this second.
    var endsAt: Int
    /// Of two that begin in the same second the lower number is the older.
    var number: Int
  }

  private struct State {
    var sessions: [String: Session] = [:]
    var begun = 0
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// No sessions; `capacity` is lower in tests.
  package init(capacity: Int = SessionStore.capacity) {
    precondition(capacity > 0, "there is room for a session")
    self.capacity = capacity
  }

  /// How many are kept, those included that have ended and were not asked for since.
  package var count: Int { state.withLock { $0.sessions.count } }

  /// Begins a session; where there is no room, the oldest one of the token ends, else the oldest of all.
  ///
  /// - Parameters:
  ///   - tokenId: of the token that was presented.
  ///   - now: seconds, on any clock that the other calls use too.
  /// - Returns: the secret for the browser's cookie: 43 characters of base64url.
  package func begin(tokenId: String, now: Int) -> String {
    let secret = Secret.make()
    let key = Self.key(secret)
    state.withLock { state in
      let own = state.sessions.filter { $0.value.tokenId == tokenId }
      if own.count >= Self.capacityOfToken,
        let oldest = own.min(by: { $0.value.number < $1.value.number })
      {
        state.sessions[oldest.key] = nil
      }
      if state.sessions.count >= capacity {
        state.sessions = state.sessions.filter { $0.value.endsAt > now }
        if state.sessions.count >= capacity,
          let oldest = state.sessions.min(by: { $0.value.number < $1.value.number })
        {
          state.sessions[oldest.key] = nil
        }
      }
      state.begun += 1
      state.sessions[key] = Session(
        tokenId: tokenId, endsAt: now + Self.lifeSeconds, number: state.begun)
    }
    return secret
  }

  /// The token that a session began with; nil when there is none, or it is over.
  ///
  /// Whether that token is still valid is for the registry to say.
  package func tokenId(for secret: String, now: Int) -> String? {
    // Of a megabyte nothing but the length is looked at.
    guard secret.utf8.count == Secret.length else { return nil }
    let key = Self.key(secret)
    return state.withLock { state in
      guard let session = state.sessions[key] else { return nil }
      guard session.endsAt > now else {
        state.sessions[key] = nil
        return nil
      }
      return session.tokenId
    }
  }

  /// Ends a session; one that is not there is no error.
  package func end(_ secret: String) {
    guard secret.utf8.count == Secret.length else { return }
    let key = Self.key(secret)
    state.withLock { $0.sessions[key] = nil }
  }

  private static func key(_ secret: String) -> String { sha256(Array(secret.utf8)) }
}
