package import Files
internal import History

/// Active Azure subscriptions by date, and those that became suspended or deprovisioned.
package struct ChurnNumbers: SectionNumbers {
  let labels: [String]
  /// At the end of each bucket; nil before the first observation.
  package let active: [Int?]
  package let suspended: [Int]
  package let deprovisioned: [Int]
  /// Subscriptions with at least one of both in the period, each once.
  package let lostSubscriptions: Int
  /// Suspensions among them from which the subscription was back within 30 days.
  package let undone: Int
  /// Subscriptions that complete exports show no longer since a day of the period, not having been closed: their
  /// commitment ended, they moved to another partner, or they are missing.
  package let vanished: Int
  /// Active when the period begins (before its first day); nil before the first observation.
  package let activeBefore: Int?
  let hasAzure: Bool

  package init(_ input: PageInput) {
    let facts = input.facts
    let (period, buckets) = (facts.period, facts.buckets)
    let azure = facts.azure.map(\.subscription).filter(\.isObserved)
    labels = buckets.map(\.label)
    func count(on day: CalendarDay) -> Int? {
      day < period.firstObservation ? nil : azure.count { $0.isActive(on: day) }
    }
    active = buckets.map { count(on: $0.days.upperBound) }
    activeBefore = count(on: period.from - 1)
    let losses = azure.flatMap(\.losses).filter { period.contains($0.day) }
    suspended = buckets.counts(losses.filter { $0.kind == .suspended }.map(\.day))
    deprovisioned = buckets.counts(losses.filter { $0.kind == .deprovisioned }.map(\.day))
    lostSubscriptions = azure.count { $0.losses.contains { period.contains($0.day) } }
    undone = losses.count(where: \.isUndone)
    vanished = azure.count { one in
      one.absentSince.map { period.contains($0) && one.activity.isActive(on: $0) } ?? false
    }
    hasAzure = !azure.isEmpty
  }

  package var absence: String? { hasAzure ? nil : "No export shows an Azure subscription." }

  package var json: JSONValue {
    [
      "activeBefore": .optional(activeBefore), "activeAtEnd": .optional(active.last ?? nil),
      "suspended": .integer(suspended.reduce(0, +)),
      "deprovisioned": .integer(deprovisioned.reduce(0, +)),
      "lostSubscriptions": .integer(lostSubscriptions), "undoneSuspensions": .integer(undone),
      "vanished": .integer(vanished),
      "byDate": .array(
        labels.indices.map {
          [
            "date": .string(labels[$0]), "active": .optional(active[$0]),
            "suspended": .integer(suspended[$0]), "deprovisioned": .integer(deprovisioned[$0]),
          ]
        }),
    ]
  }
}
