package import History

/// Exclusions by id, looked up once for each subscription and landmark.
package struct ExclusionTable: Sendable {
  private var bySubscription: [GUID: [Exclusion]] = [:]
  private var byCustomer: [String: [Exclusion]] = [:]

  package init(_ exclusions: [Exclusion]) {
    for exclusion in exclusions {
      if let id = exclusion.subscriptionId { bySubscription[id, default: []].append(exclusion) }
      if let tenant = exclusion.customerTenantId {
        byCustomer[tenant.lowercased(), default: []].append(exclusion)
      }
    }
  }

  /// How the subscription left by transfer, by migration or otherwise.
  ///
  /// No churn can follow the day of a departure. Who is listed without a day left when it was gone.
  /// - Returns: the days given, ascending, and whether one is not given.
  package func departures(subscription: GUID, customerTenantIds: Set<String>) -> (
    days: [CalendarDay], hasUndated: Bool
  ) {
    let departures =
      (bySubscription[subscription, default: []]
      + Set(customerTenantIds.map { $0.lowercased() }).flatMap { byCustomer[$0, default: []] })
      .filter(\.isDeparture)
    return (departures.compactMap(\.from).sorted(), departures.contains { $0.from == nil })
  }

  /// Whether any exclusion is of the subscription or of a customer that it belonged to.
  func isListed(_ subscription: SubscriptionHistory, of customerTenantId: String) -> Bool {
    if bySubscription[subscription.id] != nil { return true }
    guard !byCustomer.isEmpty else { return false }
    return byCustomer[customerTenantId.lowercased()] != nil
      || subscription.states.indices.contains { index in
        subscription.states[index].customerTenantId.map { byCustomer[$0.lowercased()] != nil }
          ?? false
      }
  }

  /// The first exclusion that holds on `day`.
  ///
  /// Fraud, internal and test hold on every day, whatever their `from` says: such a subscription never
  /// behaved like a customer's. A departure holds from its day on; one without a day once the
  /// subscription is gone.
  ///
  /// - Parameters:
  ///   - subscription: its id.
  ///   - customerTenantId: its customer's.
  ///   - day: the day on which one looks.
  ///   - isGone: whether departures without a day hold.
  /// - Returns: nil when none holds.
  package func exclusion(
    subscription: GUID, customerTenantId: String, on day: CalendarDay, isGone: Bool
  ) -> Exclusion? {
    func holds(_ exclusion: Exclusion) -> Bool {
      !exclusion.isDeparture || (exclusion.from.map { $0 <= day } ?? isGone)
    }
    return bySubscription[subscription]?.first(where: holds)
      ?? (byCustomer.isEmpty ? nil : byCustomer[customerTenantId.lowercased()]?.first(where: holds))
  }
}

extension Exclusion {
  /// Whether it says how the subscription left, rather than that it never was a customer's.
  package var isDeparture: Bool {
    switch reason {
    case .transferred, .migrated, .other: true
    case .fraud, .internal, .test: false
    }
  }
}
