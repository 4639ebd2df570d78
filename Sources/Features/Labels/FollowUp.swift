/// How far what became of a row has been seen, and what ended it.
///
/// ```
///   landmark ───────── churn, or left in another way ─ ─ ─ ─ seen to here ┆ not known yet
///                      └─ endDays                                └─ seenDays
/// ```
/// A label asks about one horizon; this tells of all of them. The end counts where it was seen: one
/// that lies beyond `seenDays` tells of rows that are lost and not of those that stay, so whoever looks
/// at a day beyond must leave out both.
package struct FollowUp: Sendable, Hashable {
  /// Days after the landmark that have been seen to their end, ≥ 0.
  package var seenDays: Int32
  /// Days from the landmark to the first event, ≥ 1; nil where none is known.
  package var endDays: Int32?
  /// Whether that event is churn; a transfer is none, nor is a trial that never was paid.
  package var isChurn: Bool

  package init(seenDays: Int32, endDays: Int32? = nil, isChurn: Bool = false) {
    self.seenDays = seenDays
    self.endDays = endDays
    self.isChurn = isChurn
  }

  /// Nothing is known: rows that are scored, and dormancy, whose event has no day of its own.
  package static let none = FollowUp(seenDays: 0)
}
