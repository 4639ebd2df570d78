package import History
internal import Learning

/// Every past list judged, alone and together.
package struct BacktestResult: Sendable {
  package struct Origin: Sendable {
    package let list: PastList
    package let figures: ListFigures
  }

  package let recipe: TrainingRecipe
  package let range: LandmarkRange
  package let capacity: Int?
  /// The newest observation: outcomes are known up to here.
  package let knownThrough: CalendarDay
  /// Ascending, at least one.
  package let origins: [Origin]
  package let skipped: [SkippedOrigin]
  package let pooled: ListFigures
  package let alerts: AlertHistory
  /// nil where no row could be judged.
  package let valueUnit: ValueUnit?

  init(
    recipe: TrainingRecipe, range: LandmarkRange, capacity: Int?, knownThrough: CalendarDay,
    lists: [PastList], skipped: [SkippedOrigin]
  ) {
    let unit = ValueUnit.mostFrequent(lists.lazy.flatMap(\.values))
    let seed = UInt64(recipe.seed)
    self.recipe = recipe
    self.range = range
    self.capacity = capacity
    self.knownThrough = knownThrough
    self.skipped = skipped
    origins = lists.map {
      Origin(
        list: $0, figures: ListFigures([$0], unit: unit, capacity: capacity, seed: seed))
    }
    pooled = ListFigures(lists, unit: unit, capacity: capacity, seed: seed)
    alerts = AlertHistory(
      lists.map { list in
        AlertHistory.List(
          origin: list.origin, everybody: list.everybody, alerted: list.alerted,
          events: zip(list.ids, list.events).compactMap { id, day in day.map { (id, $0) } })
      })
    valueUnit = unit
  }

  /// What a reader must know.
  package var attention: [Attention] {
    var attention: [Attention] = []
    if !skipped.isEmpty {
      attention.append(
        Attention(
          "originsSkipped",
          "Days skipped: \(skipped.count) of \(skipped.count + origins.count). "
            + skipped.map { "\($0.text)." }.joined(separator: " ").replacing("..", with: "."),
          severity: .information))
    }
    let rules = origins.filter { $0.list.probabilities == nil }
    if !rules.isEmpty {
      attention.append(
        Attention(
          "rulesOnly",
          "On \(rules.map { "\($0.list.origin)" }.joined(separator: ", ")) too little was known for a "
            + "model: the list was that of the rule score, which has an order and no probabilities. Its "
            + "rows count for the order alone."))
    }
    let linear = origins.filter { origin in
      origin.list.model.attention.contains { $0.code == "linearOnly" }
    }
    if !linear.isEmpty {
      attention.append(
        Attention(
          "linearOnly",
          "On \(linear.map { "\($0.list.origin)" }.joined(separator: ", ")) there were too many rows for "
            + "boosted trees, so the linear model stood alone.", severity: .information))
    }
    if let grade = pooled.grade, grade == .c {
      attention.append(
        Attention(
          "noProvenSkill",
          "Grade C: on these days the lists were not reliably better than the better of the base rate and "
            + "the days since last usage."))
    }
    if let sentence = ordersWorse {
      attention.append(Attention("baselineOrdersBetter", sentence))
    }
    return attention
  }

  /// Said when the days since last usage, which anybody can sort by, surely order the rows better than the
  /// model; nil when they do not.
  private var ordersWorse: String? {
    let (model, days) = (pooled.model.ranking, pooled.daysSinceLastUsage.ranking)
    guard let area = model[.areaUnderROC].value, let upper = model[.areaUnderROC].high,
      let simple = days[.areaUnderROC].value, simple > upper,
      let lift = model[.liftAtTenPercent].value, let simpleLift = days[.liftAtTenPercent].value,
      simpleLift >= lift
    else { return nil }
    func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    return
      "Sorted by the days since last usage alone these lists would have been better ordered (AUC "
      + "\(thousandths(simple)) against \(thousandths(area)), at most \(thousandths(upper)) with 95 % "
      + "confidence): work through them in that order"
      + (pooled.probabilityRows > 0 ? ", and read the probabilities beside it." : ".")
  }
}
