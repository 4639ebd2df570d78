package import History

/// Which subscriptions are like each other: the same product, with commitments that end in the same
/// month.
///
/// Subscriptions that were sold together meet the same terms, prices and seasons. Months, because a
/// commitment of its own day would leave most subscriptions alone. Partner tenants have cohorts of their
/// own: where the usage of one was not imported, its silence is not the other's.
struct CohortKey: Hashable, Sendable {
  /// Index of the source that last showed the subscription.
  private(set) var source: Int
  /// Lower case.
  let product: String
  /// Months since year 0; nil without an end, and for a monthly term that renews itself.
  let endMonth: Int?

  /// The cohort of Azure subscriptions of a product.
  ///
  /// - Parameters:
  ///   - product: lower case; nil without a product makes no cohort.
  ///   - committedThrough: the last day of the commitment; see `SubscriptionState.committedThrough`.
  ///   - source: index of the source that last showed it.
  init?(product: String?, committedThrough: CalendarDay?, source: Int) {
    guard let product else { return nil }
    self.source = source
    self.product = product
    endMonth = committedThrough.map { end in
      let (year, month, _) = end.civil
      return year * 12 + month
    }
  }

  /// The same cohort of another source.
  func inSource(_ source: Int) -> CohortKey {
    var key = self
    key.source = source
    return key
  }
}

extension SubscriptionState {
  /// Whether nothing speaks against an Azure subscription.
  package var isAzureOrUntyped: Bool { subscriptionType.map { $0.lowercased() == "azure" } ?? true }

  /// Terms of at most this many days are monthly ones.
  private static let longestMonthDays = 31

  /// The last day of the commitment; nil for a monthly term that renews itself.
  ///
  /// Such a term ends every month and says nothing by it. Its length is counted from the last renewal,
  /// else from the start.
  package var committedThrough: CalendarDay? {
    guard let end = commitmentEndDate else { return nil }
    if autoRenewEnabled ?? false,
      let termStart = lastRenewalDate ?? effectiveStartDate ?? creationDate,
      end >= termStart, end - termStart <= Self.longestMonthDays
    {
      return nil
    }
    return end
  }
}
