package import History

/// How long one subscription was followed, and whether it was lost at the end.
package struct SurvivalSubject: Sendable, Hashable {
  /// Days from its start to the day from which it was followed; −1 = from its start on.
  package let entryAge: Int
  /// Days from its start to the loss, or to the last day on which it was seen; ≥ 0.
  package let exitAge: Int
  /// Whether it was lost then; otherwise what came later is not known (censored).
  package let isLost: Bool
  package let start: CalendarDay

  package init(entryAge: Int, exitAge: Int, isLost: Bool, start: CalendarDay) {
    self.entryAge = entryAge
    self.exitAge = exitAge
    self.isLost = isLost
    self.start = start
  }

  /// Whether it began before anybody looked, so that only survivors of its kind are seen.
  package var isTruncated: Bool { entryAge >= 0 }

  /// nil for a subscription that tells nothing: without a start, closed before anybody looked, excluded as
  /// fraud, internal or test, or seen on one day only.
  init?(_ subscription: KnownSubscription) {
    guard subscription.isAzure, !subscription.isNoCustomers, let start = subscription.startDate,
      let followed = subscription.followedFrom, let lastSeen = subscription.lastSeen,
      subscription.activity.activeFrom != nil
    else { return nil }
    let isTruncated = start < followed
    let entry = isTruncated ? followed : start
    // A suspension that was undone soon was none; a trial that never was paid left otherwise, and so did a
    // transfer, also one whose day nobody gave.
    let losses = subscription.losses.filter { !$0.isUndone }
    if isTruncated, losses.contains(where: { $0.day <= entry }) { return nil }
    var exit = max(lastSeen, start)
    var isLost = false
    if let loss = losses.min(by: { $0.day < $1.day }), loss.day <= exit {
      exit = max(loss.day, start)
      isLost = !loss.isUnpaidTrial && !subscription.hasUndatedDeparture
    }
    if let left = subscription.departures.first(where: { $0 >= entry }), left <= exit {
      (exit, isLost) = (left, false)
    }
    guard exit > entry || isLost || !isTruncated else { return nil }
    self.start = start
    self.isLost = isLost
    entryAge = isTruncated ? entry - start : -1
    exitAge = exit - start
  }
}
