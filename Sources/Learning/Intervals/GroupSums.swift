/// Rows sorted into groups numbered from 0, in the order in which they first appear.
struct GroupSums: Sendable {
  /// The number of each row's group.
  let slots: [Int]
  let count: Int

  init(_ groups: [Int32]) {
    var numbers: [Int32: Int] = [:]
    slots = groups.map { group in
      if let number = numbers[group] { return number }
      let number = numbers.count
      numbers[group] = number
      return number
    }
    count = numbers.count
  }

  /// The sum of each group's rows.
  func sums(of values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (slot, value) in zip(slots, values) { sums[slot] += value }
    return sums
  }

  /// G/(G − 1), which corrects a sum of squares over few groups; ∞ for one group.
  var correction: Double { count > 1 ? Double(count) / Double(count - 1) : .infinity }

  /// The standard error of Σ v/n for rows that sum to 0: √(G/(G − 1)·Σ_g (Σ v)²)/n.
  func standardError(ofMeanOf residuals: [Double]) -> Double {
    let squares = sums(of: residuals).reduce(0) { $0 + $1 * $1 }
    return count > 1 ? (correction * squares).squareRoot() / Double(residuals.count) : .infinity
  }
}
