/// σ of eight numbers at once, for gradients: relative error below 4e-7.
///
///     e^−|s| = 2ⁿ·2^f,   n whole, |f| ≤ ½,   2^f by its Taylor polynomial of degree 6 in f·ln 2
///
/// Only arithmetic, so that the bits are the same on every machine.
enum FastLogistic {
  /// 1 / (1 + e^−s), in [0, 1].
  static func probability(_ s: SIMD8<Float>) -> SIMD8<Float> {
    let one = SIMD8<Float>(repeating: 1)
    let isNegative = s .< 0
    let size = s.replacing(with: -s, where: isNegative)
    // Below e^−87 nothing is left of a Float.
    let exponent = size.replacing(with: 87, where: size .> 87) * Float(-1.442_695_04)
    let magic = SIMD8<Float>(repeating: 0x1.8p23)
    let shifted = exponent + magic
    let whole = shifted - magic
    let x = (exponent - whole) * Float(0.693_147_18)
    var e = SIMD8<Float>(repeating: 1 / 720)
    for coefficient: Float in [1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1] { e = e * x + coefficient }
    // The low bits of `shifted` are n.
    let scale = (bitPatterns(shifted) &- bitPatterns(magic) &+ 127) &<< 23
    e *= numbers(scale)
    let denominator = one + e
    return (one / denominator).replacing(with: e / denominator, where: isNegative)
  }

  private static func bitPatterns(_ x: SIMD8<Float>) -> SIMD8<UInt32> {
    var bits = SIMD8<UInt32>()
    for lane in 0..<8 { bits[lane] = x[lane].bitPattern }
    return bits
  }

  private static func numbers(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    var x = SIMD8<Float>()
    for lane in 0..<8 { x[lane] = Float(bitPattern: bits[lane]) }
    return x
  }
}
