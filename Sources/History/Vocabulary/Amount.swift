/// The quantities and costs that are believed.
///
/// What is larger was never used or billed by anybody, and squares and sums of it overflow; what is nearer
/// to 0 than the last digit of any export is nothing, and dividing by it overflows.
package enum Amount {
  /// The largest quantity or cost of one row, in its meter's unit or currency.
  package static let largest = 1e15
  /// What is nearer to 0 is 0.
  package static let smallest = 1e-15

  static let problem = "the number is larger than 1,000,000,000,000,000"

  /// Whether a row may have it.
  static func isPossible(_ amount: Double) -> Bool { abs(amount) <= largest }

  /// An amount of a row without what is too little to count.
  static func rounded(_ amount: Double) -> Double { abs(amount) < smallest ? 0 : amount }

  /// A sum within the bounds of one row; NaN stays.
  static func clamped(_ sum: Double) -> Double {
    sum.isNaN ? sum : rounded(Swift.min(Swift.max(sum, -largest), largest))
  }
}
