package import Files
internal import History

/// New customers by date, and customers with an active Azure subscription.
package struct CustomerCountNumbers: SectionNumbers {
  let labels: [String]
  /// Customers whose first Azure subscription was sold in each bucket.
  package let new: [Int]
  /// Customers with an active Azure subscription at the end of each bucket; nil before the first observation.
  package let active: [Int?]
  package var total: Int { new.reduce(0, +) }

  package init(_ input: PageInput) {
    let facts = input.facts
    labels = facts.buckets.map(\.label)
    new = facts.buckets.counts(facts.customers.compactMap(\.customerSince))
    let customers = facts.customers.map(\.azure)
    active = facts.buckets.map { bucket in
      let day = bucket.days.upperBound
      guard day >= facts.period.firstObservation else { return nil }
      return customers.count { $0.contains { $0.isActive(on: day) } }
    }
  }

  package var json: JSONValue {
    [
      "new": .integer(total), "activeAtEnd": .optional(active.last ?? nil),
      "byDate": .array(
        labels.indices.map {
          [
            "date": .string(labels[$0]), "new": .integer(new[$0]), "active": .optional(active[$0]),
          ]
        }),
    ]
  }
}
