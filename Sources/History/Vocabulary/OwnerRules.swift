/// One line of an owners file: who looks after the subscriptions that it names.
package struct OwnerRule: Sendable, Hashable {
  /// What a rule can name, from the most specific to the least.
  package enum Subject: Sendable, Hashable {
    case subscription(GUID)
    /// Lower case.
    case customer(String)
    /// Lower case.
    case partner(String)
    /// Lower case.
    case market(String)

    /// As the file names it; lower case.
    package var id: String {
      switch self {
      case .subscription(let id): id.description
      case .customer(let id), .partner(let id), .market(let id): id
      }
    }

    /// For a sentence.
    package var text: String {
      switch self {
      case .subscription(let id): "subscription \(id)"
      case .customer(let tenant): "customer '\(tenant)'"
      case .partner(let id): "reseller '\(id)'"
      case .market(let market): "market '\(market)'"
      }
    }
  }

  /// Which subscriptions it is about.
  package var subject: Subject
  /// Never empty.
  package var accountManager: String
  /// Empty when the file has none.
  package var email: String
  /// The first day it holds; nil: always.
  package var from: CalendarDay?

  /// A rule as an owners file states it.
  package init(
    subject: Subject, accountManager: String, email: String, from: CalendarDay? = nil
  ) {
    self.subject = subject
    self.accountManager = accountManager
    self.email = email
    self.from = from
  }
}

/// The owners of subscriptions: the most specific rule wins, of equals the one that began last.
package struct OwnerRules: Sendable, Hashable {
  /// In the order of the files; of two rules that begin on the same day the later one wins.
  package let rules: [OwnerRule]
  private let bySubject: [OwnerRule.Subject: [OwnerRule]]

  /// The rules in the order of their files.
  package init(_ rules: [OwnerRule] = []) {
    self.rules = rules
    bySubject = Dictionary(grouping: rules, by: \.subject)
  }

  /// Rules that another account manager's later line of the same subject and day overrules, in their order.
  package var conflicts: [OwnerRule] {
    rules.filter { rule in
      (bySubject[rule.subject] ?? []).last { $0.from == rule.from }
        .map { $0.accountManager != rule.accountManager || $0.email != rule.email } ?? false
    }
  }

  /// Whoever a rule in force on a day names: of rules about the same, the one that began last.
  package func managers(on day: CalendarDay) -> Set<String> {
    Set(bySubject.values.compactMap { Self.inForce($0, on: day)?.accountManager })
  }

  private static func inForce(_ rules: [OwnerRule], on day: CalendarDay) -> OwnerRule? {
    var best: OwnerRule?
    for rule in rules where rule.from.map({ $0 <= day }) ?? true {
      if let found = best, let begin = found.from, rule.from.map({ $0 < begin }) ?? true {
        continue
      }
      best = rule
    }
    return best
  }

  /// Who looks after a subscription on a day.
  ///
  /// - Parameters:
  ///   - subscriptionId: The most specific of what a rule can name.
  ///   - customerTenantId: Then this,
  ///   - partnerId: then this,
  ///   - customerMarket: and last this; nil where it is not known.
  ///   - day: Rules that begin later do not count.
  /// - Returns: the rule that decides; nil when none names the subscription.
  package func owner(
    forSubscription subscriptionId: GUID, customerTenantId: String?, partnerId: String?,
    customerMarket: String?, on day: CalendarDay
  ) -> OwnerRule? {
    let subjects: [OwnerRule.Subject?] = [
      .subscription(subscriptionId), customerTenantId.map { .customer($0.lowercased()) },
      partnerId.map { .partner($0.lowercased()) }, customerMarket.map { .market($0.lowercased()) },
    ]
    for case let subject? in subjects {
      if let rule = Self.inForce(bySubject[subject] ?? [], on: day) { return rule }
    }
    return nil
  }
}
