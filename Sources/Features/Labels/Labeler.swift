package import History

/// Labels rows: 1 when churn came within the horizon, 0 when not, nil when that has not been seen.
package struct Labeler: Sendable {
  package let definition: ChurnDefinition
  private let maturity: Maturity
  private let exclusions: ExclusionTable
  private let knownThrough: CalendarDay
  private let usageThrough: CalendarDay?
  private let lag: Int

  /// - Parameters:
  ///   - definition: what counts as churn.
  ///   - sources: whose exports tell when a window has been seen.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - rules: its exclusions tell transfers and migrations from churn.
  ///   - usageThrough: the newest usage day of the whole history known on `knownThrough`; nil without
  ///     usage lines. Where all usage ends, nobody went dormant: nothing has been seen.
  ///   - knownThrough: the day from which one looks back, usually the day of training.
  package init(
    definition: ChurnDefinition, sources: [Source], lag: Int, rules: StandingRules,
    usageThrough: CalendarDay?, knownThrough: CalendarDay
  ) {
    self.definition = definition
    self.knownThrough = knownThrough
    self.usageThrough = usageThrough
    self.lag = lag
    exclusions = rules.exclusions
    maturity = Maturity(
      sources: sources, definition: definition, lag: lag, knownThrough: knownThrough)
  }

  /// What happened to one subscription of `customer`, as far as it is known.
  package func events(
    of subscription: SubscriptionHistory, in customer: CustomerHistory
  ) -> ChurnEvents {
    let tenants = Set(
      [customer.customerTenantId] + subscription.states.compactMap(\.customerTenantId))
    return ChurnEvents(
      of: subscription,
      departures: exclusions.departures(
        subscription: subscription.id, customerTenantIds: tenants),
      definition: definition, knownThrough: knownThrough)
  }

  /// The label of a row that was scored on `landmark`.
  package func label(
    _ history: SubscriptionHistory, _ events: ChurnEvents, on landmark: CalendarDay
  ) -> Double? {
    // The source whose exports tell what became of the subscription: the one that last showed it.
    let source =
      history.observations.last { $0.day <= landmark }?.source ?? history.observations.first?.source
    guard let source, maturity.isMature(landmark, source: source) else { return nil }
    let end = landmark + definition.horizonDays
    guard definition.isDormancy else {
      return events.firstChurn(after: landmark).map { $0 <= end } ?? false ? 1 : 0
    }
    if let usageThrough, usageThrough < end { return nil }
    if events.leftOtherwise(after: landmark, through: end) { return 0 }
    if maturity.vanishes(history, after: landmark, through: end) { return 0 }
    return isUsed(history, in: landmark + 1...end) ? 0 : 1
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
