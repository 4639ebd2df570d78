internal import Glibc

/// Bins of quantities by their logarithm, eight to the octave.
enum QuantityBins {
  static let perOctave = 8
  /// Bins 0 … 4,095 cover quantities from 2⁻²⁵⁶ to 2²⁵⁶; the first and the last one also what is beyond.
  static let count = 4_096
  private static let offset = 2_048

  /// The bin of a quantity, > 0.
  ///
  /// The exponent of the number is its octave; where in the octave it lies tells its fraction. That is what
  /// log₂ would give, without taking it.
  @inline(__always)
  static func bin(_ quantity: Double) -> Int {
    let bits = quantity.bitPattern
    let octave = Int(bits >> 52) - 1_023
    let fraction = bits & (1 << 52 - 1)
    var part = 0
    for step in 0..<perOctave - 1 { part += fraction >= steps[step] ? 1 : 0 }
    return min(max(octave * perOctave + part + offset, 0), count - 1)
  }

  /// The fractions of the numbers next to 2^(1/8), 2^(2/8), … 2^(7/8).
  private static let steps: InlineArray<7, UInt64> = [
    0x172b8_3c7d517b, 0x306fe_0a31b715, 0x4bfda_d5362a27, 0x6a09e_667f3bcd, 0x8ace5_422aa0db,
    0xae89f_995ad3ad, 0xd5818_dcfba487,
  ]

  /// The middle of a bin.
  static func quantity(ofBin bin: Int) -> Double {
    exp2((Double(bin - offset) + 0.5) / Double(perOctave))
  }
}
