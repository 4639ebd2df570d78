package import History

/// Labels rows: 1 when churn came within the horizon, 0 when not, nil when that has not been seen.
package struct Labeler: Sendable {
  package let definition: ChurnDefinition
  private let maturity: Maturity
  private let exclusions: ExclusionTable
  private let knownThrough: CalendarDay
  private let coverage: [UsageCoverage?]
  private let lag: Int

  /// - Parameters:
  ///   - definition: what counts as churn.
  ///   - sources: whose exports tell when a window has been seen.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - rules: its exclusions tell transfers and migrations from churn.
  ///   - coverage: for each source, on which days usage was seen, as known on `knownThrough`; nil
  ///     without usage lines. Where all usage is missing, nobody went dormant: nothing has been seen.
  ///   - knownThrough: the day from which one looks back, usually the day of training.
  package init(
    definition: ChurnDefinition, sources: [Source], lag: Int, rules: StandingRules,
    coverage: [UsageCoverage?], knownThrough: CalendarDay
  ) {
    self.definition = definition
    self.knownThrough = knownThrough
    self.coverage = coverage
    self.lag = lag
    exclusions = rules.exclusions
    maturity = Maturity(
      sources: sources, definition: definition, lag: lag, knownThrough: knownThrough)
  }

  /// What happened to one subscription of `customer`, as far as it is known.
  ///
  /// - Parameters:
  ///   - subscription: of the customer.
  ///   - customer: all of it.
  ///   - isListed: false where no exclusion is of the subscription, so that none is looked for.
  /// - Returns: its events.
  package func events(
    of subscription: SubscriptionHistory, in customer: CustomerHistory, isListed: Bool = true
  ) -> ChurnEvents {
    guard isListed else {
      return ChurnEvents(of: subscription, definition: definition, knownThrough: knownThrough)
    }
    let states = subscription.states
    let tenants = Set(
      [customer.customerTenantId] + states.indices.compactMap { states[$0].customerTenantId })
    let departures = exclusions.departures(
      subscription: subscription.id, customerTenantIds: tenants)
    // Who does not say when it left has left when it was gone.
    let undated =
      departures.hasUndated ? maturity.goneSince(subscription, through: knownThrough) : nil
    return ChurnEvents(
      of: subscription, departures: departures.days + (undated.map { [$0] } ?? []),
      definition: definition, knownThrough: knownThrough)
  }

  /// What came after one landmark, for all rows of it.
  final class Window: Sendable {
    let landmark: CalendarDay
    /// For each source, how many days after the landmark have been seen to their end.
    fileprivate let seenDays: [Int]

    fileprivate init(landmark: CalendarDay, seenDays: [Int]) {
      (self.landmark, self.seenDays) = (landmark, seenDays)
    }
  }

  func window(after landmark: CalendarDay) -> Window {
    Window(
      landmark: landmark,
      seenDays: coverage.indices.map { maturity.seenDays(after: landmark, source: $0) })
  }

  /// The label of a row that was scored on the landmark of `window`, or nil when what came of it was not seen.
  func label(_ history: SubscriptionHistory, _ events: ChurnEvents, in window: Window) -> Double? {
    Self.source(of: history, on: window.landmark).flatMap {
      label(history, events, shownBy: $0, in: window)
    }
  }

  /// The label of a row, or nil when what came of it was not seen.
  ///
  /// Not seen is a window that no complete export has ended yet, or with a hole between exports; a
  /// landmark before the first row of a subscription that was closed by then, nobody knows since when;
  /// and for dormancy a window in which usage lines of everyone are missing.
  ///
  /// - Parameters:
  ///   - history: the subscription's; only dormancy asks for it.
  ///   - events: what happened to it.
  ///   - source: the one that last showed it, whose exports tell what became of it.
  ///   - window: of the landmark on which it was scored.
  /// - Returns: 1 for churn, 0 for none.
  func label(
    _ history: @autoclosure () -> SubscriptionHistory, _ events: ChurnEvents,
    shownBy source: Int, in window: Window
  ) -> Double? {
    guard window.seenDays[source] >= definition.horizonDays else { return nil }
    let landmark = window.landmark
    if let closed = events.closedUndatedOn, landmark < closed { return nil }
    let end = landmark + definition.horizonDays
    guard definition.isDormancy else {
      return events.firstChurn(after: landmark).map { $0 <= end } ?? false ? 1 : 0
    }
    // Asked before anything else, also for the used: rows of a window come all, or none of them.
    if let seen = coverage[source], !seen.covers(landmark + 1...end) { return nil }
    if events.leftOtherwise(after: landmark, through: end) { return 0 }
    let history = history()
    if maturity.vanishes(history, after: landmark, through: end) { return 0 }
    return isUsed(history, in: landmark + 1...end) ? 0 : 1
  }

  /// How far what came of the row was seen, and what ended it; nothing of dormancy.
  func followUp(_ events: ChurnEvents, shownBy source: Int, in window: Window) -> FollowUp {
    guard !definition.isDormancy else { return .none }
    let end = events.firstEnd(after: window.landmark)
    return FollowUp(
      seenDays: Int32(window.seenDays[source]),
      endDays: end.map { Int32($0.day - window.landmark) },
      isChurn: end?.isChurn ?? false)
  }

  /// The source whose exports tell what became of a subscription: the one that last showed it.
  private static func source(of history: SubscriptionHistory, on landmark: CalendarDay) -> Int? {
    let later = history.observations.partitionIndex { $0.day > landmark }
    return history.observations[..<later].last?.source ?? history.observations.first?.source
  }

  /// The day on which a silence that lasts through the window of `landmark` had gone on for as long as the
  /// horizon: that long after the last usage.
  ///
  /// - Returns: nil where that was not after `landmark`.
  func silenceComplete(_ history: SubscriptionHistory, after landmark: CalendarDay) -> CalendarDay?
  {
    let usage = history.usage
    var last = history.observations.lazy.filter { $0.day <= knownThrough }.compactMap {
      observation in observation.lastUsageDate.map { min($0, observation.day) }
    }.filter { $0 <= landmark }.max()
    var row = usage.days.partitionIndex { $0 >= landmark - definition.horizonDays }
    while row < usage.count, usage.days[row] <= landmark {
      let line = usage.line(at: row, knownOn: knownThrough, lag: lag)
      if let quantity = line.quantity, quantity > 0 {
        last = max(last ?? usage.days[row], usage.days[row])
      }
      row = line.end
    }
    return last.map { $0 + definition.horizonDays }.flatMap { $0 > landmark ? $0 : nil }
  }

  /// Whether a usage line or a row's `lastUsageDate`, as known on `knownThrough`, lies in `window`.
  private func isUsed(_ history: SubscriptionHistory, in window: ClosedRange<CalendarDay>) -> Bool {
    let usage = history.usage
    var row = usage.days.partitionIndex { $0 >= window.lowerBound }
    while row < usage.count, usage.days[row] <= window.upperBound {
      let line = usage.line(at: row, knownOn: knownThrough, lag: lag)
      if let quantity = line.quantity, quantity > 0 { return true }
      row = line.end
    }
    return history.observations.contains { observation in
      observation.day <= knownThrough
        && observation.lastUsageDate.map { window.contains(min($0, observation.day)) } ?? false
    }
  }
}
