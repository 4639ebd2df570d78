internal import Features
package import History
internal import Learning

/// What each past list would have been, from what was known then, against what happened.
///
/// ```
///   exports  ─┬────┬────┬────┬────┬────┬────┬────┬─►
///   origin 1  train┤score      ├──── horizon ────┤   labels from everything known now
///   origin 2       train┤score      ├──── horizon ────┤
///   origin 3             …                              window not seen to its end: skipped
/// ```
/// At each origin preparation, penalty, calibration and choice are made anew by the `Trainer` on
/// exactly what was known that day, and the list is the one that `Scorer` would have written. Only the
/// outcome is read from later days.
package struct Backtest: Sendable {
  package let recipe: TrainingRecipe
  package let range: LandmarkRange
  /// How many rows of each list somebody acts on; nil = a tenth of it.
  package let capacity: Int?

  package init(recipe: TrainingRecipe, range: LandmarkRange, capacity: Int?) {
    self.recipe = recipe
    self.range = range
    self.capacity = capacity
  }

  /// Runs the past.
  ///
  /// - Parameters:
  ///   - history: everything seen.
  ///   - lag: the reporting lag in days as known on a day.
  ///   - note: called with a sentence before each long step.
  ///   - progress: called within a step with what is done and what there is in all.
  /// - Returns: every origin judged or skipped with the reason, and all of them pooled.
  /// - Throws: `RiskModelError` when the range lies outside of the history or no origin of it can be
  ///   judged; what `lag` and reading the history throw.
  package func run(
    _ history: some HistorySource, lag: (CalendarDay) throws -> Int,
    note: (String) -> Void = { _ in },
    progress: @escaping (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws -> BacktestResult {
    let days = try range.days(history.sources)
    let lags = try Dictionary(uniqueKeysWithValues: days.map { ($0, try lag($0)) })
    let knownThrough = try HistorySpan(history.sources).last
    var skipped: [SkippedOrigin] = []
    let mature = days.filter { day in
      let remark = immaturity(of: day, lag: lags[day] ?? 0, history.sources, knownThrough)
      if let remark { skipped.append(SkippedOrigin(origin: day, reason: remark)) }
      return remark == nil
    }
    guard !mature.isEmpty else { throw RiskModelError.noOriginToJudge(skipped.map(\.text)) }
    note("Reading what became of every subscription")
    let outcomes = try Outcomes(
      history: CountedHistory(RememberedHistory(history), progress), landmarks: mature,
      lag: mature.compactMap { lags[$0] }.max() ?? 0, definition: recipe.definition,
      knownThrough: knownThrough)
    var lists: [PastList] = []
    for (number, day) in mature.enumerated() {
      let place = "\(day), \(number + 1) of \(mature.count)"
      do {
        lists.append(
          try PastList(
            history, on: day, lagDays: lags[day] ?? 0, recipe: recipe, outcomes: outcomes,
            capacity: capacity,
            note: { note("\(place): \($0.prefix(1).lowercased())\($0.dropFirst())") },
            progress: progress))
      } catch let error as RiskModelError where error.meansTooLittleHistory {
        skipped.append(SkippedOrigin(origin: day, reason: "\(error)"))
      }
    }
    guard !lists.isEmpty else { throw RiskModelError.noOriginToJudge(skipped.map(\.text)) }
    note("Drawing customers for the intervals")
    return BacktestResult(
      recipe: recipe.resolved, range: range, capacity: capacity, knownThrough: knownThrough,
      lists: lists, skipped: skipped.sorted { $0.origin < $1.origin })
  }

  /// Why an origin cannot be judged yet; nil when it can.
  private func immaturity(
    of day: CalendarDay, lag: Int, _ sources: [Source], _ knownThrough: CalendarDay
  ) -> String? {
    let definition = recipe.definition
    let maturity = Maturity(
      sources: sources, definition: definition, lag: lag, knownThrough: knownThrough)
    guard !sources.indices.contains(where: { maturity.isMature(day, source: $0) }) else {
      return nil
    }
    let end = day + definition.horizonDays
    let wait = end + definition.reactivationGraceDays + lag
    return
      "the window that ends on \(end) has not been seen to its end: it takes a complete export on "
      + "\(wait) or later, and no hole of more than \(Maturity.largestHoleDays) days before it"
  }
}

/// A day of the range whose list was not judged.
package struct SkippedOrigin: Sendable, Hashable {
  package let origin: CalendarDay
  /// A clause without a full stop, or a whole sentence.
  package let reason: String

  package var text: String { "\(origin): \(reason)" }
}

extension RiskModelError {
  /// Whether an origin with this error came too early, rather than anything being wrong.
  fileprivate var meansTooLittleHistory: Bool {
    switch self {
    case .tooLittleHistory, .horizonShorterThanSpacing, .cannotBoost(.oneGroup): true
    default: false
    }
  }
}
