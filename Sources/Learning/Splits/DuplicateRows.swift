/// Finds rows whose features are exactly equal.
///
/// A model answers such rows alike, so one of them in training gives away the other's place in the
/// assessment: folds keep them together and metrics are reported without them too. Labels do not
/// count, since the model cannot see them. Unknown equals unknown.
package enum DuplicateRows {
  /// For each row, the position in `rows` of the first row with equal features.
  ///
  /// - Complexity: O(rows · columns) expected.
  package static func firstOccurrences(_ dataset: Dataset, rows: [Int]) -> [Int] {
    let hashes = hashes(dataset, rows: rows)
    var seen: [UInt64: [Int]] = [:]
    return rows.indices.map { position in
      let candidates = seen[hashes[position], default: []]
      if let first = candidates.first(where: { areEqual(dataset, rows[$0], rows[position]) }) {
        return first
      }
      seen[hashes[position]] = candidates + [position]
      return position
    }
  }

  /// Whether each row of `rows` has a row of equal features in `others`.
  package static func haveTwin(_ dataset: Dataset, rows: [Int], in others: [Int]) -> [Bool] {
    let first = firstOccurrences(dataset, rows: others + rows)
    return first[others.count...].map { $0 < others.count }
  }

  private static func areEqual(_ dataset: Dataset, _ left: Int, _ right: Int) -> Bool {
    dataset.columns.allSatisfy { column in
      switch column {
      case .numeric(let x): x[left] == x[right] || (x[left].isNaN && x[right].isNaN)
      case .categorical(let codes, _): codes[left] == codes[right]
      }
    }
  }

  private static func hashes(_ dataset: Dataset, rows: [Int]) -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: rows.count)
    for column in dataset.columns {
      switch column {
      case .numeric(let x):
        for (index, row) in rows.enumerated() {
          // One bit pattern for all NaN and, by adding 0, for 0 and -0.
          let bits = x[row].isNaN ? UInt64.max : (x[row] + 0).bitPattern
          hashes[index] = SplitMix64.mix(hashes[index] ^ bits)
        }
      case .categorical(let codes, _):
        for (index, row) in rows.enumerated() {
          hashes[index] = SplitMix64.mix(
            hashes[index] ^ UInt64(UInt32(bitPattern: codes[row])))
        }
      }
    }
    return hashes
  }
}
