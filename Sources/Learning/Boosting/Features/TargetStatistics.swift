internal import Glibc

/// The share of ones per level, for columns of so many levels that no split by levels is sound.
///
///     statistic of a level = (Σy + a·prior) / (n + a)          prior = share of ones in training
///
/// A row that trains must not see its own label, so its statistic is over the rows *before* it: by
/// time, of those whose label was known by then; without times, in a random order of the groups, whose
/// rows see none of their own. Other rows see all training rows. Source: Prokhorenkova et al. 2018, "CatBoost", https://arxiv.org/abs/1706.09516
struct TargetStatistics: Sendable {
  /// Per level of the dataset, the unknown first: code c at c + 1.
  let ofLevel: [Double]

  /// ln(1 + n) per level, the unknown first.
  let logCountOfLevel: [Double]

  /// Per training row, in the order given.
  let ofRow: [Double]

  /// Learns from training rows.
  ///
  /// - Parameters:
  ///   - codes: One per row of the dataset, −1 ..< levelCount.
  ///   - levelCount: Levels of the dataset.
  ///   - labels: One per row of the dataset.
  ///   - rows: Training rows, at least one.
  ///   - times: One per row of the dataset, or nil for a random order.
  ///   - groups: One per row of the dataset; nil: every row stands alone.
  ///   - embargo: A label of time s is known from s + embargo on, ≥ 0.
  ///   - prior: The a of the formula, > 0.
  ///   - seed: Of the random order.
  init(
    codes: [Int32], levelCount: Int, labels: [Double], rows: [Int], times: [Int32]?,
    groups: [Int32]? = nil, embargo: Int32, prior: Double, seed: UInt64
  ) {
    let base = rows.reduce(0) { $0 + labels[$1] } / Double(rows.count)
    var sums = [Double](repeating: 0, count: levelCount + 1)
    var counts = [Double](repeating: 0, count: levelCount + 1)
    func statistic(_ slot: Int) -> Double {
      (sums[slot] + prior * base) / (counts[slot] + prior)
    }
    var ofRow = [Double](repeating: base, count: rows.count)
    var order = Array(rows.indices)
    if let times {
      order.sort { (times[rows[$0]], $0) < (times[rows[$1]], $1) }
    } else {
      var generator = SplitMix64(seed: seed)
      order.shuffle(using: &generator)
      if let groups {
        // The groups as they first come, each with all of its rows.
        var place: [Int32: Int] = [:]
        for position in order where place[groups[rows[position]]] == nil {
          place[groups[rows[position]]] = place.count
        }
        func rank(_ position: Int) -> Int { place[groups[rows[position]]] ?? 0 }
        order.sort { (rank($0), $0) < (rank($1), $1) }
      }
    }
    // Positions of `order` whose labels are counted.
    var known = 0
    for (place, position) in order.enumerated() {
      let row = rows[position]
      while known < place {
        let earlier = rows[order[known]]
        if let times, Int(times[earlier]) + Int(embargo) > Int(times[row]) { break }
        // Of the same time, even without an embargo, nothing is known.
        if let times, times[earlier] == times[row] { break }
        if times == nil, let groups, groups[earlier] == groups[row] { break }
        sums[Int(codes[earlier]) + 1] += labels[earlier]
        counts[Int(codes[earlier]) + 1] += 1
        known += 1
      }
      ofRow[position] = statistic(Int(codes[row]) + 1)
    }
    for position in order[known...] {
      sums[Int(codes[rows[position]]) + 1] += labels[rows[position]]
      counts[Int(codes[rows[position]]) + 1] += 1
    }
    self.ofRow = ofRow
    ofLevel = sums.indices.map { statistic($0) }
    logCountOfLevel = counts.map { log1p($0) }
  }
}
