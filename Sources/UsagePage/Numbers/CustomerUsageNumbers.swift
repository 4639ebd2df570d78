package import Files

/// Customers with and without Azure usage in the period.
package struct CustomerUsageNumbers: SectionNumbers {
  package let withUsage: Int
  /// Had an active Azure subscription on a day of the period, and no usage on any.
  package let withoutUsage: Int
  /// Customers with usage in each bucket.
  package let byDate: [Int]
  let labels: [String]
  /// Whether any usage at all is known.
  let hasUsage: Bool

  package init(_ input: PageInput) {
    let facts = input.facts
    let days = facts.period.from...facts.period.to
    var used = [Int](repeating: 0, count: facts.buckets.count)
    var (with, without) = (0, 0)
    for customer in facts.customers {
      let azure = customer.azure
      for bucket in azure.reduce(into: Set<Int>(), { $0.formUnion($1.usage.usedBuckets) }) {
        used[bucket] += 1
      }
      if customer.isUsed {
        with += 1
      } else if azure.contains(where: { $0.isActive(in: days) }) {
        without += 1
      }
    }
    withUsage = with
    withoutUsage = without
    byDate = used
    labels = facts.buckets.map(\.label)
    hasUsage = facts.lastUsage != nil
  }

  package var absence: String? {
    hasUsage
      ? nil
      : "No usage is known: no usage export was imported by then. See 'churn-risk import --help'."
  }

  package var json: JSONValue {
    [
      "withUsage": .integer(withUsage), "withoutUsage": .integer(withoutUsage),
      "byDate": .series(labels, byDate),
    ]
  }
}
