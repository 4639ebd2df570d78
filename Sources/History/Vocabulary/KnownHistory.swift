/// A history as it stood on a day: later exports do not exist.
///
/// Cutting the exports once, at the door, means that nothing behind it has to remember to: neither
/// a subscription that was first seen later, nor its dated facts, nor the day a later source began.
/// Usage needs no cut here, because each of its rows says since when it was known.
package struct KnownHistory<Base: HistorySource>: HistorySource {
  private let base: Base
  private let day: CalendarDay

  /// The history `base` as it stood on `day`.
  package init(_ base: Base, on day: CalendarDay) {
    self.base = base
    self.day = day
  }

  package var sources: [Source] {
    base.sources.map { source in
      Source(
        name: source.name, days: source.days.filter { $0.day <= day },
        usageDays: source.usageDays.filter { $0 <= day })
    }
  }

  package var meters: [Meter] { base.meters }
  package var exclusions: [Exclusion] { base.exclusions }
  package var surroundings: Surroundings { get throws { try base.surroundings.known(on: day) } }

  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    try base.forEachCustomerBatch(size: size) { customers in
      let isKnown = customers.allSatisfy { customer in
        customer.subscriptions.allSatisfy { !$0.isShown(after: day) }
      }
      try body(isKnown ? customers : customers.map { $0.cut(after: day) })
    }
  }
}

extension CustomerHistory {
  fileprivate func cut(after day: CalendarDay) -> CustomerHistory {
    var known = self
    for index in known.subscriptions.indices { known.subscriptions[index].cut(after: day) }
    return known
  }
}

extension SubscriptionHistory {
  fileprivate func isShown(after day: CalendarDay) -> Bool {
    observations.last.map { $0.day > day } ?? false
  }

  /// Drops the observations after `day` and the states that only they show.
  fileprivate mutating func cut(after day: CalendarDay) {
    guard isShown(after: day) else { return }
    observations = Array(observations.prefix { $0.day <= day })
    // States come in the order of their first observation.
    states = Array(states.prefix((observations.map(\.state).max() ?? -1) + 1))
  }
}
