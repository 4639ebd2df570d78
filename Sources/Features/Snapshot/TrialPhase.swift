package import History

/// Where a subscription stands in its trial; the values of `trialStatus` in at-risk.json.
package enum TrialPhase: String, Sendable, Hashable, CaseIterable {
  case none, running, converted, ended
}

extension SubscriptionState {
  package func trialPhase(on day: CalendarDay) -> TrialPhase {
    if let paid = trialToPaidConversionDate, paid <= day { return .converted }
    guard let start = trialStartDate, start <= day else { return .none }
    return trialEndDate.map { $0 < day } ?? false ? .ended : .running
  }
}
