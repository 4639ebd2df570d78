package import History

extension CustomerSnapshot {
  /// How many of the customer's subscriptions had usage as then known, and how many of those an export
  /// had shown as Azure subscriptions.
  ///
  /// - Parameter history: what the snapshot was made of.
  /// - Returns: nil when none had usage.
  package func idMatch(_ history: CustomerHistory) -> IdMatch? {
    let used = subscriptions.filter { $0.usage.count > 0 }
    let shown = Set(subscriptions.map(\.id))
    let strangers = history.subscriptions.count { subscription in
      !shown.contains(subscription.id)
        && UsageTimeline(subscription.usage, context.meterTraits).isUsed(on: context)
    }
    let withUsage = used.count + strangers
    return withUsage == 0 ? nil : IdMatch(withUsage: withUsage, known: used.count(where: \.isAzure))
  }
}
