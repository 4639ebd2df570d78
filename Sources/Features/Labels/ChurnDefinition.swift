internal import History

/// What counts as churn, as a recipe says it.
///
/// The estimand is the probability that a recorded event falls in (L, L + horizon].
package struct ChurnDefinition: Sendable, Hashable {
  package enum Event: String, Sendable, Hashable, CaseIterable {
    /// The first observation that shows SUSPENDED.
    case suspended
    /// `deprovisionedDate`, else the first observation that shows DEPROVISIONED.
    case deprovisioned
    /// No usage on any day of (L, L + horizon], for subscriptions used shortly before L.
    case dormant
  }

  /// At least one; `dormant` stands alone.
  package var events: Set<Event> {
    didSet { isDormancy = events.contains(.dormant) }
  }
  /// 1 … 730 days.
  package var horizonDays: Int
  /// A suspension from which the subscription is back within this many days was none; 0 … 90.
  package var reactivationGraceDays: Int
  /// Dormancy only: a row needs usage within this many days before L; 1 … 365.
  package var activeWithinDays: Int
  /// Whether a trial that ends without conversion counts as churn rather than as never having paid.
  package var trialNeverPaidIsChurn: Bool

  package init(
    events: Set<Event> = [.suspended, .deprovisioned], horizonDays: Int = 91,
    reactivationGraceDays: Int = 30, activeWithinDays: Int = 28, trialNeverPaidIsChurn: Bool = false
  ) {
    self.events = events
    isDormancy = events.contains(.dormant)
    self.horizonDays = horizonDays
    self.reactivationGraceDays = reactivationGraceDays
    self.activeWithinDays = activeWithinDays
    self.trialNeverPaidIsChurn = trialNeverPaidIsChurn
  }

  package private(set) var isDormancy: Bool

  /// Whether `subscription` is a row of this definition at all; dormancy asks for recent usage.
  package func covers(_ subscription: KnownSubscription) -> Bool {
    guard isDormancy else { return true }
    guard let last = subscription.lastUsageDate else { return false }
    return subscription.usageSpan.through - last < activeWithinDays
  }

  /// The definition as a sentence, printed with every output.
  package var text: String {
    let days = "\(horizonDays) days"
    guard !isDormancy else {
      return "No usage on any of the \(days) after the day of the list. "
        + "Only subscriptions used in the last \(activeWithinDays) days whose usage was known on that day "
        + "count."
    }
    var names: [String] = []
    if events.contains(.suspended) { names.append("suspended") }
    if events.contains(.deprovisioned) { names.append("deprovisioned") }
    var text = "The subscription is \(names.joined(separator: " or ")) within \(days)."
    if events.contains(.suspended), reactivationGraceDays > 0 {
      text += " A suspension that ends within \(reactivationGraceDays) days does not count."
    }
    text +=
      trialNeverPaidIsChurn
      ? " Trials that end unpaid count. Transfers and normal ends do not count."
      : " Trials that end unpaid, transfers and normal ends do not count."
    return text
  }
}
