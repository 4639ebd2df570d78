internal import ForkJoin

/// The first and second derivative of the log-loss by the log-odds s of each training row.
///
///     p = σ(s)      g = p − y      h = p(1 − p) = |g|(1 − |g|)         so g is all that is kept
///
/// Histograms add up whole numbers: sums do not depend on their order, so neither on the number of
/// threads, and parent − child is exact. A row is one 64-bit word, so that one addition adds all three:
///
///     word = [ g·2¹⁴, 27 bits with sign | h·2¹⁴, 24 bits | 1, 13 bits ]
///
/// |g·2¹⁴| ≤ 16,383 and 1 ≤ h·2¹⁴ ≤ 4,095: no part overflows into the next within 4,096 rows. A positive
/// h never rounds to 0. Leaf values are computed from g itself, not from the words.
struct LossGradients: Sendable {
  /// Rows whose words may be added in one word.
  static let batchRows = 4096

  /// One step of g and h in a word.
  static let step = 0x1p-14

  static let hessianShift: UInt64 = 13
  static let gradientShift: UInt64 = 37
  static let countMask: UInt64 = (1 << hessianShift) - 1
  static let hessianMask: UInt64 = ((1 << gradientShift) - 1) ^ countMask

  private static let blockRows = 8192

  /// g per training row.
  private(set) var gradients: [Float]

  /// The word of each training row.
  private(set) var words: [UInt64]

  /// Zeros for `rowCount` training rows.
  init(rowCount: Int) {
    gradients = [Float](repeating: 0, count: rowCount)
    words = [UInt64](repeating: 0, count: rowCount)
  }

  /// Computes the derivatives at new log-odds.
  ///
  /// - Parameters:
  ///   - logOdds: The training rows first, more rows may follow.
  ///   - labels: 0 or 1 per training row.
  mutating func update(logOdds: [Double], labels: [Float]) {
    let rowCount = gradients.count
    precondition(
      labels.count == rowCount && logOdds.count >= rowCount,
      "Learning: \(logOdds.count) log-odds and \(labels.count) labels for \(rowCount) rows")
    withConcurrentChunks(of: &gradients, stride: Self.blockRows) { block, slice in
      let start = block * Self.blockRows
      let (logOdds, labels) = (logOdds.span, labels.span)
      var index = 0
      while index + 8 <= slice.count {
        var s = SIMD8<Float>()
        var y = SIMD8<Float>()
        for lane in 0..<8 {
          s[lane] = Float(logOdds[start + index + lane])
          y[lane] = labels[start + index + lane]
        }
        let g = FastLogistic.probability(s) - y
        for lane in 0..<8 { slice[index + lane] = g[lane] }
        index += 8
      }
      for rest in index..<slice.count {
        let s = SIMD8<Float>(repeating: Float(logOdds[start + rest]))
        slice[rest] = FastLogistic.probability(s)[0] - labels[start + rest]
      }
    }
    let gradients = gradients
    withConcurrentChunks(of: &words, stride: Self.blockRows) { block, slice in
      let g = gradients.span
      for index in slice.indices { slice[index] = Self.word(g[block * Self.blockRows + index]) }
    }
  }

  /// h of a row.
  static func hessian(_ gradient: Float) -> Float {
    let size = abs(gradient)
    return max(size * (1 - size), 1e-16)
  }

  /// The word of a row.
  static func word(_ gradient: Float) -> UInt64 {
    // Adding 1.5·2²³ rounds to the nearest whole number and leaves it in the low bits.
    let magic: Float = 0x1.8p23
    let g = min(max(gradient * 0x1p14, -16_383), 16_383) + magic
    let h = min(max(hessian(gradient) * 0x1p14, 1), 4095) + magic
    let gradientSteps = Int64(
      Int32(bitPattern: g.bitPattern) &- Int32(bitPattern: magic.bitPattern))
    let hessianSteps = UInt64(h.bitPattern &- magic.bitPattern)
    return UInt64(bitPattern: gradientSteps) &<< gradientShift &+ hessianSteps &<< hessianShift &+ 1
  }
}
