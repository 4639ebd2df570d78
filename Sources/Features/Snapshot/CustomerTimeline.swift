package import History

/// One customer's history with the usage put together, to be looked at on many days.
package struct CustomerTimeline: Sendable {
  let history: CustomerHistory
  /// One for each of the customer's subscriptions.
  let usage: [UsageTimeline]

  package init(_ history: CustomerHistory) {
    self.history = history
    usage = history.subscriptions.map { UsageTimeline($0.usage, hasRhythms: true) }
  }
}
