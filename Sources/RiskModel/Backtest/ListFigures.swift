package import Learning

/// How good one way to order and to foretell was, on one list or on several.
package struct JudgeFigures: Sendable, Hashable {
  package let ranking: RankingFigures
  /// nil where no list has probabilities.
  package let probability: ProbabilityFigures?
}

/// Model and baselines on the same rows.
package struct ListFigures: Sendable, Hashable {
  /// Rows judged, those lost, and distinct customers.
  package let rows: Int
  package let lost: Int
  package let customers: Int
  /// Rows of lists with probabilities: the others were ordered by the rule score.
  package let probabilityRows: Int
  package let model: JudgeFigures
  package let baseRate: JudgeFigures
  package let daysSinceLastUsage: JudgeFigures
  /// Log-loss of the baseline minus the model's; nil without probabilities.
  package let gainOverBaseRate: Estimate?
  package let gainOverDaysSinceLastUsage: Estimate?
  /// By the rule of the grade, with the lift at capacity; nil without probabilities.
  package let grade: RiskModelFile.Grade?

  /// - Parameters:
  ///   - lists: at least one.
  ///   - unit: whose value counts; rows worth something in another unit weigh nothing.
  ///   - capacity: rows that somebody acts on, in each list; nil = a tenth.
  ///   - seed: of the draws.
  init(_ lists: [PastList], unit: ValueUnit?, capacity: Int?, seed: UInt64) {
    let judged = lists.filter { !$0.labels.isEmpty }
    func ranking(_ scores: (PastList) -> [Double]) -> RankingFigures {
      RankingFigures(
        judged.map { list in
          JudgedList(
            scores: scores(list), labels: list.labels,
            values: list.values.map { ValueUnit($0) == unit ? $0.amount : 0 },
            groups: list.customers, capacity: capacity)
        }, seed: seed)
    }
    let foretold = judged.filter { $0.probabilities != nil }
    let labels = foretold.flatMap(\.labels)
    let groups = foretold.flatMap(\.customers)
    func figures(
      _ scores: (PastList) -> [Double], _ probabilities: [Double]
    ) -> JudgeFigures {
      JudgeFigures(
        ranking: ranking(scores),
        probability: labels.isEmpty
          ? nil
          : ProbabilityFigures(probabilities: probabilities, labels: labels, groups: groups))
    }
    let own = foretold.flatMap { $0.probabilities ?? [] }
    let base = foretold.flatMap { list in
      [Double](repeating: list.baseRateProbability ?? 0, count: list.labels.count)
    }
    let gap = foretold.flatMap { $0.gapProbabilities ?? [] }
    rows = judged.reduce(0) { $0 + $1.labels.count }
    lost = judged.reduce(0) { $0 + $1.labels.count { $0 == 1 } }
    customers = Set(judged.flatMap(\.customers)).count
    probabilityRows = labels.count
    model = figures(\.positions, own)
    baseRate = figures({ [Double](repeating: 0, count: $0.labels.count) }, base)
    daysSinceLastUsage = figures(\.gapDays, gap)
    guard !labels.isEmpty else {
      (gainOverBaseRate, gainOverDaysSinceLastUsage, grade) = (nil, nil, nil)
      return
    }
    func losses(_ probabilities: [Double]) -> [Double] {
      zip(probabilities, labels).map { Logistic.loss(probability: $0, label: $1) }
    }
    let gains = [base, gap].map { PairedDifference(losses($0), losses(own), groups: groups) }
    gainOverBaseRate = Estimate(gains[0].mean, standardError: gains[0].standardError)
    gainOverDaysSinceLastUsage = Estimate(gains[1].mean, standardError: gains[1].standardError)
    grade = RiskModelFile.Grade(
      gain: gains, ranking: model.ranking[.areaUnderROC],
      lift: model.ranking[.liftAtCapacity].value, isForward: true)
  }
}

/// What the value of a subscription is counted in; different units are never added.
package struct ValueUnit: Sendable, Hashable {
  package let basis: SubscriptionValue.Basis
  package let currency: String?

  init(_ value: SubscriptionValue) {
    basis = value.basis
    currency = value.currency
  }

  /// The unit of most rows, of equal ones the first by name; nil without rows.
  static func mostFrequent(_ values: some Sequence<SubscriptionValue>) -> ValueUnit? {
    var counts: [ValueUnit: Int] = [:]
    for value in values { counts[ValueUnit(value), default: 0] += 1 }
    return counts.min { left, right in
      (-left.value, left.key.name) < (-right.value, right.key.name)
    }?.key
  }

  private var name: String { "\(basis.rawValue) \(currency ?? "")" }
}
