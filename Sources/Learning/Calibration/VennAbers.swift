/// A range for the probability of a score: what isotonic calibration would say if the row were 0, and
/// if it were 1.
///
///     calibration rows (z, y), and one more (s, 0)     isotonic regression, its value at s: p₀
///                                      or (s, 1)                                            p₁
///
/// p₀ ≤ p₁; the wider apart, the less the calibration rows tell of such scores. One of the two is
/// perfectly calibrated where rows are exchangeable, which rows of later days are only nearly: a range
/// of calibration, no confidence interval.
///
/// A further 1 is pooled with whatever stands above it, so p₁ is a step function of s that changes at
/// calibration scores only, and p₀ likewise: both tables are found in one pass each.
///
/// Source: Vovk, Petej & Fedorova 2015, Large-scale probabilistic predictors with and without
/// guarantees of validity, algorithms 1 to 4, https://arxiv.org/abs/1511.00213
package struct VennAbers: Sendable, Equatable {
  /// A step function: its value at each of some scores.
  package struct Steps: Sendable, Equatable {
    /// Ascending.
    package var logOdds: [Double]
    /// Never falling, in [0, 1]; as many.
    package var probabilities: [Double]

    package init(logOdds: [Double], probabilities: [Double]) {
      self.logOdds = logOdds
      self.probabilities = probabilities
    }

    /// Whether the numbers are such a function; read files must pass this.
    package var isValid: Bool {
      !logOdds.isEmpty && logOdds.count == probabilities.count && logOdds.allSatisfy(\.isFinite)
        && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 }
        && zip(logOdds, logOdds.dropFirst()).allSatisfy { $0 < $1 }
        && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 }
    }

    /// How many of the scores come before the first that `isAfter`, which holds from some on.
    fileprivate func count(before isAfter: (Double) -> Bool) -> Int {
      var (low, high) = (0, logOdds.count)
      while low < high {
        let middle = (low + high) / 2
        if isAfter(logOdds[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  /// p₀ from each score on; 0 below the first.
  package var lower: Steps
  /// p₁ up to each score; 1 above the last.
  package var upper: Steps

  package init(lower: Steps, upper: Steps) {
    self.lower = lower
    self.upper = upper
  }

  /// The tables of some calibration rows.
  ///
  /// - Parameters:
  ///   - logOdds: finite, at least one, from a model that was not fitted to the rows.
  ///   - labels: 0 or 1, one for each.
  package init(logOdds: [Double], labels: [Double]) {
    precondition(
      !logOdds.isEmpty && logOdds.count == labels.count,
      "Learning: \(logOdds.count) scores for \(labels.count) labels")
    let (scores, ones, counts) = Self.distinct(logOdds, labels)
    let upper = Self.upperValues(ones: ones, counts: counts)
    // What a 0 does from above, a 1 does from below.
    let lower = Self.upperValues(
      ones: zip(counts, ones).map { $0 - $1 }.reversed(), counts: counts.reversed()
    ).reversed().map { 1 - $0 }
    let last = scores.count - 1
    let steps = scores.indices.filter { $0 == 0 || lower[$0] != lower[$0 - 1] }
    let ends = scores.indices.filter { $0 == last || upper[$0] != upper[$0 + 1] }
    self.init(
      lower: Steps(logOdds: steps.map { scores[$0] }, probabilities: steps.map { lower[$0] }),
      upper: Steps(logOdds: ends.map { scores[$0] }, probabilities: ends.map { upper[$0] }))
  }

  /// p₀ and p₁ of a score.
  package func range(logOdds z: Double) -> (low: Double, high: Double) {
    let begun = lower.count { $0 > z }
    let ended = upper.count { $0 >= z }
    return (
      begun > 0 ? lower.probabilities[begun - 1] : 0,
      ended < upper.logOdds.count ? upper.probabilities[ended] : 1
    )
  }

  /// The scores, ascending and each once, with the ones and the rows that have each.
  private static func distinct(
    _ logOdds: [Double], _ labels: [Double]
  ) -> (scores: [Double], ones: [Double], counts: [Double]) {
    var (scores, ones, counts): ([Double], [Double], [Double]) = ([], [], [])
    for row in logOdds.indices.sorted(by: { (logOdds[$0], $0) < (logOdds[$1], $1) }) {
      if scores.last == logOdds[row] {
        ones[ones.count - 1] += labels[row]
        counts[counts.count - 1] += 1
      } else {
        scores.append(logOdds[row])
        ones.append(labels[row])
        counts.append(1)
      }
    }
    return (scores, ones, counts)
  }

  /// Rows and ones so far: a corner of the cumulative sum diagram.
  private struct Corner {
    var rows: Double
    var ones: Double

    func slope(to other: Corner) -> Double { (other.ones - ones) / (other.rows - rows) }

    /// Whether the way over `middle` to `end` turns left, so that the middle is a corner below.
    func turnsLeft(over middle: Corner, to end: Corner) -> Bool {
      (middle.rows - rows) * (end.ones - ones) > (middle.ones - ones) * (end.rows - rows)
    }
  }

  /// p₁ at each distinct score.
  ///
  /// Isotonic regression is the slope of the greatest convex minorant of the cumulative sum diagram. The
  /// further 1 stands at the beginning of it, then behind the first score, and so on: at each move one
  /// corner is put one row and one 1 further left, and the minorant from there on mended.
  private static func upperValues(ones: [Double], counts: [Double]) -> [Double] {
    var corners = [Corner(rows: -1, ones: -1), Corner(rows: 0, ones: 0)]
    for (one, count) in zip(ones, counts) {
      let last = corners[corners.count - 1]
      corners.append(Corner(rows: last.rows + count, ones: last.ones + one))
    }
    // The minorant from the right to the left, so that its left end is the last.
    var minorant: [Corner] = []
    for corner in corners.reversed() {
      while minorant.count > 1,
        !corner.turnsLeft(over: minorant[minorant.count - 1], to: minorant[minorant.count - 2])
      {
        minorant.removeLast()
      }
      minorant.append(corner)
    }
    var values: [Double] = []
    for score in counts.indices {
      let (left, next) = (minorant[minorant.count - 1], minorant[minorant.count - 2])
      values.append(left.slope(to: next))
      // The 1 moves behind the score, so that the corner before the score comes to lie before the 1.
      let (one, two, three) = (corners[score], corners[score + 1], corners[score + 2])
      let moved = Corner(
        rows: one.rows + three.rows - two.rows, ones: one.ones + three.ones - two.ones)
      corners[score + 1] = moved
      guard left.turnsLeft(over: moved, to: next) else { continue }
      minorant.removeLast()
      while minorant.count > 1,
        !moved.turnsLeft(over: minorant[minorant.count - 1], to: minorant[minorant.count - 2])
      {
        minorant.removeLast()
      }
      minorant.append(moved)
    }
    return values
  }
}
