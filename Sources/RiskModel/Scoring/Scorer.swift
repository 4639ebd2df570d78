internal import Features
package import History
internal import Learning
internal import Words

/// Scores every Azure subscription of a history on one day.
package struct Scorer: Sendable {
  package let model: RiskModelFile
  private let owner: @Sendable (SubscriptionOwnerKey) -> Owner?

  /// - Parameters:
  ///   - model: a model whose features this program has.
  ///   - owner: who looks after a subscription; nil = nobody.
  package init(
    model: RiskModelFile, owner: @escaping @Sendable (SubscriptionOwnerKey) -> Owner? = { _ in nil }
  ) {
    self.model = model
    self.owner = owner
  }

  /// The scores as of a day.
  ///
  /// - Parameters:
  ///   - everything: everything seen so far; later days than `asOf` are not looked at.
  ///   - requested: the day; nil = the newest observation.
  ///   - progress: called with the customers read so far, and all of them where that is known.
  /// - Returns: every Azure subscription seen, in `subscriptions` or in `excluded`.
  /// - Throws: `RiskModelError` when the day lies outside of the history or contributions do not add
  ///   up; and what reading the history throws.
  package func score(
    _ everything: some HistorySource, asOf requested: CalendarDay?,
    progress: @escaping (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws -> RiskScores {
    try scoresAndSubjects(everything, asOf: requested, progress: progress).scores
  }

  /// The scores, and the rows that they were made from.
  func scoresAndSubjects(
    _ everything: some HistorySource, asOf requested: CalendarDay?,
    progress: @escaping (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws -> (scores: RiskScores, subjects: ScoringSubjects) {
    let asOf = try HistorySpan(everything.sources).resolve(asOf: requested)
    let history = KnownHistory(CountedHistory(RememberedHistory(everything), progress), on: asOf)
    let sources = history.sources
    let definition = model.recipe.definition
    let subjects = try ScoringSubjects(
      history: history, asOf: asOf, lagDays: model.lagDays,
      rules: StandingRules(
        exclusions: history.exclusions, minimumTenureDays: model.recipe.minimumTenureDays,
        today: asOf),
      definition: definition, owner: owner)
    let rows =
      try model.fitted.map { try scored(subjects, by: $0) } ?? scoredByRules(subjects)
    let scores = RiskScores(
      asOf: asOf, dataThrough: subjects.context.dataThrough, lagDays: model.lagDays,
      definition: definition, model: model, bands: model.bands,
      attention: model.attention
        + ScoringAttention.modelFromLater(model, asOf: asOf)
        + ScoringAttention.texts(subjects.context, sources: sources)
        + ScoringAttention.idMismatch(subjects.idMatch),
      subscriptions: ListOrder(byRule: model.ordersByRule).riskiestFirst(rows),
      excluded: subjects.excluded.sorted {
        ($0.reason.rawValue, $0.identity.id) < ($1.reason.rawValue, $1.identity.id)
      })
    return (scores, subjects)
  }

  private func scored(_ subjects: ScoringSubjects, by fitted: FittedModel) throws
    -> [ScoredSubscription]
  {
    let names = model.featureNames
    let families = names.map(Self.family)
    let trendNames = Set(
      FeatureCatalog.descriptions.filter { $0.unit == FeatureDescription.trendUnit }.map(\.name))
    let dataset = FeatureDataset.make(subjects.table, features: names)
    let logOdds = fitted.logOdds(dataset)
    let bias = fitted.bias
    let probabilities = model.calibration.probabilities(logOdds: logOdds)
    let byHorizon = model.horizons?.probabilities(
      dataset, headline: model.recipe.horizonDays, probabilities: probabilities)
    let contributions = fitted.contributions(dataset)
    return try subjects.scored.indices.map { row in
      let parts = contributions.withRow(row) { span in span.indices.map { span[$0] } }
      let words = RowWords(subjects.table, row: row)
      let rule =
        model.ordersByRule ? RuleScore.points(words.value, lagDays: model.lagDays) : nil
      let life = words.value("tenureDays") - Double(model.lagDays)
      var chosen = ReasonSelection.choose(
        parts, families: families,
        trends: names.map { trendNames.contains($0) ? words.value($0) : nil },
        subtle: names.map { SubtleFeatures.names.contains($0) || words.isUnknownNumber($0) },
        topics: ReasonTopic.topics(of: names, words.value),
        untold: names.map { EarlyDays.speaksTooEarly($0, life: life) },
        tone: { MessageTone(words.message(names[$0], sign: $1)) })
      func reason(_ index: Int) -> Reason {
        words.reason(names[index], family: families[index], contribution: parts[index])
      }
      var reasons = chosen.raising.map(reason)
      if let rule {
        // Where the rule decides the place, its facts are the reasons; beside them stands what the
        // model makes of each, which is nothing for a feature that it does not have.
        reasons = Self.strongest(rule, words.value).map { point in
          let index = names.firstIndex(of: point.feature)
          return words.reason(
            point.feature, family: Self.family(point.feature),
            contribution: index.map { parts[$0] } ?? 0)
        }
        let named = Set(reasons.map(\.feature))
        chosen.lowering.removeAll { named.contains(names[$0]) }
      }
      let mitigating = chosen.lowering.map(reason)
      let named = (reasons + mitigating).reduce(0) { $0 + $1.contribution }
      let difference = abs(bias + parts.reduce(0, +) - logOdds[row])
      guard difference <= 1e-9 * (1 + abs(logOdds[row])) else {
        throw RiskModelError.contributionsDoNotAdd(
          subscription: subjects.scored[row].id, difference: difference)
      }
      return ScoredSubscription(
        identity: subjects.scored[row], probability: probabilities[row],
        probabilityByHorizon: byHorizon?[row] ?? [],
        range: model.vennAbers.map { vennAbers in
          let range = vennAbers.range(logOdds: logOdds[row])
          return min(range.low, probabilities[row])...max(range.high, probabilities[row])
        },
        ruleScore: rule.map(RuleScore.score), logOdds: logOdds[row],
        deadlineDays: RuleScore.deadlineDays(words.value),
        band: rule.map { RuleScore.bands.band(of: RuleScore.score($0)) }
          ?? model.bands.band(of: probabilities[row]),
        reasons: reasons,
        mitigating: mitigating, otherContributions: logOdds[row] - bias - named,
        contributions: parts,
        families: FamilyPart.parts(
          of: parts, families: families, logOdds: logOdds[row], calibration: model.calibration))
    }
  }

  private func scoredByRules(_ subjects: ScoringSubjects) -> [ScoredSubscription] {
    let families = RuleScore.features.map(Self.family)
    return subjects.scored.indices.map { row in
      let words = RowWords(subjects.table, row: row)
      let points = RuleScore.points(words.value, lagDays: model.lagDays)
      let score = RuleScore.score(points)
      let reasons = Self.strongest(points, words.value).map { rule in
        words.reason(
          rule.feature, family: Self.family(rule.feature), contribution: rule.points)
      }
      let named = reasons.reduce(0) { $0 + $1.contribution }
      let parts = RuleScore.features.map { name in
        points.first { $0.feature == name }?.points ?? 0
      }
      return ScoredSubscription(
        identity: subjects.scored[row], probability: nil, ruleScore: score, logOdds: nil,
        deadlineDays: RuleScore.deadlineDays(words.value), band: model.bands.band(of: score),
        reasons: reasons, mitigating: [],
        otherContributions: score - named,
        contributions: parts,
        families: FamilyPart.parts(
          of: parts, families: families, logOdds: nil, calibration: .identity))
    }
  }

  /// The rules with the most points, as many as there are reasons; equal ones in the table's order, and
  /// of those that say the same the first.
  private static func strongest(
    _ points: [RuleScore.Point], _ values: (String) -> Double
  ) -> [RuleScore.Point] {
    let ordered = points.enumerated().sorted {
      (-$0.element.points, $0.offset) < (-$1.element.points, $1.offset)
    }.map(\.element)
    let topics = ReasonTopic.topics(of: ordered.map(\.feature), values)
    var told: Set<ReasonTopic> = []
    return Array(
      zip(ordered, topics).filter { $1.map { told.insert($0).inserted } ?? true }
        .map(\.0).prefix(ReasonSelection.mostReasons))
  }

  private static let families = Dictionary(
    uniqueKeysWithValues: FeatureCatalog.descriptions.map { ($0.name, $0.family) })

  private static func family(_ name: String) -> FeatureFamily {
    guard let family = families[name] else {
      preconditionFailure("RiskModel: no feature is called '\(name)'")
    }
    return family
  }
}

/// The features of one row by name, and their words.
private struct RowWords {
  private static let numericColumns = positions(FeatureCatalog.numeric.map { $0.description.name })
  private static let levelColumns = positions(
    FeatureCatalog.categorical.map { $0.description.name })

  private let table: FeatureTable
  private let row: Int

  init(_ table: FeatureTable, row: Int) {
    self.table = table
    self.row = row
  }

  /// NaN when it is unknown or no number.
  func value(_ name: String) -> Double {
    Self.numericColumns[name].map { table.numeric[$0][row] } ?? .nan
  }

  /// Whether it is a number and unknown; to be told that is little help.
  func isUnknownNumber(_ name: String) -> Bool {
    Self.numericColumns[name] != nil && value(name).isNaN
  }

  /// What a feature says.
  ///
  /// - Parameters:
  ///   - name: of the feature.
  ///   - sign: above 0 as a reason of risk, below 0 as a fact in favour.
  /// - Returns: a sentence.
  func message(_ name: String, sign: Double) -> Message {
    let level = Self.levelColumns[name].map { table.categorical[$0][row] }
    let message =
      level.map { ReasonText.message(name, level: $0) } ?? ReasonText.message(name, values: value)
    return sign < 0 ? message.inFavour : message
  }

  func reason(_ name: String, family: FeatureFamily, contribution: Double) -> Reason {
    let number = value(name)
    return Reason(
      feature: name, family: family, value: number.isNaN ? nil : number,
      contribution: contribution, message: message(name, sign: contribution))
  }

  private static func positions(_ names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }
}
