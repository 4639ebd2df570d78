/// In which order the rows of a list stand, which decides who comes within a capacity.
package enum ListSort: String, CaseIterable, Sendable {
  /// As in the scores.
  case probability
  /// The most expected loss first: probability times value.
  ///
  /// Amounts of different bases and currencies are not comparable. What `convertLosses(by:)` brought into one
  /// currency comes first, whatever currency it was in; then the largest group of the rest, then the next;
  /// rows without a value come last, in the order of the scores.
  case expectedLoss

  /// The rows in this order; equal ones stay as they are.
  func sorted(_ rows: [AtRiskDocument.Row]) -> [AtRiskDocument.Row] {
    guard self == .expectedLoss else { return rows }
    var sizes: [LossUnit: Int] = [:]
    for row in rows { LossUnit(row).map { sizes[$0, default: 0] += 1 } }
    let places = Dictionary(
      uniqueKeysWithValues: sizes.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
        .map(\.key).enumerated().map { ($1, $0) })
    let keys = rows.map { Key($0, places) }
    return rows.indices.sorted { left, right in
      let (a, b) = (keys[left], keys[right])
      return a.group != b.group
        ? a.group < b.group : a.loss != b.loss ? a.loss > b.loss : left < right
    }.map { rows[$0] }
  }

  private struct Key {
    var group: Int
    var loss: Double

    init(_ row: AtRiskDocument.Row, _ places: [LossUnit: Int]) {
      if let converted = row.convertedLoss {
        (group, loss) = (-1, converted)
      } else {
        group = LossUnit(row).flatMap { places[$0] } ?? .max
        loss = row.expectedLoss ?? 0
      }
    }
  }
}

/// What expected losses are counted in; only those of one unit can be compared.
struct LossUnit: Hashable, Comparable {
  /// cost, usage or licences.
  var basis: String
  /// Empty where there is none.
  var currency: String

  /// nil where a row has no expected loss.
  init?(_ row: AtRiskDocument.Row) {
    guard row.expectedLoss != nil else { return nil }
    basis = row.identity.valueBasis ?? ""
    currency = row.identity.currency ?? ""
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.basis, left.currency) < (right.basis, right.currency)
  }
}

extension AtRiskDocument {
  /// Brings the expected losses that are money into the currency of the rates, so that lists can be ordered
  /// by them; what stands in the files stays as it is.
  ///
  /// - Parameter rates: nil = amounts of different currencies cannot be compared.
  package mutating func convertLosses(by rates: ExchangeRates?) {
    for index in subscriptions.indices
    where rates != nil || subscriptions[index].convertedLoss != nil {
      let row = subscriptions[index]
      subscriptions[index].convertedLoss =
        row.identity.valueBasis == "cost"
        ? row.expectedLoss.flatMap { rates?.converted($0, from: row.identity.currency) } : nil
    }
  }
}
