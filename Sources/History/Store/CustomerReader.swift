/// Reads one customer after the other; keeps the room it works in.
struct CustomerReader {
  private let overview: StoreOverview
  private var states: StateReader
  private var usage: UsageReader
  private var seen: [Sighting] = []
  /// Index of each state that was read into the states of the subscription, -1 for none yet.
  private var indices: [Int] = []
  /// Positions of the states that were read, in the order of their first observation.
  private var order: [Int] = []

  init(_ store: HistoryStore) {
    overview = store.overview
    states = StateReader(store)
    usage = UsageReader(store)
  }

  mutating func history(of customer: CustomerIndex) throws(HistoryError) -> CustomerHistory {
    var subscriptions: [SubscriptionHistory] = []
    subscriptions.reserveCapacity(customer.subscriptions.count)
    for (id, guid) in customer.subscriptions {
      var subscription = try subscription(id, guid)
      subscription.usage = try usage.mergedHistory(of: id)
      subscriptions.append(subscription)
    }
    return CustomerHistory(
      customerTenantId: customer.customerTenantId, subscriptions: subscriptions)
  }

  /// One subscription without its usage.
  mutating func subscription(
    _ id: Int64, _ guid: GUID
  ) throws(HistoryError) -> SubscriptionHistory {
    overview.readSightings(of: id, into: &seen)
    if !seen.isEmpty { try states.read(of: id) }
    return seenSubscription(guid)
  }

  /// What each source showed last of a subscription.
  mutating func newest(_ id: Int64, _ guid: GUID) throws(HistoryError) -> SubscriptionHistory {
    overview.readNewestSightings(of: id, into: &seen)
    try states.read(Set(seen.map(\.state)).sorted())
    return seenSubscription(guid)
  }

  /// The subscription of the sightings and states that were read.
  private mutating func seenSubscription(_ guid: GUID) -> SubscriptionHistory {
    indices.removeAll(keepingCapacity: true)
    indices.append(contentsOf: repeatElement(-1, count: states.ids.count))
    order.removeAll(keepingCapacity: true)
    var observations: [Observation] = []
    observations.reserveCapacity(seen.count)
    var last: (state: Int64, index: Int) = (Sighting.presenceOnly, -1)
    for sighting in seen {
      if sighting.state != last.state {
        guard let position = states.position(of: sighting.state) else { continue }
        if indices[position] < 0 {
          indices[position] = order.count
          order.append(position)
        }
        last = (sighting.state, indices[position])
      }
      let place = overview.places[Int(sighting.rank)]
      observations.append(
        Observation(
          day: place.observedOn, source: Int(place.source), state: last.index,
          lastUsageDate: sighting.lastUsageDate.map { CalendarDay(daysSinceEpoch: $0) }))
    }
    // Mostly states come one after the other, as their row ids do.
    let isInOrder = order.elementsEqual(states.ids.indices)
    return SubscriptionHistory(
      id: guid, states: isInOrder ? states.states : order.map { states.states[$0] },
      observations: observations, usage: UsageHistory())
  }
}
