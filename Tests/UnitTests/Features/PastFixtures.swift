import Features
import History
import TestSupport
import Testing

@testable import Features

// Small pasts in a few lines. Days are numbers; day 0 is 2025-01-01.
//
//   let past = history(
//     subscription("A").seen(on: 0, 7).seen(on: 14) { $0.status = .suspended }.used(on: 1, 2, 5),
//     subscription("B", of: "fabrikam").seen(on: 0, 7, 14))
//   try value(ActiveDays(windowDays: 7), of: "A", in: past, on: 7)

/// One subscription's past, written day by day.
struct SubscriptionPast {
  var id: GUID
  var customer: String
  /// The fields as of the last `seen`; a change stays until the next one.
  var state: SubscriptionState
  var states: [SubscriptionState] = []
  var observations: [Observation] = []
  var lines: [(day: CalendarDay, meter: Int32, quantity: Double, firstKnown: CalendarDay)] = []

  /// Adds observations on `days`, after `change` was made to the fields.
  func seen(
    on days: Int..., lastUsage: Int? = nil, source: Int = 0,
    _ change: (inout SubscriptionState) -> Void = { _ in }
  ) -> Self {
    var copy = self
    change(&copy.state)
    let known = copy.states.firstIndex(of: copy.state)
    if known == nil { copy.states.append(copy.state) }
    for number in days {
      copy.observations.append(
        Observation(
          day: pastDay(number), source: source, state: known ?? copy.states.count - 1,
          lastUsageDate: lastUsage.map(pastDay)))
    }
    return copy
  }

  /// Adds a usage line of one meter on each of `days`.
  func used(
    on days: Int..., meter: Int32 = 0, quantity: Double = 1, knownFrom: Int? = nil
  ) -> Self {
    used(daily: days, meter: meter, quantity: quantity, knownFrom: knownFrom)
  }

  /// Adds a usage line of one meter on each of `days`.
  func used(
    daily days: some Sequence<Int>, meter: Int32 = 0, quantity: Double = 1, knownFrom: Int? = nil
  ) -> Self {
    var copy = self
    let firstKnown = knownFrom.map(pastDay) ?? UsageHistory.earliest
    copy.lines += days.map { (pastDay($0), meter, quantity, firstKnown) }
    return copy
  }

  var history: SubscriptionHistory {
    var usage = UsageHistory()
    for line in lines.sorted(by: {
      ($0.day, $0.meter, $0.firstKnown) < ($1.day, $1.meter, $1.firstKnown)
    }) {
      usage.append(
        day: line.day, meter: line.meter, quantity: line.quantity, firstKnown: line.firstKnown)
    }
    let ordered = observations.sorted { ($0.day, $0.source) < ($1.day, $1.source) }
    return SubscriptionHistory(id: id, states: states, observations: ordered, usage: usage)
  }
}

/// Day `number` of the fixtures' calendar: 0 is 2025-01-01.
func pastDay(_ number: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: 20_089) + number }

/// What a suite needs to write pasts and look at them.
protocol PastFixtures {}

extension PastFixtures {
  func day(_ number: Int) -> CalendarDay { pastDay(number) }

  func id(_ letter: Character) -> GUID { GUID(high: 0, low: UInt64(letter.asciiValue ?? 0)) }

  /// An active Azure subscription that started on day −400, not seen by any export yet.
  func subscription(
    _ letter: Character, of customer: String = "contoso",
    _ change: (inout SubscriptionState) -> Void = { _ in }
  ) -> SubscriptionPast {
    var state = SubscriptionState()
    state.customerTenantId = customer
    state.status = .active
    state.subscriptionType = "Azure"
    state.effectiveStartDate = day(-400)
    change(&state)
    return SubscriptionPast(id: id(letter), customer: customer, state: state)
  }

  /// A source whose exports came on `days`, all complete but those in `incomplete`, and its dated usage
  /// exports on `usage`.
  func source(
    _ name: String = "default", exports days: [Int], incomplete: Set<Int> = [], usage: [Int] = []
  ) -> Source {
    Source(
      name: name,
      days: days.sorted().map {
        ExportDay(
          day: day($0), rows: 1, hasAllPages: !incomplete.contains($0), retainedShare: 1)
      }, usageDays: usage.map(day))
  }

  /// A past of one source.
  ///
  /// Exports come on `exports`, else on every day anything was seen.
  func history(
    _ subscriptions: SubscriptionPast..., exports: [Int]? = nil, incomplete: Set<Int> = [],
    exclusions: [Exclusion] = []
  ) -> InMemoryHistory {
    let seen = Set(subscriptions.flatMap { $0.observations.map { $0.day - day(0) } })
    return history(
      subscriptions, sources: [source(exports: exports ?? seen.sorted(), incomplete: incomplete)],
      exclusions: exclusions)
  }

  /// A past of several sources.
  func history(
    _ subscriptions: [SubscriptionPast], sources: [Source], exclusions: [Exclusion] = []
  ) -> InMemoryHistory {
    let customers = Dictionary(grouping: subscriptions, by: \.customer).map { tenant, pasts in
      CustomerHistory(
        customerTenantId: tenant,
        subscriptions: pasts.map(\.history).sorted { $0.id < $1.id })
    }
    return InMemoryHistory(
      sources: sources, meters: (0..<10).map { Meter(meterCategory: "meter \($0)") },
      exclusions: exclusions, customers: customers)
  }

