import Features
import History

/// Customers with one subscription each that began on the first export day and are told apart by
/// nothing but random licences: rows can be counted by hand, and nothing can be learned.
enum SteadyPast {
  /// - Parameters:
  ///   - ends: for each customer the day on which the subscription is deprovisioned, or nil.
  ///   - exports: the export days, ascending; the first is day 0.
  /// - Returns: one subscription for each customer, in the order of `ends`.
  static func make(ends: [Int?], exports: [Int]) -> InMemoryHistory {
    var random = HistoryRandom(seed: 5)
    let customers = ends.enumerated().map { number, end in
      let tenant = GUID(high: 0x57EA_D000, low: UInt64(number)).description
      var state = SubscriptionState()
      state.customerTenantId = tenant
      state.status = .active
      state.subscriptionType = "Azure"
      state.effectiveStartDate = pastDay(0)
      state.licenseCount = random.number(0...50)
      var ended = state
      ended.status = .deprovisioned
      ended.deprovisionedDate = end.map(pastDay)
      let observations = exports.map { day in
        Observation(
          day: pastDay(day), source: 0, state: end.map { day >= $0 } ?? false ? 1 : 0,
          lastUsageDate: nil)
      }
      let id = GUID(high: 0x57EA, low: UInt64(number))
      return CustomerHistory(
        customerTenantId: tenant,
        subscriptions: [
          SubscriptionHistory(
            id: id, states: end == nil ? [state] : [state, ended], observations: observations,
            usage: UsageHistory())
        ])
    }
    let days = exports.map {
      ExportDay(day: pastDay($0), rows: ends.count, hasAllPages: true, retainedShare: 1)
    }
    return InMemoryHistory(
      sources: [Source(name: "default", days: days)], meters: [], customers: customers)
  }

  /// 200 customers over 25 exports, four weeks apart; 60 of them leave, spread over all the time.
  static let longLived = make(
    ends: (0..<200).map { $0 < 60 ? 5 + $0 * 11 : nil },
    exports: Array(stride(from: 0, through: 672, by: 28)))
}
