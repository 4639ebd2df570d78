/// In which order the rows of a list stand, which decides who comes within a capacity.
package enum ListSort: String, CaseIterable, Sendable {
  /// As in the scores.
  case probability
  /// The most expected loss first: probability times value.
  ///
  /// Amounts of different bases and currencies are not comparable: the largest group of a list comes first,
  /// then the next, and rows without a value last, in the order of the scores.
  case expectedLoss

  /// The rows in this order; equal ones stay as they are.
  func sorted(_ rows: [AtRiskDocument.Row]) -> [AtRiskDocument.Row] {
    guard self == .expectedLoss else { return rows }
    var sizes: [Unit: Int] = [:]
    for row in rows where row.expectedLoss != nil { sizes[Unit(row), default: 0] += 1 }
    let places = Dictionary(
      uniqueKeysWithValues: sizes.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
        .map(\.key).enumerated().map { ($1, $0) })
    return rows.enumerated().sorted { left, right in
      let (a, b) = (Key(left, places), Key(right, places))
      return a.group != b.group
        ? a.group < b.group : a.loss != b.loss ? a.loss > b.loss : left.offset < right.offset
    }.map(\.element)
  }

  /// What amounts are counted in.
  private struct Unit: Hashable, Comparable {
    var basis: String
    var currency: String

    init(_ row: AtRiskDocument.Row) {
      basis = row.identity.valueBasis ?? ""
      currency = row.identity.currency ?? ""
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.basis, left.currency) < (right.basis, right.currency)
    }
  }

  private struct Key {
    var group: Int
    var loss: Double

    init(_ entry: (offset: Int, element: AtRiskDocument.Row), _ places: [Unit: Int]) {
      let loss = entry.element.expectedLoss
      group = loss == nil ? .max : places[Unit(entry.element)] ?? .max
      self.loss = loss ?? 0
    }
  }
}
