internal import Features
package import History
internal import Learning

/// One list of the past with what became of its rows, the order of the two baselines beside it.
///
/// Columns hold one element for each row whose outcome is known, in the order of the list.
package struct PastList: Sendable {
  package let origin: CalendarDay
  package let lagDays: Int
  /// The model trained on that day, sealed.
  package let model: RiskModelFile
  /// Rows of the whole list, and those of them whose outcome nobody has seen.
  package let listed: Int
  package let unjudged: Int

  let ids: [GUID]
  let labels: [Double]
  let customers: [Int32]
  let values: [SubscriptionValue]
  /// The day of the event of rows that were lost on a dated event.
  let events: [CalendarDay?]
  /// Descending along the list, equal where rows share their place.
  let positions: [Double]
  /// Of the model, and of the two baselines; nil under rules.
  let probabilities: [Double]?
  let baseRateProbability: Double?
  let gapProbabilities: [Double]?
  /// Days since the last usage; who was never used counts from its start, who is unknown is last.
  let gapDays: [Double]
  /// Everybody on the list, and those among its first `capacity` rows.
  let everybody: Set<GUID>
  let alerted: Set<GUID>

  static let gapFeatures = ["daysSinceLastUsage", "neverUsed"]

  /// Trains and scores as it would have been done on `day`, and looks up what happened.
  ///
  /// - Throws: what training and scoring throw.
  init(
    _ history: some HistorySource, on day: CalendarDay, lagDays: Int, recipe: TrainingRecipe,
    outcomes: Outcomes, capacity: Int?, note: (String) -> Void,
    progress: @escaping (_ done: Int, _ total: Int?) -> Void
  ) throws {
    let result = try Trainer(recipe: recipe).train(
      history, asOf: day, lagDays: lagDays, note: note, progress: progress)
    let model = result.model.sealed().model
    note("Scoring")
    let (scores, subjects) = try Scorer(model: model)
      .scoresAndSubjects(history, asOf: day, progress: progress)
    let list = scores.subscriptions
    let rowOf = Dictionary(
      zip(subjects.scored.map(\.id), subjects.scored.indices),
      uniquingKeysWith: { first, _ in first })
    let placed = zip(list, ListOrder(byRule: model.ordersByRule).positions(list))
    let judged = placed.compactMap { row, position in
      outcomes.outcome(of: row.identity.id, after: day).map { (row, position, $0) }
    }
    origin = day
    self.lagDays = lagDays
    self.model = model
    listed = list.count
    unjudged = list.count - judged.count
    ids = judged.map(\.0.identity.id)
    labels = judged.map(\.2.label)
    customers = judged.map(\.2.customer)
    values = judged.map(\.0.identity.value)
    events = judged.map(\.2.event)
    positions = judged.map(\.1)
    everybody = Set(list.map(\.identity.id))
    alerted = Set(
      list.prefix(capacity ?? (list.count + 9) / 10).map(\.identity.id))
    let rows = ids.map { rowOf[$0] ?? 0 }
    gapDays = Self.gapDays(subjects.table, rows: rows)
    if let judgement = result.judgement, model.fitted != nil {
      probabilities = judged.map { $0.0.probability ?? 0 }
      let known = result.data.table.labels
      baseRateProbability = Logistic.probability(
        logOdds: Logistic.baseLogOdds(
          positives: known.reduce(0, +), count: Double(known.count)))
      let training = FeatureDataset.make(result.data.table, features: Self.gapFeatures)
      let (gap, _) = LogisticModel.fit(
        training, rows: Array(0..<training.rowCount), lambda: judgement.gapBaseline.lambda)
      gapProbabilities = gap.logOdds(
        FeatureDataset.make(subjects.table, features: Self.gapFeatures), rows: rows
      ).map { Logistic.probability(logOdds: $0) }
    } else {
      probabilities = nil
      baseRateProbability = nil
      gapProbabilities = nil
    }
  }

  private static func gapDays(_ table: FeatureTable, rows: [Int]) -> [Double] {
    func column(_ name: String) -> [Double] {
      FeatureCatalog.numeric.firstIndex { $0.description.name == name }
        .map { table.numeric[$0] } ?? []
    }
    let (gap, never, tenure) = (
      column("daysSinceLastUsage"), column("neverUsed"), column("tenureDays")
    )
    return rows.map { row in
      if !gap[row].isNaN { return gap[row] }
      return never[row] == 1 && !tenure[row].isNaN ? tenure[row] : -1
    }
  }
}
