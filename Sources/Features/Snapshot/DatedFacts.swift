package import History

// Before a source's first export nobody looked, yet its first rows carry dates of what came before:
//
//   creationDate   trialStartDate     L      deprovisionedDate   first export
//   ─────┼───────────────┼────────────┼──────────────┼────────────────┼──────▶
//        known on L      known on L                  not yet
//
// Only such dated facts are known on L. Of every other field nobody can say since when it was so.
//
// The last renewal is none of them, although it is a date: on L it is the last one only of those that did
// not renew again before the first export, most of whom had left by then. It would tell the future.

extension SubscriptionState {
  /// The facts of this later row that were already true and dated on `day`.
  ///
  /// Its tenant and type are what the subscription is, not what happened to it, so they stay; its
  /// status follows from `deprovisionedDate`. Subscriptions that were closed and purged before the
  /// first export are in no row: what is left is biased towards survivors, and the model card says so.
  /// - Returns: nil when the subscription had not started by `day`.
  func datedFacts(on day: CalendarDay) -> SubscriptionState? {
    guard let start = [creationDate, effectiveStartDate].compactMap(\.self).min(), start <= day
    else { return nil }
    func ifKnown(_ fact: CalendarDay?) -> CalendarDay? { fact.flatMap { $0 <= day ? $0 : nil } }
    var facts = SubscriptionState()
    facts.customerTenantId = customerTenantId
    facts.subscriptionType = subscriptionType
    facts.creationDate = ifKnown(creationDate)
    facts.effectiveStartDate = ifKnown(effectiveStartDate)
    facts.deprovisionedDate = ifKnown(deprovisionedDate)
    if let trialStart = ifKnown(trialStartDate) {
      facts.trialStartDate = trialStart
      // The end of a trial is fixed when it starts.
      facts.trialEndDate = trialEndDate
    }
    facts.trialToPaidConversionDate = ifKnown(trialToPaidConversionDate)
    facts.status = facts.deprovisionedDate == nil ? .active : .deprovisioned
    return facts
  }

  /// Whether the row says that the subscription was closed by `day`: by status, or by a date that
  /// has come (a row can carry the date while its status still lags behind).
  package func isDeprovisioned(on day: CalendarDay) -> Bool {
    status == .deprovisioned || deprovisionedDate.map { $0 <= day } ?? false
  }

  /// Whether it was a trial that had not become paid by `day`.
  package func endedUnconverted(by day: CalendarDay) -> Bool {
    guard trialStartDate != nil else { return false }
    return trialToPaidConversionDate.map { $0 > day } ?? true
  }
}
