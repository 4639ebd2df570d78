package import Files

/// Azure subscriptions that were renewed in the period.
package struct RenewalNumbers: SectionNumbers {
  let labels: [String]
  /// Renewals by bucket; a subscription that renews monthly counts each time that was seen.
  package let renewals: [Int]
  package let subscriptions: Int
  let hasAny: Bool

  package init(_ input: PageInput) {
    let facts = input.facts
    let azure = facts.azure.map(\.subscription)
    labels = facts.buckets.map(\.label)
    renewals = facts.buckets.counts(azure.flatMap(\.renewals))
    subscriptions = azure.count { $0.renewals.contains { facts.period.contains($0) } }
    hasAny = azure.contains { !$0.renewals.isEmpty }
  }

  package var absence: String? {
    hasAny
      ? nil
      : "No Azure subscription has a lastRenewalDate in the exports: most are consumed as they go and "
        + "never renew."
  }

  package var json: JSONValue {
    [
      "renewals": .integer(renewals.reduce(0, +)), "subscriptions": .integer(subscriptions),
      "byDate": .series(labels, renewals),
    ]
  }
}
