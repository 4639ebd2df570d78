internal import Features
package import Learning

/// How the learner did on days it was not trained on, and what follows from that.
package struct Judgement: Sendable {
  /// Which learner was chosen, and how each did.
  package let learners: LearnerSelection
  /// How the penalty of the linear model was chosen, and the splits of all.
  package var selection: LambdaSelection { learners.logistic }
  package let calibration: CalibrationChoice
  package let grade: RiskModelFile.Grade
  /// "Days since last usage" alone, on the same splits.
  package let gapBaseline: LambdaSelection
  /// Every metric of the out-of-sample predictions, in catalog order.
  ///
  /// Penalty, preset and number of trees are chosen on the same rows, which makes them a little too good.
  /// Each prediction is made and calibrated from rows whose window had been seen to its end when its
  /// period began, so no row is judged by a map that has seen its label. Labels are those of the day
  /// of training: a date that was told late, or a transfer listed since, counts from the beginning.
  package let metrics: [(name: String, value: Double?)]
  /// The calibrated probabilities that the metrics are of, one for each of the learners' predictions.
  let probabilities: [Double]
  /// Predicted and observed rates of those predictions.
  package let reliability: ReliabilityCurve
  /// Which share of the churned rows the riskiest rows hold, all days together.
  package let gains: GainCurve

  /// Whether what was chosen gives different rows different probabilities.
  package var hasRanking: Bool { learners.hasRanking }

  /// Judges the learners by rolling origins, or by grouped folds where time is too short.
  ///
  /// The rows are labelled, with customers as groups and landmark days as times; `gap` has the same
  /// rows, with the columns of the baseline "days since last usage". `progress` hears of
  /// each part that is done: learner, calibration, baseline.
  init(
    _ dataset: Dataset, gap: Dataset, definition: ChurnDefinition, lagDays: Int,
    request: LearnerSelection.Request = .auto, seed: Int,
    capacity: Int? = nil,
    progress: (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) {
    let rows = Array(0..<dataset.rowCount)
    // On the day of an origin the labels of the last horizon + grace + lag days are not known yet.
    let embargo = Int32(definition.horizonDays + definition.reactivationGraceDays + lagDays)
    let learners = LearnerSelection(
      dataset, rows: rows, request: request, embargo: embargo, seed: UInt64(seed))
    let selection = learners.logistic
    let predictions = learners.predictions
    progress(1, 3)
    let calibration = CalibrationChoice.choose(
      predictions, of: selection, dataset, embargo: embargo)
    progress(2, 3)
    let gapBaseline = LambdaSelection(gap, splits: selection.splits, scheme: selection.scheme)
    progress(3, 3)
    self.learners = learners
    self.calibration = calibration
    self.gapBaseline = gapBaseline

    let labels = predictions.rows.map { dataset.knownLabels[$0] }
    let groups = predictions.rows.map { dataset.group(ofRow: $0) }
    // Each row under the map that was known when its period began; the final map has seen its label.
    let probabilities = predictions.rows.indices.map { position in
      let split = predictions.splitOfRow[position]
      let maps = calibration.splitMaps
      return (maps.indices.contains(split) ? maps[split] : .identity)
        .probability(logOdds: predictions.logOdds[position])
    }
    let loss = zip(probabilities, labels).map { Logistic.loss(probability: $0, label: $1) }
    let baselines = [
      Self.baseRateLoss(dataset, selection),
      zip(gapBaseline.predictions.logOdds, labels).map { Logistic.loss(logOdds: $0, label: $1) },
    ]
    self.probabilities = probabilities
    reliability = ReliabilityCurve(probabilities: probabilities, labels: labels)
    gains = GainCurve(probabilities: probabilities, labels: labels)
    metrics = Metric.all.map {
      ($0.name, $0.evaluate(probabilities: probabilities, labels: labels))
    }
    let ranking = RankingFigures(
      Self.lists(
        probabilities, labels, groups: groups,
        times: predictions.rows.map { dataset.times?[$0] ?? 0 }, capacity: capacity),
      seed: UInt64(seed))
    grade = RiskModelFile.Grade(
      gain: baselines.map { PairedDifference($0, loss, groups: groups) },
      ranking: ranking[.areaUnderROC], lift: ranking[.liftAtCapacity].value,
      isForward: selection.scheme == .forward)
  }

  /// The lists of each day, of which somebody would have acted on the first `capacity` rows, or on a tenth.
  static func lists(
    _ probabilities: [Double], _ labels: [Double], groups: [Int32], times: [Int32], capacity: Int?
  ) -> [JudgedList] {
    let days = Dictionary(grouping: times.indices) { times[$0] }.sorted { $0.key < $1.key }
    return days.map { _, rows in
      JudgedList(
        scores: rows.map { probabilities[$0] }, labels: rows.map { labels[$0] },
        values: rows.map { _ in 0 }, groups: rows.map { groups[$0] }, capacity: capacity)
    }
  }

  /// The loss of each out-of-sample row under the mean label of the rows before it.
  private static func baseRateLoss(_ dataset: Dataset, _ selection: LambdaSelection) -> [Double] {
    let labels = dataset.knownLabels
    return selection.splits.flatMap { split in
      let positives = split.analysis.reduce(0) { $0 + labels[$1] }
      let logOdds = Logistic.baseLogOdds(positives: positives, count: Double(split.analysis.count))
      return split.assessment.map { Logistic.loss(logOdds: logOdds, label: labels[$0]) }
    }
  }
}