  func context(_ history: InMemoryHistory, on number: Int, lag: Int = 0) throws -> LandmarkContext {
    try #require(
      ReferenceStatistics(history: history, landmarks: [day(number)], lag: lag).contexts.first)
  }

  /// The customer of subscription `letter` as known on a day.
  func customer(
    of letter: Character, in history: InMemoryHistory, on number: Int, lag: Int = 0
  ) throws -> CustomerSnapshot {
    let past = try #require(
      history.customers.first { $0.subscriptions.contains { $0.id == id(letter) } })
    return CustomerSnapshot(past, at: try context(history, on: number, lag: lag))
  }

  /// Subscription `letter` as known on a day; nil when nothing was known of it.
  func snapshot(
    of letter: Character, in history: InMemoryHistory, on number: Int, lag: Int = 0
  ) throws -> SubscriptionSnapshot? {
    let customer = try customer(of: letter, in: history, on: number, lag: lag)
    return customer.subscriptions.first { $0.id == id(letter) }.map(customer.snapshot)
  }

  /// The value of `feature` for subscription `letter` on a day.
  func value(
    _ feature: some Feature, of letter: Character, in history: InMemoryHistory, on number: Int,
    lag: Int = 0
  ) throws -> Double {
    let customer = try customer(of: letter, in: history, on: number, lag: lag)
    let subscription = try #require(
      customer.subscriptions.first { $0.id == id(letter) }.map(customer.snapshot))
    return feature.value(of: subscription, in: customer)
  }

  /// The level of `feature` for subscription `letter` on a day.
  func level(
    _ feature: some CategoricalFeature, of letter: Character, in history: InMemoryHistory,
    on number: Int
  ) throws -> String? {
    let customer = try customer(of: letter, in: history, on: number)
    let subscription = try #require(
      customer.subscriptions.first { $0.id == id(letter) }.map(customer.snapshot))
    return feature.level(of: subscription.facts)
  }

  /// Where subscription `letter` stands on a day, looked back on from `today`, else from that day.
  func standing(
    of letter: Character, in history: InMemoryHistory, on number: Int, minimumTenureDays: Int = 0,
    today: Int? = nil
  ) throws -> Standing {
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: minimumTenureDays,
      today: today.map(day) ?? day(number))
    let subscription = try #require(try snapshot(of: letter, in: history, on: number))
    return rules.standing(of: subscription.known, at: try context(history, on: number))
  }

  /// What happened to subscription `letter`, looked back on from a day.
  func events(
    of letter: Character, in history: InMemoryHistory, _ definition: ChurnDefinition = .init(),
    knownThrough: Int
  ) throws -> ChurnEvents {
    let past = try #require(
      history.customers.first { $0.subscriptions.contains { $0.id == id(letter) } })
    let subscription = try #require(past.subscriptions.first { $0.id == id(letter) })
    return try labeler(history, definition, knownThrough: knownThrough)
      .events(of: subscription, in: past)
  }

  func labeler(
    _ history: InMemoryHistory, _ definition: ChurnDefinition, lag: Int = 0, knownThrough: Int
  ) throws -> Labeler {
    Labeler(
      definition: definition, sources: history.sources, lag: lag,
      rules: StandingRules(
        exclusions: history.exclusions, minimumTenureDays: 0, today: day(knownThrough)),
      coverage: try ReferenceStatistics(
        history: history, landmarks: [day(knownThrough)], lag: lag
      ).coverage,
      knownThrough: day(knownThrough))
  }

  /// The label of subscription `letter` on a landmark, looked back on from a day.
  func label(
    of letter: Character, in history: InMemoryHistory, on landmark: Int,
    _ definition: ChurnDefinition, lag: Int = 0, knownThrough: Int
  ) throws -> Double? {
    let past = try #require(
      history.customers.first { $0.subscriptions.contains { $0.id == id(letter) } })
    let subscription = try #require(past.subscriptions.first { $0.id == id(letter) })
    let labeler = try labeler(history, definition, lag: lag, knownThrough: knownThrough)
    return labeler.label(
      subscription, labeler.events(of: subscription, in: past),
      in: labeler.window(after: day(landmark)))
  }
}

extension LandmarkContext {
  /// The median quantity of each meter (index as in `HistorySource.meters`) as of L; 0 = never used.
  var meterMedians: [Double] {
    frame.meterTraits.services.indices.map {
      frame.medians.median(ofMeter: Int32($0), onLandmark: number)
    }
  }
}

extension UsageSnapshot {
  /// Compared with nobody.
  init(
    _ known: KnownUsage, of timeline: UsageTimeline, at context: LandmarkContext,
    through last: CalendarDay
  ) {
    var nobody: CohortComparison.Running?
    self.init(known, of: timeline, at: context, through: last, comparedBy: &nobody)
  }
}

extension LevelColumn: ExpressibleByArrayLiteral {
  package init(arrayLiteral levels: String?...) {
    self.init()
    for level in levels { append(level) }
  }

  mutating func append(_ level: String?) { append(code: code(of: level)) }
}
