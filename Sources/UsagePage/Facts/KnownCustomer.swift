internal import History

/// One customer as known on the day of the page: its names and its subscriptions of every type.
package struct KnownCustomer: Sendable {
  package let customerTenantId: String
  /// As the newest row has it; nil where nothing names it.
  package let name: String?
  /// What it was called before, the newest first.
  package let earlierNames: [String]
  /// By id.
  package let subscriptions: [KnownSubscription]

  /// The Azure subscriptions.
  var azure: [KnownSubscription] { subscriptions.filter(\.isAzure) }

  /// When its first Azure subscription was sold; nil where no row says.
  var customerSince: CalendarDay? { azure.compactMap(\.soldDate).min() }

  /// Whether one of its Azure subscriptions has usage in the period.
  var isUsed: Bool { azure.contains { $0.usage.isUsed } }

  init(_ history: CustomerHistory, usageNames: [UsageName], _ frame: FactsFrame) {
    customerTenantId = history.customerTenantId
    subscriptions = history.subscriptions.map {
      KnownSubscription($0, of: history.customerTenantId, frame)
    }
    var names: [(day: CalendarDay, name: String)] = []
    for subscription in history.subscriptions {
      // States come in the order of their first observation.
      var known = 0
      for observation in subscription.observations where observation.state >= known {
        known = observation.state + 1
        if let name = subscription.states[observation.state].customerName {
          names.append((observation.day, name))
        }
      }
      // What is called so now counts as of now, also where it was called so before.
      if let last = subscription.observations.last,
        let name = subscription.states[last.state].customerName
      {
        names.append((last.day, name))
      }
    }
    if names.isEmpty {
      names = usageNames.compactMap { usage in usage.customerName.map { (usage.observedOn, $0) } }
    }
    names.sort { ($1.day, $0.name) < ($0.day, $1.name) }
    var seen: Set<String> = []
    let distinct = names.map(\.name).filter { seen.insert($0).inserted }
    name = distinct.first
    earlierNames = Array(distinct.dropFirst())
  }
}
