package import Files

/// How many Azure subscriptions were sold in the period.
package struct SoldNumbers: SectionNumbers {
  /// By bucket of the period.
  package let sold: [Int]
  let labels: [String]
  /// Azure subscriptions without any date of their sale.
  package let undated: Int
  package var total: Int { sold.reduce(0, +) }

  package init(_ input: PageInput) {
    let facts = input.facts
    let azure = facts.azure.map(\.subscription)
    sold = facts.buckets.counts(azure.compactMap(\.soldDate))
    labels = facts.buckets.map(\.label)
    undated = azure.count { $0.soldDate == nil }
  }

  package var json: JSONValue {
    ["total": .integer(total), "undated": .integer(undated), "byDate": .series(labels, sold)]
  }
}

extension JSONValue {
  /// `[{ "date", "count" }]`.
  static func series(_ labels: [String], _ counts: [Int]) -> JSONValue {
    .array(zip(labels, counts).map { ["date": .string($0), "count": .integer($1)] })
  }
}
