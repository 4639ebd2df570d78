// Exclusions that the logs suggest and that somebody has to decide on.
//
// A subscription that was transferred away, migrated or cancelled as compromised did not churn, and a
// model that learns it as churn learns something wrong. A log can be wrong about it, though, or tell half
// of it; so nothing is excluded until its line is copied into an exclusions file.

/// A line that an exclusions file could have.
package struct ProposedExclusion: Sendable, Hashable {
  /// What in the logs suggests it, the strongest first.
  package enum Cause: String, Sendable, Hashable, CaseIterable {
    case transferred, transferUpdated, cancelledAsCompromised, fraudDetected, migrated, upgraded

    /// For people.
    package var sentence: String {
      switch self {
      case .transferred: "The log says that it was transferred to another partner."
      case .transferUpdated:
        "The log says that a transfer of it was updated, and not whether it was completed."
      case .cancelledAsCompromised: "The log says that it was cancelled because it was compromised."
      case .fraudDetected: "The log says that Microsoft detected fraud in it."
      case .migrated: "The log says that it was migrated to the new commerce experience."
      case .upgraded: "The log says that it was upgraded into another subscription."
      }
    }

    /// What it would be excluded for.
    var reason: ExclusionReason {
      switch self {
      case .transferred, .transferUpdated: .transferred
      case .cancelledAsCompromised, .fraudDetected: .fraud
      case .migrated, .upgraded: .migrated
      }
    }

    /// nil when the event suggests nothing.
    init?(_ event: Event) {
      switch (event.kind, event.detail) {
      case (.transferred, nil): self = .transferred
      case (.transferred, .unconfirmed): self = .transferUpdated
      case (.cancelled, .fraud): self = .cancelledAsCompromised
      case (.other, .fraud): self = .fraudDetected
      case (.other, .migration): self = .migrated
      case (.other, .upgrade): self = .upgraded
      default: return nil
      }
    }
  }

  /// Exactly one of the ids is set, `from` is the day of the event.
  package var exclusion: Exclusion
  package var cause: Cause
}

extension HistoryStore {
  /// What the logs suggest to exclude and no exclusions file speaks of.
  ///
  /// Only subscriptions and customers that the history knows are proposed, each for a reason once and
  /// from the first day on.
  ///
  /// - Returns: by day, then id.
  /// - Throws: `.unusable` when the store is damaged.
  package func proposedExclusions() throws(HistoryError) -> [ProposedExclusion] {
    var tenants: [GUID: String] = [:]
    for customer in overview.customers {
      for subscription in customer.subscriptions {
        tenants[subscription.guid] = customer.customerTenantId
      }
    }
    let customers = Set(overview.customers.map(\.customerTenantId))
    let excluded = Set(
      exclusions.map { Subject(subscription: $0.subscriptionId, customer: $0.customerTenantId) })
    var proposed: [Proposal: ProposedExclusion] = [:]
    var order: [Proposal] = []
    for event in try events() {
      guard let cause = ProposedExclusion.Cause(event) else { continue }
      var customer = event.customerTenantId
      if let id = event.subscriptionId {
        guard let known = tenants[id] else { continue }
        customer = known
      } else if customer.map({ customers.contains($0) }) != true {
        continue
      }
      let subject = Subject(
        subscription: event.subscriptionId,
        customer: event.subscriptionId == nil ? customer : nil)
      guard !excluded.contains(subject),
        !excluded.contains(Subject(subscription: nil, customer: customer))
      else { continue }
      let proposal = Proposal(subject: subject, reason: cause.reason)
      if proposed[proposal] == nil {
        order.append(proposal)
        proposed[proposal] = ProposedExclusion(
          exclusion: Exclusion(
            subscriptionId: subject.subscription, customerTenantId: subject.customer,
            reason: cause.reason, from: event.day),
          cause: cause)
      } else if let known = proposed[proposal], cause.rank < known.cause.rank {
        proposed[proposal]?.cause = cause
      }
    }
    return order.compactMap { proposed[$0] }
  }
}

/// Who or what an exclusion is about.
private struct Subject: Hashable {
  var subscription: GUID?
  var customer: String?
}

private struct Proposal: Hashable {
  var subject: Subject
  var reason: ExclusionReason
}

extension ProposedExclusion.Cause {
  /// 0 for the strongest.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
