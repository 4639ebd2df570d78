/// Stratified folds that keep the rows of a group, and exact duplicates, on one side.
///
/// A *unit* is a smallest set of rows that no fold may tear apart: rows that share a group or have
/// equal features, and so on through both (union–find). Units are shuffled by the seed, ordered by
/// size, largest first, and each goes where it keeps both classes most even.
///
/// Where duplicates tie more than half of the rows into one unit (in panels, inactive customers look
/// alike), folds would lose their meaning: then only groups are kept together, and `keepsDuplicates`
/// says so.
package struct GroupedFolds: Sendable, Equatable {
  /// The fold of each row given, 0 ..< the number of folds.
  package let folds: [Int]

  /// Whether exact duplicates lie in one fold as well as groups.
  package let keepsDuplicates: Bool

  /// Deals rows into folds.
  ///
  /// - Parameters:
  ///   - dataset: With labels; groups are used when there are some.
  ///   - rows: Rows to deal.
  ///   - foldCount: At least 2. Default 5.
  ///   - seed: Decides among equal choices.
  package init(_ dataset: Dataset, rows: [Int], foldCount: Int = 5, seed: UInt64) {
    precondition(foldCount >= 2, "Learning: \(foldCount) folds")
    var units = DisjointSets(count: rows.count)
    var firstOfGroup: [Int32: Int] = [:]
    if let groups = dataset.groups {
      for (position, row) in rows.enumerated() {
        if let first = firstOfGroup[groups[row]] {
          units.join(first, position)
        } else {
          firstOfGroup[groups[row]] = position
        }
      }
    }
    let groupsOnly = units
    for (position, first) in DuplicateRows.firstOccurrences(dataset, rows: rows).enumerated() {
      units.join(first, position)
    }
    keepsDuplicates = units.largestCount * 2 <= rows.count
    if !keepsDuplicates { units = groupsOnly }
    folds = Self.deal(
      &units, labels: rows.map { dataset.knownLabels[$0] }, foldCount: foldCount, seed: seed)
  }

  /// The folds as splits of the rows they were made from; folds without rows are left out.
  ///
  /// - Parameter rows: The rows given to `init`.
  /// - Returns: At most one split per fold, in order of folds.
  package func splits(rows: [Int]) -> [Split] {
    precondition(rows.count == folds.count, "Learning: \(rows.count) rows for \(folds.count) folds")
    return (0...(folds.max() ?? 0)).compactMap { fold in
      let members = rows.indices
      let split = Split(
        analysis: members.filter { folds[$0] != fold }.map { rows[$0] },
        assessment: members.filter { folds[$0] == fold }.map { rows[$0] })
      return split.assessment.isEmpty || split.analysis.isEmpty ? nil : split
    }
  }

  private static func deal(
    _ units: inout DisjointSets, labels: [Double], foldCount: Int, seed: UInt64
  ) -> [Int] {
    var members: [Int: [Int]] = [:]
    for position in labels.indices {
      members[units.representative(of: position), default: []].append(position)
    }
    var generator = SplitMix64(seed: seed)
    let shuffled = members.sorted { $0.key < $1.key }.map { $0.value }.shuffled(using: &generator)
    // A stable order by size: equal sizes stay shuffled.
    let ordered = shuffled.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)

    var folds = [Int](repeating: 0, count: labels.count)
    let ones = labels.reduce(0, +)
    var tallies = [FoldTally](repeating: FoldTally(), count: foldCount)
    let totals = FoldTally(zeros: max(1, Double(labels.count) - ones), ones: max(1, ones))
    for unit in ordered {
      let ones = unit.reduce(0) { $0 + labels[$1] }
      let added = FoldTally(zeros: Double(unit.count) - ones, ones: ones)
      let costs = tallies.map { $0.cost(ofAdding: added, totals: totals) }
      let fold = costs.indices.min { (costs[$0], $0) < (costs[$1], $1) } ?? 0
      tallies[fold].zeros += added.zeros
      tallies[fold].ones += added.ones
      for position in unit { folds[position] = fold }
    }
    return folds
  }
}

/// How many rows of each label a fold holds.
private struct FoldTally {
  var zeros = 0.0
  var ones = 0.0

  /// By how much Σ over labels of (share of the label's rows that lie in this fold)² grows; folds
  /// are most even when each unit goes where it grows least.
  func cost(ofAdding added: FoldTally, totals: FoldTally) -> Double {
    func growth(_ now: Double, _ more: Double, _ total: Double) -> Double {
      more * (2 * now + more) / (total * total)
    }
    return growth(zeros, added.zeros, totals.zeros) + growth(ones, added.ones, totals.ones)
  }
}
