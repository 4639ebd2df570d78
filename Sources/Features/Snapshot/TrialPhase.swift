package import History

/// Where a subscription stands in its trial; the values of `trialStatus` in at-risk.json.
package enum TrialPhase: String, Sendable, Hashable, CaseIterable {
  case none, running, converted, ended
}

/// The dates of a subscription's trial, as one state shows them.
struct TrialDates: Sendable {
  let start: CalendarDay?
  let end: CalendarDay?
  /// When it became a paid subscription.
  let paid: CalendarDay?

  init(_ state: SubscriptionState) {
    start = state.trialStartDate
    end = state.trialEndDate
    paid = state.trialToPaidConversionDate
  }

  func phase(on day: CalendarDay) -> TrialPhase {
    if let paid, paid <= day { return .converted }
    guard let start, start <= day else { return .none }
    return end.map { $0 < day } ?? false ? .ended : .running
  }
}

extension SubscriptionState {
  package func trialPhase(on day: CalendarDay) -> TrialPhase { TrialDates(self).phase(on: day) }
}
