internal import Glibc

/// The population stability index of two samples, with the value that it exceeds by chance alone.
///
/// Σ over bins of (p − q) ln(p/q), where p and q are the shares of the bin in either sample. Of two samples
/// of one population, n and m cases in B bins, it is distributed as χ²(B − 1) · (1/n + 1/m) (Yurdakul 2018,
/// "Statistical Properties of the Population Stability Index"). The usual thresholds 0.1 and 0.25 know
/// nothing of n and m: small samples exceed them by chance, and large ones hardly ever.
package struct StabilityIndex: Sendable, Hashable {
  /// ≥ 0; 0 when both samples fall into the bins alike.
  package let value: Double
  /// What it exceeds with probability `chance` when nothing has changed.
  package let critical: Double
  /// Cases of the earlier and of the later sample.
  package let earlier: Int
  package let later: Int

  /// Below this a change is too small to matter, however sure it is.
  package static let least = 0.1

  /// Whether the samples differ by more than chance, and by enough to matter.
  package var isAlarm: Bool { value > critical && value > Self.least }

  /// Compares two samples that were counted in the same bins.
  ///
  /// - Parameters:
  ///   - earlier: cases in each bin; at least one in all.
  ///   - later: the same for the other sample.
  ///   - chance: of a false alarm, in (0, 0.5).
  package init(earlier: [Int], later: [Int], chance: Double) {
    precondition(earlier.count == later.count, "Learning: bins of two samples")
    let pairs = zip(earlier, later).filter { $0 + $1 > 0 }
    let (n, m) = (earlier.reduce(0, +), later.reduce(0, +))
    precondition(n > 0 && m > 0, "Learning: a sample without cases")
    self.earlier = n
    self.later = m
    // Half a case in each bin: an empty one would make the logarithm infinite.
    let half = 0.5
    let bins = Double(pairs.count)
    value = pairs.reduce(0) { sum, pair in
      let p = (Double(pair.0) + half) / (Double(n) + half * bins)
      let q = (Double(pair.1) + half) / (Double(m) + half * bins)
      return sum + (p - q) * log(p / q)
    }
    critical =
      pairs.count < 2
      ? 0
      : Self.chiSquared(exceededWith: chance, degreesOfFreedom: pairs.count - 1)
        * (1 / Double(n) + 1 / Double(m))
  }

  /// The value that χ² exceeds with a probability (Wilson & Hilferty 1931; within 1 % from one degree of
  /// freedom on where the probability is 0.01).
  static func chiSquared(exceededWith chance: Double, degreesOfFreedom: Int) -> Double {
    let spread = 2 / (9 * Double(degreesOfFreedom))
    let root = 1 - spread + normal(exceededWith: chance) * spread.squareRoot()
    return Double(degreesOfFreedom) * root * root * root
  }

  /// The value that a standard normal variable exceeds with a probability, by halving its range.
  static func normal(exceededWith chance: Double) -> Double {
    var (low, high) = (0.0, 40.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if erfc(middle / 2.squareRoot()) / 2 > chance { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// Bins that are made from one sample, for counting it and others.
package struct SampleBins: Sendable, Hashable {
  /// Upper ends of all bins of numbers but the last, ascending.
  private let ends: [Double]
  /// Levels with a bin of their own.
  private let levels: [String: Int]

  /// How many bins the known values get.
  package static let most = 10

  /// Bins with about as many of the numbers in each; NaN has its own.
  ///
  /// Where a tenth or more are the least or the greatest number, what lies beyond it has a bin of its own:
  /// otherwise a feature that was the same everywhere could change to anything unseen.
  package init(numbers: [Double]) {
    let known = numbers.filter { !$0.isNaN }.sorted()
    var ends: [Double] = []
    if !known.isEmpty {
      for part in 1..<Self.most {
        let end = known[known.count * part / Self.most]
        if end < known[known.count - 1], ends.last.map({ $0 < end }) ?? true { ends.append(end) }
      }
      let (least, greatest) = (known[0], known[known.count - 1])
      let share = known.count / Self.most
      if known[share] == least { ends.insert(least.nextDown, at: 0) }
      if known[known.count - 1 - share] == greatest { ends.append(greatest) }
    }
    self.ends = ends
    levels = [:]
  }

  /// A bin for each of the most frequent levels, one for the others, and one for nil.
  package init(levels: [String?]) {
    var counts: [String: Int] = [:]
    for case let level? in levels { counts[level, default: 0] += 1 }
    let names = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
    self.levels = Dictionary(
      uniqueKeysWithValues: zip(names.prefix(Self.most - 1), 0...))
    ends = []
  }

  /// Cases in each bin, the unknown ones last.
  package func counts(of numbers: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: ends.count + 2)
    for number in numbers {
      guard !number.isNaN else {
        counts[ends.count + 1] += 1
        continue
      }
      // At most eleven ends: as fast as halving.
      counts[ends.firstIndex { number <= $0 } ?? ends.count] += 1
    }
    return counts
  }

  /// Cases in each bin, other levels before the unknown ones.
  package func counts(of levels: [String?]) -> [Int] {
    var counts = [Int](repeating: 0, count: self.levels.count + 2)
    for level in levels {
      guard let level else {
        counts[self.levels.count + 1] += 1
        continue
      }
      counts[self.levels[level] ?? self.levels.count] += 1
    }
    return counts
  }
}
