import Features
import History

@testable import Features

/// Compares what a day looks like in the full history with what it looked like on that day.
///
/// ```
///   full history    ──┼──┼──┼──L──┼──┼──┼──▶   features at L ┐
///   cut at L        ──┼──┼──┼──L               features at L ┘ must be the same bits
/// ```
/// Features come from a closure over the history and the landmarks they run on, so that one which
/// reads the history behind the snapshots' back is compared like any other.
enum Replay {
  /// `history` as it was on `landmark`: later exports, observations and usage rows do not exist.
  static func cut(_ history: InMemoryHistory, at landmark: CalendarDay, lag: Int) -> InMemoryHistory
  {
    var past = history
    past.surroundings = history.surroundings.known(on: landmark)
    for source in past.sources.indices {
      past.sources[source].days.removeAll { $0.day > landmark }
      past.sources[source].usageDays.removeAll { $0 > landmark }
    }
    for customer in past.customers.indices {
      for index in past.customers[customer].subscriptions.indices {
        var subscription = past.customers[customer].subscriptions[index]
        subscription.observations.removeAll { $0.day > landmark }
        let known = (subscription.observations.map(\.state).max() ?? -1) + 1
        subscription.states = Array(subscription.states.prefix(known))
        let usage = subscription.usage
        subscription.usage = UsageHistory()
        var costs: [Double] = []
        for row in 0..<usage.count
        where max(usage.days[row] + lag, usage.firstKnown[row]) <= landmark {
          subscription.usage.append(
            day: usage.days[row], meter: usage.meters[row], quantity: usage.quantities[row],
            firstKnown: usage.firstKnown[row])
          if !usage.costs.isEmpty { costs.append(usage.costs[row]) }
        }
        subscription.usage.costs = costs
        past.customers[customer].subscriptions[index] = subscription
      }
    }
    return past
  }

  /// The landmarks on which nothing of a later row may be known: from the first export of any source.
  static func landmarks(of history: InMemoryHistory) -> [CalendarDay] {
    Landmarks.observed(history.sources, through: lastDay(of: history))
  }

  /// The last day with an export of any source.
  private static func lastDay(of history: InMemoryHistory) -> CalendarDay {
    history.sources.compactMap(\.days.last?.day).max() ?? pastDay(RandomPast.lastDay)
  }

  /// The names of the values that differ, one for each row and landmark where they do, and how many
  /// rows were compared.
  static func differences(
    _ history: InMemoryHistory, lag: Int,
    features: (InMemoryHistory, [CalendarDay]) throws -> [any Feature] = { _, _ in
      FeatureCatalog.numeric
    }
  ) throws -> (names: [String], rows: Int) {
    let landmarks = landmarks(of: history)
    let statistics = try ReferenceStatistics(history: history, landmarks: landmarks, lag: lag)
    let features = (full: try features(history, landmarks), replayed: features)
    var names: [String] = []
    var rows = 0
    // As training does: put together once, looked at on every landmark.
    let timelines = history.customers.map { CustomerTimeline($0, statistics.frame) }
    for (landmark, context) in zip(landmarks, statistics.contexts) {
      let past = cut(history, at: landmark, lag: lag)
      let replayedFeatures = try features.replayed(past, [landmark])
      let then = try ReferenceStatistics(history: past, landmarks: [landmark], lag: lag)
      for (now, before) in zip(timelines, past.customers.map { CustomerTimeline($0, then.frame) }) {
        guard let thenContext = then.contexts.first else { continue }
        let today = lastDay(of: history)
        let full = Self.rows(now, at: context, history, today, features.full)
        let replayed = Self.rows(before, at: thenContext, past, today, replayedFeatures)
        rows += full.count
        if full.map(\.id) != replayed.map(\.id) { names.append("rows") }
        for (left, right) in zip(full, replayed) { names += left.namesDiffering(from: right) }
      }
    }
    return (names, rows)
  }

  private struct Row {
    let id: GUID
    let numbers: [(name: String, value: Double)]
    let words: [(name: String, value: String)]

    func namesDiffering(from other: Row) -> [String] {
      zip(numbers, other.numbers).filter {
        !($0.value.isNaN && $1.value.isNaN) && $0.value.bitPattern != $1.value.bitPattern
      }.map(\.0.name)
        + zip(words, other.words).filter { $0.value != $1.value }.map(\.0.name)
    }
  }

  private static func rows(
    _ customer: CustomerTimeline, at context: LandmarkContext, _ history: InMemoryHistory,
    _ today: CalendarDay, _ features: [any Feature]
  ) -> [Row] {
    let snapshot = CustomerSnapshot(customer, at: context)
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: 14, today: today)
    return snapshot.subscriptions.map { subscription in
      let seen = snapshot.snapshot(of: subscription)
      var words = FeatureCatalog.categorical.map { feature in
        (feature.description.name, feature.level(of: seen.facts) ?? "unknown")
      }
      words += [
        ("standing", "\(rules.standing(of: subscription, at: context))"),
        ("trialPhase", "\(subscription.state.trialPhase(on: context.asOf))"),
        ("lastUsageDate", subscription.lastUsageDate?.description ?? "unknown"),
        ("usageSpan", "\(subscription.usageSpan)"),
        ("absentSince", subscription.absentSince?.description ?? "present"),
        ("changes", "\(subscription.changes)"),
      ]
      return Row(
        id: subscription.id,
        numbers: features.map { ($0.description.name, $0.value(of: seen, in: snapshot)) },
        words: words)
    }
  }
}
