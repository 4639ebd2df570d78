/// One ordered list and what came of its rows: the scores of one day, by one model.
///
/// Numbers only: a group is a customer, a value is what a row is worth.
package struct JudgedList: Sendable {
  /// Higher is riskier; only the order counts, equal scores share their places.
  package var scores: [Double]
  /// 0 or 1, one per row.
  package var labels: [Double]
  /// ≥ 0, one per row.
  package var values: [Double]
  /// One per row; rows of a group are not independent.
  package var groups: [Int32]
  /// How many rows from the top somebody acts on, ≥ 1; nil = a tenth of the list.
  package var capacity: Int?

  package init(
    scores: [Double], labels: [Double], values: [Double], groups: [Int32], capacity: Int?
  ) {
    precondition(
      scores.count == labels.count && values.count == labels.count && groups.count == labels.count,
      "Learning: the parts of a list differ in length")
    precondition(capacity ?? 1 >= 1, "Learning: a capacity below 1")
    self.scores = scores
    self.labels = labels
    self.values = values
    self.groups = groups
    self.capacity = capacity
  }
}

/// Sums over one list, or over several; every ranking figure is a ratio of two of them.
///
/// Pooling adds the sums, so that rows are compared within their own list alone: whoever acts on a
/// list chooses among its rows, and lists by different models need no common scale.
struct ListSums: Sendable, Equatable {
  var rows = 0.0
  var positives = 0.0
  /// Twice the pairs of a positive above a negative, ties counting half, and twice all pairs.
  var doubledWins = 0.0
  var doubledPairs = 0.0
  /// Σ over the positives of the precision at their place.
  var precision = 0.0
  /// Positives among the first tenth of the places, and those places.
  var tenthHits = 0.0
  var tenthPlaces = 0.0
  /// The same for the capacity.
  var capacityHits = 0.0
  var capacityPlaces = 0.0
  /// Value of the positives: of all, and of those within the capacity.
  var value = 0.0
  var capacityValue = 0.0

  static func += (sums: inout ListSums, more: ListSums) {
    sums.rows += more.rows
    sums.positives += more.positives
    sums.doubledWins += more.doubledWins
    sums.doubledPairs += more.doubledPairs
    sums.precision += more.precision
    sums.tenthHits += more.tenthHits
    sums.tenthPlaces += more.tenthPlaces
    sums.capacityHits += more.capacityHits
    sums.capacityPlaces += more.capacityPlaces
    sums.value += more.value
    sums.capacityValue += more.capacityValue
  }
}

/// A list in order, ready to be summed under many weights of its groups.
struct RankedList: Sendable {
  private let labels: [Double]
  private let values: [Double]
  /// The number of each row's group among all groups of the lists.
  private let slots: [Int]
  /// Where each run of equal scores ends.
  private let tieEnds: [Int]
  private let capacity: Int?

  /// - Parameters:
  ///   - list: in any order.
  ///   - slots: one per row of the list, below the number of groups.
  init(_ list: JudgedList, slots: [Int]) {
    let order = list.scores.indices.sorted {
      (-list.scores[$0], $0) < (-list.scores[$1], $1)
    }
    labels = order.map { list.labels[$0] }
    values = order.map { list.values[$0] }
    self.slots = order.map { slots[$0] }
    capacity = list.capacity
    tieEnds = order.indices.filter { place in
      place == order.count - 1 || list.scores[order[place]] != list.scores[order[place + 1]]
    }.map { $0 + 1 }
  }

  /// The sums when each group counts `weights[group]` times.
  func sums(weights: [Double]) -> ListSums {
    var sums = ListSums()
    for slot in slots { sums.rows += weights[slot] }
    var tenthLeft = (sums.rows / 10).rounded(.up)
    var capacityLeft = min(capacity.map(Double.init) ?? tenthLeft, sums.rows)
    (sums.tenthPlaces, sums.capacityPlaces) = (tenthLeft, capacityLeft)
    var negatives = 0.0
    var lost = 0.0
    var place = 0
    for end in tieEnds {
      var (ones, zeros, worth) = (0.0, 0.0, 0.0)
      while place < end {
        let weight = weights[slots[place]]
        let one = weight * labels[place]
        ones += one
        zeros += weight - one
        worth += one * values[place]
        place += 1
      }
      let rows = ones + zeros
      guard rows > 0 else { continue }
      lost += ones * (2 * negatives + zeros)
      sums.positives += ones
      negatives += zeros
      sums.precision += ones * (sums.positives / (sums.positives + negatives))
      sums.value += worth
      let tenth = min(tenthLeft, rows)
      sums.tenthHits += ones * (tenth / rows)
      tenthLeft -= tenth
      let taken = min(capacityLeft, rows)
      sums.capacityHits += ones * (taken / rows)
      sums.capacityValue += worth * (taken / rows)
      capacityLeft -= taken
    }
    sums.doubledPairs = 2 * sums.positives * negatives
    sums.doubledWins = sums.doubledPairs - lost
    return sums
  }
}
