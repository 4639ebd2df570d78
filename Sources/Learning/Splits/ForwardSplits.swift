/// Rolling-origin splits: each origin is judged by a model that knew only what came before it.
///
///     time ───────────────────────────────────────────────►
///     origin 1  ▓▓▓▓▓▓▓▓▓ embargo ░░░░                      ▓ analysis:   time + embargo ≤ origin
///     origin 2  ▓▓▓▓▓▓▓▓▓▓▓▓▓ embargo ░░░░                  ░ assessment: origin ≤ time < next origin
///     origin 3  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ embargo ░░░░
///
/// The embargo is the length of the label's window: a row nearer to the origin had no known outcome
/// then. Without it the analysis rows would tell the future (rsample calls the gap `assess_start`).
///
/// The assessed times are cut into at most `maximumOrigins` windows of equal numbers of times; a
/// window with fewer than `minimumPositiveGroups` different groups of label 1 is joined to the next.
/// Groups are counted, not rows: weekly landmarks repeat the same leaver a dozen times.
///
/// Source: Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, §5.10,
/// https://otexts.com/fpp3/tscv.html
package struct ForwardSplits: Sendable, Equatable {
  /// Least distance in time from an analysis row to the origin, ≥ 1.
  package var embargo: Int32

  /// Most origins; default 6.
  package var maximumOrigins: Int

  /// Groups of label 1 that a window, and the analysis rows before it, must hold; default 10.
  package var minimumPositiveGroups: Int

  /// Share of the rows that the first analysis should hold, where possible; default 0.25.
  package var initialShare: Double

  /// Settings; an embargo below 1 counts as 1, so that no row is judged by its own time.
  package init(
    embargo: Int32, maximumOrigins: Int = 6, minimumPositiveGroups: Int = 10,
    initialShare: Double = 0.25
  ) {
    precondition(maximumOrigins >= 1, "Learning: no origins allowed")
    self.embargo = max(1, embargo)
    self.maximumOrigins = maximumOrigins
    self.minimumPositiveGroups = minimumPositiveGroups
    self.initialShare = initialShare
  }

  /// The splits of some rows, earliest origin first.
  ///
  /// - Parameters:
  ///   - dataset: With labels and times.
  ///   - rows: Rows to split.
  /// - Returns: At most `maximumOrigins` splits; none when there are too few positive groups.
  package func splits(_ dataset: Dataset, rows: [Int]) -> [Split] {
    guard let times = dataset.times else {
      preconditionFailure("Learning: forward splits need times")
    }
    let spread = windows(dataset, times, rows, share: initialShare)
    // With little history a smaller first analysis is better than no second origin.
    return spread.count >= 2 ? spread : windows(dataset, times, rows, share: 0)
  }

  private func windows(
    _ dataset: Dataset, _ times: [Int32], _ rows: [Int], share: Double
  ) -> [Split] {
    let eligible = eligibleTimes(dataset, times, rows, share: share)
    let windowCount = min(maximumOrigins, eligible.count)
    var splits: [Split] = []
    var start = 0
    for window in 0..<windowCount {
      let end = (window + 1) * eligible.count / windowCount
      let isLast = window == windowCount - 1
      let (first, last) = (eligible[start], eligible[end - 1])
      let assessment = rows.filter { times[$0] >= first && times[$0] <= last }
      let isEnough = dataset.positiveGroupCount(in: assessment) >= minimumPositiveGroups
      if isEnough {
        splits.append(
          Split(
            analysis: rows.filter { times[$0] <= first - embargo }, assessment: assessment,
            origin: first))
        start = end
      } else if isLast, let previous = splits.popLast(), let origin = previous.origin {
        // Too few positives after the last origin: they are judged from the origin before.
        splits.append(
          Split(
            analysis: previous.analysis,
            assessment: rows.filter { times[$0] >= origin && times[$0] <= last }, origin: origin))
      }
    }
    return splits
  }

  /// The times whose analysis rows hold enough positive groups, a negative, and the share of rows.
  private func eligibleTimes(
    _ dataset: Dataset, _ times: [Int32], _ rows: [Int], share: Double
  ) -> [Int32] {
    let labels = dataset.knownLabels
    let ordered = rows.sorted { (times[$0], $0) < (times[$1], $1) }
    var eligible: [Int32] = []
    var positiveGroups: Set<Int32> = []
    var hasNegative = false
    var known = 0
    for time in Set(rows.map { times[$0] }).sorted() {
      while known < ordered.count, times[ordered[known]] <= time - embargo {
        let row = ordered[known]
        if labels[row] == 1 { positiveGroups.insert(dataset.group(ofRow: row)) }
        if labels[row] == 0 { hasNegative = true }
        known += 1
      }
      if hasNegative, positiveGroups.count >= minimumPositiveGroups,
        Double(known) >= share * Double(rows.count)
      {
        eligible.append(time)
      }
    }
    return eligible
  }
}
