/// One access: who asked for what, when, and what came of it.
///
/// It never holds a token, a session's secret or another header of the request. Whoever makes one leaves
/// them out; should a token stray into a text all the same, its secret is cut out of what is written.
package struct ActivityEntry: Sendable, Hashable {
  /// How the one who asked was known.
  package enum Means: String, Sendable, CaseIterable {
    /// A token in the request.
    case bearer
    /// A session of a browser.
    case session
    /// Not at all.
    case none
    /// A command on this machine.
    case command
  }

  /// When the request came.
  package var time: UTCTime
  /// The id of the token; nil where none was known.
  package var token: String?
  /// Who the token is for.
  package var name: String?
  package var role: Role?
  package var via: Means
  /// Where the request came from, for instance `127.0.0.1`.
  package var peer: String
  /// For instance `GET`; of a command its verb, such as `add`.
  package var method: String
  /// What was asked for: a resource, or a name of a route such as `signIn` or `unknown`.
  package var action: String
  /// The parameters as `name=value`, with `&` between them; empty without.
  package var query: String
  /// Of HTTP; commands that did their work have 200.
  package var status: Int
  /// Rows of the answer; nil where it has none.
  package var rows: Int?
  /// Of the body of the answer.
  package var bytes: Int
  /// Until the answer was ready.
  package var milliseconds: Double

  package init(
    time: UTCTime, token: String? = nil, name: String? = nil, role: Role? = nil, via: Means,
    peer: String, method: String, action: String, query: String = "", status: Int,
    rows: Int? = nil, bytes: Int = 0, milliseconds: Double = 0
  ) {
    self.time = time
    self.token = token
    self.name = name
    self.role = role
    self.via = via
    self.peer = peer
    self.method = method
    self.action = action
    self.query = query
    self.status = status
    self.rows = rows
    self.bytes = bytes
    self.milliseconds = milliseconds
  }

  /// An entry of somebody whose token is known.
  package mutating func note(_ record: TokenRecord) {
    token = record.id
    name = record.name
    role = record.role
  }
}
