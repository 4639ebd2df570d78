/// Isotonic regression: the non-decreasing step function nearest to the labels.
///
///     labels in order of log-odds   0 0 1 0 | 1 1
///     pool adjacent violators       0 0 ½ ½ | 1 1         a block's value is its mean
///
/// Rows of equal log-odds are pooled first. The table keeps both ends of every block; between them
/// the map is linear, as in scikit-learn. Probabilities are kept within 1/(n + 2) of 0 and 1, n being
/// the rows fitted, because a block of equal labels does not prove certainty.
///
/// Source: Barlow et al. 1972; Zadrozny & Elkan 2002, https://doi.org/10.1145/775047.775151
package enum IsotonicRegression {
  /// The fitted map; identity when there are no rows.
  package static func fit(logOdds: [Double], labels: [Double]) -> CalibrationMap {
    guard !labels.isEmpty else { return .identity }
    let margin = 1 / Double(labels.count + 2)
    let table = table(x: logOdds, y: labels)
    return .isotonic(
      logOdds: table.x, probabilities: table.y.map { min(max($0, margin), 1 - margin) })
  }

  private struct Block {
    var firstX: Double
    var lastX: Double
    var sum: Double
    var count: Double
    var mean: Double { sum / count }
  }

  /// The exact least-squares solution: both ends of each block, x ascending, y non-decreasing.
  static func table(x: [Double], y: [Double]) -> (x: [Double], y: [Double]) {
    precondition(x.count == y.count, "Learning: \(x.count) scores for \(y.count) labels")
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    var blocks: [Block] = []
    for index in order {
      if let last = blocks.last, last.firstX == x[index] {
        blocks[blocks.count - 1].sum += y[index]
        blocks[blocks.count - 1].count += 1
      } else {
        mergeViolators(&blocks)
        blocks.append(Block(firstX: x[index], lastX: x[index], sum: y[index], count: 1))
      }
    }
    mergeViolators(&blocks)
    var table: (x: [Double], y: [Double]) = ([], [])
    for block in blocks {
      for x in block.firstX == block.lastX ? [block.firstX] : [block.firstX, block.lastX] {
        table.x.append(x)
        table.y.append(block.mean)
      }
    }
    return table
  }

  /// Joins the last block to those before it as long as its mean is not above theirs.
  private static func mergeViolators(_ blocks: inout [Block]) {
    while blocks.count >= 2, blocks[blocks.count - 2].mean >= blocks[blocks.count - 1].mean {
      let last = blocks.removeLast()
      blocks[blocks.count - 1].lastX = last.lastX
      blocks[blocks.count - 1].sum += last.sum
      blocks[blocks.count - 1].count += last.count
    }
  }

  /// The value at z of the line through the points, constant outside them.
  static func interpolate(_ z: Double, _ x: [Double], _ y: [Double]) -> Double {
    // The first point at or above z.
    var (low, high) = (0, x.count)
    while low < high {
      let middle = (low + high) / 2
      if x[middle] < z { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return y[0] }
    guard low < x.count else { return y[x.count - 1] }
    let share = (z - x[low - 1]) / (x[low] - x[low - 1])
    return y[low - 1] + share * (y[low] - y[low - 1])
  }
}
