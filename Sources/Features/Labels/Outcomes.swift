package import History

/// What became of every subscription after past days, as far as it is known by now.
///
/// The labels of a panel without its features: lists of past days are judged by these.
package struct Outcomes: Sendable {
  package struct Outcome: Sendable, Hashable {
    /// 1 churned within the horizon, 0 did not.
    package let label: Double
    /// The day of the churn event when the label is 1; nil otherwise.
    ///
    /// Of dormancy it is the day on which the silence had lasted as long as the horizon, the same for
    /// every list that it came after; nil when it had by the day of the list.
    package let event: CalendarDay?
    /// Number of the customer in the order of the history; equal for its subscriptions.
    package let customer: Int32
  }

  private var outcomes: [CalendarDay: [GUID: Outcome]]

  /// What became of a subscription that was listed on `landmark`.
  ///
  /// - Returns: nil when its window has not been seen to its end, and for who was excluded on that day
  ///   by what is known now (fraud, internal and test on any day).
  package func outcome(of subscription: GUID, after landmark: CalendarDay) -> Outcome? {
    outcomes[landmark]?[subscription]
  }

  /// Reads the history once for its rhythm and once for the events.
  ///
  /// - Parameters:
  ///   - everything: everything seen.
  ///   - landmarks: the days of the lists, ascending, without duplicates.
  ///   - lag: reporting lag of usage in days, ≥ 0: how long after a window it is waited for usage.
  ///   - definition: what counts as churn.
  ///   - knownThrough: the day from which one looks back.
  /// - Throws: what reading the history throws.
  package init(
    history everything: some HistorySource, landmarks: [CalendarDay], lag: Int,
    definition: ChurnDefinition, knownThrough: CalendarDay
  ) throws {
    let history = KnownHistory(everything, on: knownThrough)
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: 0, today: knownThrough)
    let labeler = Labeler(
      definition: definition, sources: history.sources, lag: lag, rules: rules,
      coverage: try ReferenceStatistics(history: history, landmarks: [knownThrough], lag: lag)
        .coverage,
      knownThrough: knownThrough)
    outcomes = Dictionary(uniqueKeysWithValues: landmarks.map { ($0, [:]) })
    let windows = landmarks.map { labeler.window(after: $0) }
    try history.mapCustomers(batch: 512, inPartsOf: 16) { customers, first in
      zip(customers, first...).flatMap { customer, number in
        Self.outcomes(
          of: customer, number: Int32(number), windows: windows, rules: rules, labeler: labeler)
      }
    } combine: { parts in
      for (landmark, id, outcome) in parts.joined() { outcomes[landmark]?[id] = outcome }
    }
  }

  private static func outcomes(
    of customer: CustomerHistory, number: Int32, windows: [Labeler.Window], rules: StandingRules,
    labeler: Labeler
  ) -> [(CalendarDay, GUID, Outcome)] {
    customer.subscriptions.flatMap { subscription in
      let events = labeler.events(of: subscription, in: customer)
      return windows.compactMap { window -> (CalendarDay, GUID, Outcome)? in
        let landmark = window.landmark
        let excluded = rules.exclusions.exclusion(
          subscription: subscription.id, customerTenantId: customer.customerTenantId, on: landmark,
          isGone: false)
        guard excluded == nil, let label = labeler.label(subscription, events, in: window) else {
          return nil
        }
        let event =
          label == 0
          ? nil
          : labeler.definition.isDormancy
            ? labeler.silenceComplete(subscription, after: landmark)
            : events.firstChurn(after: landmark)
        return (
          landmark, subscription.id, Outcome(label: label, event: event, customer: number)
        )
      }
    }
  }
}
