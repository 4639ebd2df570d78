internal import Features
package import Learning

/// The Venn-Abers range of a model, and how often it held.
///
/// It rests on predictions of rows that no fit had seen, of the newest landmarks: those of the last
/// horizon. Of each customer one row is taken, because its rows repeat each other, by a hash of its
/// number. With fewer than 100 churned customers, or without later days to judge by, there is none.
package struct CalibrationRange: Sendable {
  static let fewestChurnedCustomers = 100
  static let bins = 10

  package let vennAbers: VennAbers
  /// One for each customer.
  package let rows: Int
  package let churnedCustomers: Int
  /// Of ten bins of the rows by score, those whose share of churn lies within the bin's mean range.
  ///
  /// Each row's range is of a table that was made from the other half of the customers.
  package let coveredBins: Int

  /// - Parameters:
  ///   - dataset: what was judged, with customers as groups and landmark days as times.
  ///   - judgement: whose predictions are taken, before calibration.
  ///   - horizonDays: how far back landmarks are new.
  ///   - seed: chooses the rows.
  init?(_ dataset: Dataset, _ judgement: Judgement, horizonDays: Int, seed: Int) {
    let predictions = judgement.learners.predictions
    guard judgement.selection.scheme == .forward, judgement.hasRanking, let times = dataset.times,
      let newest = predictions.rows.map({ times[$0] }).max()
    else { return nil }
    let recent = predictions.rows.indices.filter {
      newest - times[predictions.rows[$0]] < Int32(horizonDays)
    }
    let chosen = Self.oneOfEach(
      recent, groups: recent.map { dataset.group(ofRow: predictions.rows[$0]) }, seed: seed)
    let logOdds = chosen.map { predictions.logOdds[$0] }
    let labels = chosen.map { dataset.knownLabels[predictions.rows[$0]] }
    let churned = labels.count { $0 == 1 }
    guard churned >= Self.fewestChurnedCustomers, churned < labels.count else { return nil }
    vennAbers = VennAbers(logOdds: logOdds, labels: labels)
    rows = chosen.count
    churnedCustomers = churned
    coveredBins = Self.coveredBins(logOdds: logOdds, labels: labels)
  }

  /// One position of each group, in the order of the groups.
  ///
  /// - Parameters:
  ///   - positions: any numbers.
  ///   - groups: of each position.
  ///   - seed: goes into the hash of the group that chooses among its positions.
  /// - Returns: as many positions as there are groups.
  static func oneOfEach(_ positions: [Int], groups: [Int32], seed: Int) -> [Int] {
    Dictionary(grouping: zip(positions, groups), by: \.1).sorted { $0.key < $1.key }.map {
      group, members in
      var hash = SplitMix64(
        seed: UInt64(truncatingIfNeeded: seed) << 32 ^ UInt64(UInt32(bitPattern: group)))
      return members[Int(hash.next() % UInt64(members.count))].0
    }
  }

  /// How many of ten bins hold what their ranges say.
  ///
  /// Every second row is judged by the table of the others.
  static func coveredBins(logOdds: [Double], labels: [Double]) -> Int {
    let halves = [0, 1].map { half in
      labels.indices.filter { $0 % 2 == half }
    }
    guard halves.allSatisfy({ !$0.isEmpty }) else { return 0 }
    let tables = halves.map { rows in
      VennAbers(logOdds: rows.map { logOdds[$0] }, labels: rows.map { labels[$0] })
    }
    let ranges = labels.indices.map { tables[1 - $0 % 2].range(logOdds: logOdds[$0]) }
    let order = labels.indices.sorted { (logOdds[$0], $0) < (logOdds[$1], $1) }
    return (0..<bins).count { bin in
      let rows = order[bin * order.count / bins..<(bin + 1) * order.count / bins]
      guard !rows.isEmpty else { return false }
      let count = Double(rows.count)
      let rate = rows.reduce(0) { $0 + labels[$1] } / count
      let low = rows.reduce(0) { $0 + ranges[$1].low } / count
      let high = rows.reduce(0) { $0 + ranges[$1].high } / count
      return low <= rate && rate <= high
    }
  }
}
