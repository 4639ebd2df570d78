/// Folds that hold out groups and times together, for panels too short for two forward origins.
///
///                 times ─────────────────►
///     fold 0   │        │ judged │        │      a split judges one fold in one block of times and
///     fold 1   │ learns │        │ learns │      learns from the other folds at the other times
///     fold 2   │ learns │        │ learns │
///
/// Folds alone would judge a row by other groups of the same time, which share what was special about
/// it: on weekly landmarks of shoppers that asked for a penalty 250 times too weak. The model is
/// used on a later day, so the day must be a new one when it is judged, too.
package enum FoldsAcrossTimes {
  /// The most blocks of times.
  package static let mostBlocks = 4

  /// One split per fold and block, in order of folds, then of blocks; cells without rows are left out.
  ///
  /// - Parameters:
  ///   - dataset: With labels and times.
  ///   - rows: The rows dealt into `folds`.
  ///   - folds: Groups kept together.
  /// - Returns: Nil when that is not to be had: there is one time only, or some split would have but
  ///   one label to learn from.
  package static func splits(_ dataset: Dataset, rows: [Int], folds: GroupedFolds) -> [Split]? {
    guard let times = dataset.times, let foldCount = folds.folds.max().map({ $0 + 1 }) else {
      return nil
    }
    let blocks = blocks(of: rows.map { times[$0] })
    guard let blockCount = blocks.max().map({ $0 + 1 }), blockCount > 1 else { return nil }
    let labels = dataset.knownLabels
    var splits: [Split] = []
    for fold in 0..<foldCount {
      for block in 0..<blockCount {
        var split = Split(analysis: [], assessment: [])
        var ones = 0
        for (position, row) in rows.enumerated() {
          if folds.folds[position] == fold {
            if blocks[position] == block { split.assessment.append(row) }
          } else if blocks[position] != block {
            split.analysis.append(row)
            if labels[row] == 1 { ones += 1 }
          }
        }
        guard !split.assessment.isEmpty else { continue }
        guard ones > 0, ones < split.analysis.count else { return nil }
        splits.append(split)
      }
    }
    return splits
  }

  /// The block of each row, 0 ..< at most `mostBlocks`: runs of times with about equally many rows.
  static func blocks(of times: [Int32]) -> [Int] {
    var rowsOfTime: [Int32: Int] = [:]
    for time in times { rowsOfTime[time, default: 0] += 1 }
    let count = min(mostBlocks, rowsOfTime.count)
    var blockOfTime: [Int32: Int] = [:]
    var before = 0
    var block = 0
    for (index, (time, rows)) in rowsOfTime.sorted(by: { $0.key < $1.key }).enumerated() {
      // A new block begins where the middle of a time passes the next share of the rows, and in any
      // case where only as many times are left as blocks have to be begun.
      let passes = (2 * before + rows) * count >= 2 * (block + 1) * times.count
      let isDue = rowsOfTime.count - index <= count - 1 - block
      if index > 0, block < count - 1, passes || isDue { block += 1 }
      blockOfTime[time] = block
      before += rows
    }
    return times.map { blockOfTime[$0] ?? 0 }
  }
}
