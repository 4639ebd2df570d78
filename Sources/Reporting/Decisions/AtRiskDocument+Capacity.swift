extension AtRiskDocument {
  /// Takes the rows from the lists that there is no room for: what then counts as listed stands in a list.
  ///
  /// To be called last. The capacity of an earlier call no longer counts.
  ///
  /// - Parameters:
  ///   - grouping: what the lists are split by; each has the same capacity, also the one of nobody.
  ///   - order: which rows stand first.
  ///   - capacity: the most rows of one list; nil = there is room for all.
  package mutating func limitLists(
    by grouping: ListGrouping, order: ListSort, capacity: Int?
  ) {
    for index in subscriptions.indices
    where subscriptions[index].listing?.reason == .overCapacity {
      let row = subscriptions[index]
      subscriptions[index].listing = Listing(
        isListed: true, since: row.listing?.since, reason: row.likelyEntry(on: asOf))
    }
    guard let capacity else { return }
    var beyond: Set<String> = []
    for list in lists(by: grouping, order: order, capacity: nil) where list.kind != .all {
      beyond.formUnion(list.rows.dropFirst(capacity).lazy.map(\.identity.subscriptionId))
    }
    guard !beyond.isEmpty else { return }
    for index in subscriptions.indices
    where beyond.contains(subscriptions[index].identity.subscriptionId) {
      let row = subscriptions[index]
      subscriptions[index].listing = Listing(
        isListed: false, since: row.listing?.since ?? row.firstFlagged ?? asOf,
        reason: .overCapacity)
    }
  }
}
