internal import ForkJoin
package import Learning

/// How the probabilities of every horizon did on days that no fit had seen.
///
/// ```
///   origin ─ rows before it, as far as they had been seen on it ─ hazard ─┐
///          └ headline probability of the rows after it, as judged ────────┴─ P(28) … P(182)
/// ```
/// The splits, the penalty and the probabilities at the model's own horizon are those of `Judgement`. A
/// horizon is judged on the rows that were seen that far by the day of training, from the origins before
/// which ten customers were seen to churn within it, as few as any fit of the splits has.
package struct HorizonJudgement: Sendable {
  /// One horizon and how it did.
  package struct Figures: Sendable {
    package let days: Int
    package let rows: Int
    package let churnedCustomers: Int
    /// Mean log-loss; nil without rows.
    package let logLoss: Double?
    /// Of the share of the rows before the origin that had churned within the horizon.
    package let baseRateLogLoss: Double?
    /// Of the same probabilities spread evenly over the days, as by a hazard that never changes.
    package let evenLogLoss: Double?
    /// Every metric, in catalog order.
    package let metrics: [(name: String, value: Double?)]
  }

  /// In ascending order of days, the model's own among them.
  package let horizons: [Figures]
  /// What the solver did in the final fit of the hazard.
  package var summary: FitSummary

  /// One row judged at one horizon.
  private struct Judged {
    let row: Int
    let probability: Double
    let baseRate: Double
    let even: Double
  }

  /// - Parameters:
  ///   - dataset: what was judged, with customers as groups and landmark days as times.
  ///   - told: the horizons, and what was seen of each row of the dataset.
  ///   - waitDays: grace and lag: how long after a day it is known what happened on it.
  ///   - judgement: of the headline.
  ///   - summary: of the final fit.
  init(
    _ dataset: Dataset, _ told: TrainingHorizons, waitDays: Int, judgement: Judgement,
    summary: FitSummary
  ) {
    let (days, selection) = (told.days, judgement.selection)
    let predictions = judgement.learners.predictions
    let parts = concurrentMap(count: selection.splits.count) { index -> [[Judged]] in
      let split = selection.splits[index]
      let seen = split.analysis.map { row in
        guard let origin = split.origin, let time = dataset.times?[row] else {
          return told.exposures[row]
        }
        return told.exposures[row].cut(toSeen: origin - time - Int32(waitDays))
      }
      let positions = predictions.rows.indices.filter { predictions.splitOfRow[$0] == index }
      return Self.judged(
        dataset, told, split, seen: seen, lambda: judgement.learners.ridgeLambda,
        rows: positions.map { predictions.rows[$0] },
        headline: positions.map { judgement.probabilities[$0] })
    }
    horizons = days.indices.map { index in
      Self.figures(
        parts.flatMap { $0.isEmpty ? [] : $0[index] }, days: days[index], told.exposures, dataset)
    }
    self.summary = summary
  }

  /// The rows of one split, for each horizon; none at horizons of which too little had been seen.
  private static func judged(
    _ dataset: Dataset, _ told: TrainingHorizons, _ split: Split, seen: [Exposure], lambda: Double,
    rows: [Int], headline: [Double]
  ) -> [[Judged]] {
    let days = TrainingHorizons.seen(
      told.days, headline: told.headline, seen,
      customers: split.analysis.map { dataset.group(ofRow: $0) }, fewestRows: 1,
      fewestChurned: ForwardSplits(embargo: 1).minimumPositiveGroups)
    let last = days.last ?? told.headline
    guard
      let (hazard, _) = DiscreteTimeHazard.fit(
        dataset, rows: split.analysis, exposures: seen,
        periodEnds: told.periodEnds.filter { $0 <= last }, lambda: lambda),
      days.allSatisfy(hazard.periodEnds.contains)
    else { return [] }
    let spread = zip(hazard.effects.logOdds(dataset, rows: rows), headline).map {
      effect, probability in
      hazard.probabilities(
        within: days, headline: told.headline, probability: probability, effect: effect)
    }
    return told.days.map { day in
      guard let place = days.firstIndex(of: day) else { return [] }
      let known = seen.filter { $0.seenDays >= day }
      let baseRate = Logistic.probability(
        logOdds: Logistic.baseLogOdds(
          positives: Double(known.count { $0.hasEvent(within: day) }), count: Double(known.count)))
      let even = Double(day) / Double(told.headline)
      return rows.indices.filter { told.exposures[rows[$0]].seenDays >= day }.map {
        Judged(
          row: rows[$0], probability: spread[$0][place], baseRate: baseRate,
          even: DiscreteTimeHazard.probability(headline[$0], share: even))
      }
    }
  }

  private static func figures(
    _ judged: [Judged], days: Int, _ exposures: [Exposure], _ dataset: Dataset
  ) -> Figures {
    let labels = judged.map { exposures[$0.row].hasEvent(within: days) ? 1.0 : 0.0 }
    func loss(_ probability: (Judged) -> Double) -> Double? {
      guard !judged.isEmpty else { return nil }
      let losses = zip(judged, labels).map {
        Logistic.loss(probability: probability($0), label: $1)
      }
      return losses.reduce(0, +) / Double(losses.count)
    }
    let probabilities = judged.map(\.probability)
    return Figures(
      days: days, rows: judged.count,
      churnedCustomers: Set(
        zip(judged, labels).filter { $0.1 == 1 }.map { dataset.group(ofRow: $0.0.row) }
      ).count,
      logLoss: loss(\.probability), baseRateLogLoss: loss(\.baseRate), evenLogLoss: loss(\.even),
      metrics: Metric.all.map {
        (
          $0.name,
          $0.evaluate(probabilities: probabilities, labels: labels)
        )
      })
  }
}
