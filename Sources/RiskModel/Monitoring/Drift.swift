internal import Features
package import History
package import Learning

/// Whether today's subscriptions look like those of an earlier day to the model.
///
/// Compared with 13 weeks and with 52 weeks before, so that the season of the year is told from a change, and
/// with the day that the model was trained on: what was so before, the model knows.
/// Customers are counted and not rows, because the subscriptions of one customer move together: each is
/// there with its riskiest subscription. A feature must exceed what the largest of all features reaches by
/// chance.
package struct Drift: Sendable, Hashable {
  package struct Feature: Sendable, Hashable {
    package let name: String
    package let index: StabilityIndex
  }

  /// The earlier day.
  package let since: CalendarDay
  /// Of the scores.
  package let scores: StabilityIndex
  /// Features that have drifted, the one that moved most first.
  package let features: [Feature]

  /// How far back one looks, in days.
  package static let daysBefore = [91, 364]
  /// Chance of a false alarm for the scores, and for all features together.
  static let chance = 0.01
  /// Fewer customers say nothing.
  static let fewestCustomers = 30

  /// Measures the drift since each of the earlier days that the history reaches, each day once.
  ///
  /// - Parameters:
  ///   - model: the model that scores; without one the points of the rule are compared.
  ///   - everything: everything seen so far.
  ///   - asOf: today.
  /// - Returns: one for each of the days that the history reaches with enough customers.
  /// - Throws: what reading the history throws.
  package static func measure(
    _ model: RiskModelFile, _ everything: some HistorySource, asOf: CalendarDay
  ) throws -> [Drift] {
    let first = try HistorySpan(everything.sources).first
    var now: DriftSample?
    // Where exports are missing, two of these days can be the same one.
    var days: [CalendarDay] = []
    for wanted in daysBefore.map({ asOf - $0 }) + [model.asOf] {
      guard let since = observation(everything, atMost: wanted), since >= first, since < asOf,
        !days.contains(since)
      else { continue }
      days.append(since)
    }
    return try days.compactMap { since in
      let today = try now ?? DriftSample(model, everything, asOf: asOf)
      now = today
      let then = try DriftSample(model, everything, asOf: since)
      guard min(today.count, then.count) >= fewestCustomers else { return nil }
      return Drift(from: then, on: since, to: today)
    }
  }

  /// The last day with an export that is not later.
  private static func observation(
    _ history: some HistorySource, atMost day: CalendarDay
  ) -> CalendarDay? {
    history.sources.flatMap { $0.days.map(\.day) }.filter { $0 <= day }.max()
  }

  private init(from then: DriftSample, on since: CalendarDay, to now: DriftSample) {
    self.since = since
    let bins = SampleBins(numbers: then.scores)
    scores = StabilityIndex(
      earlier: bins.counts(of: then.scores), later: bins.counts(of: now.scores),
      chance: Self.chance)
    let chance = Self.chance / Double(max(1, then.names.count))
    features = then.names.indices.compactMap { column in
      let index =
        switch (then.columns[column], now.columns[column]) {
        case (.numbers(let before), .numbers(let after)): Self.index(before, after, chance)
        case (.levels(let before), .levels(let after)): Self.index(before, after, chance)
        default: preconditionFailure("RiskModel: a feature of two kinds")
        }
      return index.isAlarm ? Feature(name: then.names[column], index: index) : nil
    }.sorted { ($1.index.value, $0.name) < ($0.index.value, $1.name) }
  }

  private static func index(
    _ before: [Double], _ after: [Double], _ chance: Double
  ) -> StabilityIndex {
    let bins = SampleBins(numbers: before)
    return StabilityIndex(
      earlier: bins.counts(of: before), later: bins.counts(of: after), chance: chance)
  }

  private static func index(
    _ before: [String?], _ after: [String?], _ chance: Double
  ) -> StabilityIndex {
    let bins = SampleBins(levels: before)
    return StabilityIndex(
      earlier: bins.counts(of: before), later: bins.counts(of: after), chance: chance)
  }
}

/// One row of each customer on a day: its riskiest subscription.
private struct DriftSample {
  enum Values {
    case numbers([Double])
    case levels([String?])
  }

  private(set) var scores: [Double]
  let names: [String]
  let columns: [Values]
  var count: Int { scores.count }

  init(_ model: RiskModelFile, _ everything: some HistorySource, asOf: CalendarDay) throws {
    let (result, subjects) = try Scorer(model: model).scoresAndSubjects(everything, asOf: asOf)
    let table = subjects.table
    let scored = result.subscriptions.map { row in
      (id: row.identity.id, score: row.logOdds ?? row.ruleScore ?? 0)
    }
    let place = Dictionary(
      uniqueKeysWithValues: zip(subjects.scored.map(\.id), subjects.scored.indices))
    var seen: Set<Int32> = []
    var rows: [Int] = []
    scores = []
    // Riskiest first, so a customer's first row is its riskiest.
    for (id, score) in scored {
      guard let row = place[id], seen.insert(table.rows[row].customer).inserted else { continue }
      rows.append(row)
      scores.append(score)
    }
    names = model.fitted == nil ? RuleScore.features : model.featureNames
    columns = names.map { name in
      if let column = FeatureCatalog.numeric.firstIndex(where: { $0.description.name == name }) {
        return .numbers(rows.map { table.numeric[column][$0] })
      }
      guard
        let column = FeatureCatalog.categorical.firstIndex(where: { $0.description.name == name })
      else { preconditionFailure("RiskModel: no feature is called '\(name)'") }
      return .levels(rows.map { table.categorical[column][$0] })
    }
  }
}
