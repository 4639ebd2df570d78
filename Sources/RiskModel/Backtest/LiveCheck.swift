internal import Features
internal import Files
package import History
package import Learning

/// A list that was really written, as far as its quality is concerned.
package struct LiveList: Sendable {
  package struct Row: Sendable {
    package let subscription: GUID
    /// What decided its place, higher first: the probability, or the points of the rule.
    package let score: Double
    /// nil under rules.
    package let probability: Double?

    package init(subscription: GUID, score: Double, probability: Double?) {
      self.subscription = subscription
      self.score = score
      self.probability = probability
    }
  }

  package let asOf: CalendarDay
  package let lagDays: Int
  package let horizonDays: Int
  package let events: Set<String>
  package let rows: [Row]

  package init(
    asOf: CalendarDay, lagDays: Int, horizonDays: Int, events: Set<String>, rows: [Row]
  ) {
    self.asOf = asOf
    self.lagDays = lagDays
    self.horizonDays = horizonDays
    self.events = events
    self.rows = rows
  }
}

/// Whether a list that was really written did as the backtest had promised.
///
/// A single list has few losses, so its figures scatter more widely than those of all past lists
/// together. It lies outside when the two 95 % intervals have no number in common: then neither its own
/// noise nor that of the backtest explains the difference.
package struct LiveCheck: Sendable {
  package struct Figure: Sendable, Hashable {
    package let name: String
    package let live: Estimate
    package let promised: Estimate
    package var isOutside: Bool { live.liesApart(from: promised) }
  }

  package let asOf: CalendarDay
  /// Rows whose outcome is known, and those lost; 0 while the window has not been seen to its end.
  package let rows: Int
  package let lost: Int
  /// AUC, log-loss, observed over expected; empty while no outcome is known.
  package let figures: [Figure]

  /// Looks up what became of a list.
  ///
  /// - Parameters:
  ///   - list: the list.
  ///   - path: where it was read from, for errors.
  ///   - backtest: what was promised.
  ///   - history: everything seen.
  /// - Throws: `RiskModelError.otherQuestion` when list and backtest do not answer the same question;
  ///   what reading the history throws.
  package init(
    _ list: LiveList, path: String, against backtest: BacktestPromise, _ history: some HistorySource
  ) throws {
    let definition = backtest.recipe.definition
    let events = Set(definition.events.map(\.rawValue))
    guard list.horizonDays == definition.horizonDays, list.events == events else {
      throw RiskModelError.otherQuestion(
        file: path, has: Self.words(list.events, list.horizonDays),
        expected: Self.words(events, definition.horizonDays))
    }
    let known = try HistorySpan(history.sources).last
    let outcomes = try Outcomes(
      history: history, landmarks: [list.asOf], lag: list.lagDays, definition: definition,
      knownThrough: known)
    let judged = list.rows.compactMap { row in
      outcomes.outcome(of: row.subscription, after: list.asOf).map { (row, $0) }
    }
    asOf = list.asOf
    rows = judged.count
    let labels = judged.map(\.1.label)
    lost = labels.count { $0 == 1 }
    guard !judged.isEmpty else {
      figures = []
      return
    }
    let groups = judged.map(\.1.customer)
    let probabilities = judged.compactMap(\.0.probability)
    let hasAll = probabilities.count == judged.count
    let auc = RankingFigures(
      [
        JudgedList(
          scores: judged.map(\.0.score),
          labels: labels, values: labels, groups: groups, capacity: nil)
      ], seed: UInt64(backtest.recipe.seed))[.areaUnderROC]
    var figures = [
      Figure(name: "areaUnderROC", live: auc, promised: backtest.figure("areaUnderROC"))
    ]
    if hasAll {
      let live = ProbabilityFigures(probabilities: probabilities, labels: labels, groups: groups)
      figures += [
        Figure(name: "logLoss", live: live.logLoss, promised: backtest.figure("logLoss")),
        Figure(
          name: "observedExpectedRatio", live: live.observedExpectedRatio,
          promised: backtest.figure("observedExpectedRatio")),
      ]
    }
    self.figures = figures
  }

  private static func words(_ events: Set<String>, _ horizonDays: Int) -> String {
    "\(events.sorted().joined(separator: ", ")) within \(horizonDays) days"
  }
}

/// What a backtest promised: the figures of all its lists together.
package struct BacktestPromise: Sendable {
  package let recipe: TrainingRecipe
  private let estimates: [String: Estimate]

  func figure(_ name: String) -> Estimate { estimates[name] ?? Estimate(nil) }

  /// Reads backtest.json.
  ///
  /// - Throws: `FileError` when the file is missing or no JSON; `RiskModelError.invalidBacktest` when
  ///   it is none, or of another schema version.
  package init(contentsOf path: String) throws {
    let json = try JSONValue(parsing: contents(ofFile: path), path: path)
    guard json["schemaVersion"]?.int == 1, let recipe = json["recipe"],
      let figures = json["pooled"]?["model"]?.object
    else { throw RiskModelError.invalidBacktest(file: path) }
    self.recipe = try TrainingRecipe(recipe, file: path)
    estimates = Dictionary(
      figures.members.map { key, value in
        (
          key,
          Estimate(value["value"]?.double, low: value["low"]?.double, high: value["high"]?.double)
        )
      }, uniquingKeysWith: { first, _ in first })
  }
}
