internal import History

/// Exclusions by id, looked up once for each subscription and landmark.
struct ExclusionTable: Sendable {
  private var bySubscription: [GUID: [Exclusion]] = [:]
  private var byCustomer: [String: [Exclusion]] = [:]

  init(_ exclusions: [Exclusion]) {
    for exclusion in exclusions {
      if let id = exclusion.subscriptionId { bySubscription[id, default: []].append(exclusion) }
      if let tenant = exclusion.customerTenantId {
        byCustomer[tenant.lowercased(), default: []].append(exclusion)
      }
    }
  }

  /// The days, ascending, on which the subscription left by transfer, by migration or otherwise.
  ///
  /// No churn can follow such a day. Exclusions without `from` hold always: such rows never train.
  func departures(subscription: GUID, customerTenantIds: Set<String>) -> [CalendarDay] {
    let candidates =
      bySubscription[subscription, default: []]
      + Set(customerTenantIds.map { $0.lowercased() }).flatMap { byCustomer[$0, default: []] }
    return candidates.compactMap { exclusion in
      switch exclusion.reason {
      case .transferred, .migrated, .other: exclusion.from
      case .fraud, .internal, .test: nil
      }
    }.sorted()
  }

  /// The first exclusion that holds on `day`.
  ///
  /// Fraud, internal and test hold on every day, whatever
  /// their `from` says: such a subscription never behaved like a customer's.
  func exclusion(
    subscription: GUID, customerTenantId: String, on day: CalendarDay
  ) -> Exclusion? {
    let candidates =
      bySubscription[subscription, default: []]
      + byCustomer[customerTenantId.lowercased(), default: []]
    return candidates.first { exclusion in
      switch exclusion.reason {
      case .fraud, .internal, .test: true
      case .transferred, .migrated, .other: exclusion.from.map { $0 <= day } ?? true
      }
    }
  }
}
