/// Exact sums over the rows of a bin, of several bins, or of a leaf.
///
/// Whole steps of `LossGradients.step`, so a sum does not depend on its order and parent − child is
/// exact. h < 2⁴⁰ steps and fewer than 2²⁴ rows.
struct GradientSums: Sendable, Equatable {
  /// Σg in steps.
  private(set) var gradient: Int64 = 0

  /// [ Σh in steps, 40 bits | rows, 24 bits ].
  private(set) var hessianAndCount: UInt64 = 0

  static let zero = GradientSums()

  /// Sums of at most `LossGradients.batchRows` rows from their added words.
  init(word: UInt64) {
    gradient = Int64(bitPattern: word) &>> Int64(LossGradients.gradientShift)
    hessianAndCount =
      (word & LossGradients.countMask)
      &+ (word & LossGradients.hessianMask) &<< (24 &- LossGradients.hessianShift)
  }

  init() {}

  /// Rows.
  var count: Int { Int(hessianAndCount & 0xFF_FFFF) }

  /// Σh in steps.
  var hessianSteps: Double { Double(Int64(bitPattern: hessianAndCount &>> 24)) }

  /// Σg in steps.
  var gradientSteps: Double { Double(gradient) }

  static func += (sum: inout GradientSums, other: GradientSums) {
    sum.gradient &+= other.gradient
    sum.hessianAndCount &+= other.hessianAndCount
  }

  static func -= (sum: inout GradientSums, other: GradientSums) {
    sum.gradient &-= other.gradient
    sum.hessianAndCount &-= other.hessianAndCount
  }

  static func + (a: GradientSums, b: GradientSums) -> GradientSums {
    var sum = a
    sum += b
    return sum
  }

  static func - (a: GradientSums, b: GradientSums) -> GradientSums {
    var difference = a
    difference -= b
    return difference
  }
}
