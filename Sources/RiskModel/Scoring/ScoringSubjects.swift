internal import Features
package import History

/// Everyone who is listed on a day: rows to score with their features, and the excluded.
struct ScoringSubjects: Sendable {
  var table = FeatureTable()
  /// One for each row of `table`.
  var scored: [SubscriptionIdentity] = []
  var excluded: [ExcludedSubscription] = []
  var context: LandmarkContext
  /// Whether usage and subscriptions spoke of the same things on the day; nil without usage.
  var idMatch: IdMatch?

  /// Reads the history once for reference statistics and once for the rows.
  ///
  /// - Throws: what reading the history throws.
  init(
    history: some HistorySource, asOf: CalendarDay, lagDays: Int, rules: StandingRules,
    definition: ChurnDefinition, owner: @Sendable @escaping (SubscriptionOwnerKey) -> Owner?
  ) throws {
    let statistics = try ReferenceStatistics(history: history, landmarks: [asOf], lag: lagDays)
    let context = statistics.contexts[0]
    self.context = context
    table.reserveCapacity(statistics.mostRows)
    try history.mapCustomers(batch: 512, inPartsOf: SubjectsPart.customers) { customers, first in
      SubjectsPart(
        customers, number: Int32(first), context: context, rules: rules, definition: definition,
        owner: owner)
    } combine: { parts in
      table.append(parts.map(\.table))
      for part in parts {
        scored += part.scored
        excluded += part.excluded
        idMatch = IdMatch.sum(idMatch, part.idMatch)
      }
    }
  }
}

/// The subjects of some customers.
private struct SubjectsPart: Sendable {
  /// Customers of a part.
  static let customers = 32

  private(set) var table = FeatureTable()
  private(set) var scored: [SubscriptionIdentity] = []
  private(set) var excluded: [ExcludedSubscription] = []
  private(set) var idMatch: IdMatch?

  init(
    _ customers: ArraySlice<CustomerHistory>, number: Int32, context: LandmarkContext,
    rules: StandingRules, definition: ChurnDefinition, owner: (SubscriptionOwnerKey) -> Owner?
  ) {
    var subjects: [FeatureTable.Subject] = []
    for (history, number) in zip(customers, number...) {
      let snapshot = CustomerSnapshot(history, at: context)
      idMatch = IdMatch.sum(idMatch, snapshot.idMatch(history))
      subjects += self.subjects(of: snapshot, number: number, rules, definition, owner)
    }
    table.append(subjects)
  }

  /// The rows of a customer; the others of its subscriptions are noted as excluded.
  private mutating func subjects(
    of customer: CustomerSnapshot, number: Int32, _ rules: StandingRules,
    _ definition: ChurnDefinition, _ owner: (SubscriptionOwnerKey) -> Owner?
  ) -> [FeatureTable.Subject] {
    var subjects: [FeatureTable.Subject] = []
    for subscription in customer.subscriptions {
      let standing = rules.standing(of: subscription, at: customer.context)
      guard standing != .unlisted else { continue }
      let identity = SubscriptionIdentity(subscription, in: customer, owner: owner)
      switch standing {
      case .unlisted: continue
      case .excluded(let reason, let since):
        excluded.append(ExcludedSubscription(identity: identity, reason: reason, since: since))
      case .scored:
        // A dormancy model knows nothing about subscriptions that were idle all along.
        guard definition.covers(subscription) else {
          excluded.append(
            ExcludedSubscription(
              identity: identity, reason: .other, since: subscription.lastUsageDate))
          continue
        }
        subjects.append(FeatureTable.Subject(subscription, in: customer, number: number))
        scored.append(identity)
      }
    }
    return subjects
  }
}

/// What decides who looks after a subscription.
package struct SubscriptionOwnerKey: Sendable {
  package var subscriptionId: GUID
  package var customerTenantId: String?
  package var partnerId: String?
  package var customerMarket: String?
  package var day: CalendarDay
}

/// The account manager of a subscription.
package struct Owner: Sendable, Hashable {
  package var accountManager: String
  package var email: String?

  package init(accountManager: String, email: String?) {
    self.accountManager = accountManager
    self.email = email
  }
}

extension SubscriptionIdentity {
  /// How far back value is counted, in days.
  static let valuePeriodDays = 365

  fileprivate init(
    _ subscription: KnownSubscription, in customer: CustomerSnapshot,
    owner: (SubscriptionOwnerKey) -> Owner?
  ) {
    let context = customer.context
    let state = subscription.state
    self.init(
      id: subscription.id, state: state, startDate: subscription.startDate,
      lastUsageDate: subscription.lastUsageDate,
      usageThrough: subscription.usageSpan.from.map { _ in subscription.usageSpan.through },
      trialPhase: state.trialPhase(on: context.asOf),
      owner: owner(
        SubscriptionOwnerKey(
          subscriptionId: subscription.id, customerTenantId: state.customerTenantId,
          partnerId: state.partnerId, customerMarket: state.customerMarket, day: context.asOf)),
      value: SubscriptionValue(subscription, at: context),
      deadlines: Deadline.all(of: subscription, in: customer))
  }
}

extension SubscriptionValue {
  /// What the trailing year cost, where it is known; else its usage in typical lines; licences where the
  /// history has no usage at all.
  fileprivate init(_ subscription: KnownSubscription, at context: LandmarkContext) {
    let days = SubscriptionIdentity.valuePeriodDays
    if let cost = subscription.cost(overDays: days, at: context) {
      self.init(
        amount: cost.amount, basis: .cost, currency: cost.currency == "XXX" ? nil : cost.currency)
    } else if context.usage.from != nil {
      self.init(
        amount: subscription.quantity(overDays: days, at: context), basis: .usage,
        currency: nil)
    } else {
      self.init(
        amount: Double(max(0, subscription.state.licenseCount ?? 0)), basis: .licences,
        currency: nil)
    }
  }
}
