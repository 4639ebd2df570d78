internal import ForkJoin

/// A figure about the order of lists.
package enum RankingMetric: String, Sendable, Hashable, CaseIterable {
  /// The chance that of a lost and a kept row of one list the lost one stands higher.
  case areaUnderROC
  /// Precision averaged over the lost rows, from the top of their list.
  case averagePrecision
  /// Losses in the first tenth of each list, against as many rows at random.
  case liftAtTenPercent
  /// The same for the rows within the capacity.
  case liftAtCapacity
  /// Share of the rows within the capacity that were lost.
  case precisionAtCapacity
  /// Share of the losses that lay within the capacity.
  case recallAtCapacity
  /// Share of the value of the losses that lay within the capacity.
  case valueRecallAtCapacity

  /// The figure of lists together, without an interval; nil where it is not defined.
  package func value(of lists: [JudgedList]) -> Double? {
    var sums = ListSums()
    for list in lists {
      sums += RankedList(list, slots: [Int](repeating: 0, count: list.labels.count))
        .sums(weights: [1])
    }
    return value(sums)
  }

  func value(_ sums: ListSums) -> Double? {
    func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
    let rate = ratio(sums.positives, sums.rows)
    return switch self {
    case .areaUnderROC: ratio(sums.doubledWins, sums.doubledPairs)
    case .averagePrecision: ratio(sums.precision, sums.positives)
    case .liftAtTenPercent:
      rate.flatMap { rate in
        rate > 0 ? ratio(sums.tenthHits, sums.tenthPlaces).map { $0 / rate } : nil
      }
    case .liftAtCapacity:
      rate.flatMap { rate in
        rate > 0 ? ratio(sums.capacityHits, sums.capacityPlaces).map { $0 / rate } : nil
      }
    case .precisionAtCapacity: ratio(sums.capacityHits, sums.capacityPlaces)
    case .recallAtCapacity: ratio(sums.capacityHits, sums.positives)
    case .valueRecallAtCapacity: ratio(sums.capacityValue, sums.value)
    }
  }
}

/// How well lists were ordered, with intervals from a bootstrap of whole groups.
///
/// Groups are drawn with replacement, as many as there are, and each brings all of its rows in all
/// lists; the interval runs from the 2.5 % to the 97.5 % point of the figures of the draws. Draw r has
/// a generator of its own, so the bytes are the same for any number of threads.
///
/// Source: Field & Welsh 2007, "Bootstrapping clustered data",
/// https://doi.org/10.1111/j.1467-9868.2007.00593.x; percentile interval: Efron & Tibshirani 1993, §13.3
package struct RankingFigures: Sendable, Hashable {
  /// How often groups are drawn.
  package static let draws = 500

  private let estimates: [RankingMetric: Estimate]

  package subscript(metric: RankingMetric) -> Estimate { estimates[metric] ?? Estimate(nil) }

  /// Judges lists together.
  ///
  /// - Parameters:
  ///   - lists: at least one; a group that is in several of them is one group.
  ///   - seed: decides the draws.
  package init(_ lists: [JudgedList], seed: UInt64) {
    let groups = GroupSums(lists.flatMap(\.groups))
    var start = 0
    let ranked = lists.map { list in
      defer { start += list.groups.count }
      return RankedList(list, slots: Array(groups.slots[start..<start + list.groups.count]))
    }
    func sums(_ weights: [Double]) -> ListSums {
      ranked.reduce(into: ListSums()) { $0 += $1.sums(weights: weights) }
    }
    let whole = sums([Double](repeating: 1, count: groups.count))
    // One group with a loss says nothing about how another would have come out.
    let churned = Set(
      zip(groups.slots, lists.flatMap(\.labels)).lazy.filter { $0.1 == 1 }.map(\.0))
    guard churned.count > 1 else {
      estimates = Dictionary(
        uniqueKeysWithValues: RankingMetric.allCases.map { ($0, Estimate($0.value(whole))) })
      return
    }
    let count = groups.count
    let drawn = concurrentMap(count: Self.draws) { draw in
      // Scrambled first: neighbouring seeds must not share draws.
      var random = SplitMix64(seed: SplitMix64.mix(SplitMix64.mix(seed) &+ UInt64(draw)))
      var weights = [Double](repeating: 0, count: count)
      for _ in 0..<count { weights[min(count - 1, Int(random.nextUnit() * Double(count)))] += 1 }
      return ranked.reduce(into: ListSums()) { $0 += $1.sums(weights: weights) }
    }
    estimates = Dictionary(
      uniqueKeysWithValues: RankingMetric.allCases.map { metric in
        // A draw without a loss has no figure; with two churned groups that is one draw in seven.
        let figures = drawn.compactMap { metric.value($0) }.sorted()
        guard !figures.isEmpty else { return (metric, Estimate(metric.value(whole))) }
        return (
          metric,
          Estimate(
            metric.value(whole), low: quantile(0.025, ofSorted: figures),
            high: quantile(0.975, ofSorted: figures))
        )
      })
  }
}
