internal import History

/// One line of `truth.csv`: what really happened to an Azure subscription, and when.
struct TruthEvent: Sendable, Hashable {
  /// The raw value is the `event` column.
  enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Left for good; the day the first sign of it (suspended or deprovisioned) took effect.
    case churned
    case suspended
    /// Paid after all: not churn.
    case reactivated
    case deprovisioned
    case trialConverted
    /// A trial that never paid is not churn.
    case trialNeverPaid
    /// To another partner: it vanishes from the exports without a word.
    case transferred
    /// The commitment ran out as planned: it vanishes, too.
    case ended
  }

  var subscriptionId: GUID
  var kind: Kind
  var day: CalendarDay
}
