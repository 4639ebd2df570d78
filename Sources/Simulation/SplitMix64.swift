import Glibc
internal import History

/// The generator's only source of chance: 64 bits of state, one multiplication chain per draw.
///
/// Every customer and every subscription owns streams that are derived from the seed and from its
/// own number, so neither the order of evaluation nor the number of customers changes a draw.
/// Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64: Sendable, Hashable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The stream at `path` below `seed`; different paths give unrelated streams.
  init(seed: UInt64, path: [UInt64]) {
    state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    for step in path {
      state = Self.mixed(state ^ Self.mixed(step &+ 0xD1B5_4A32_D192_ED03))
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Uniform on [0, 1), a multiple of 2⁻⁵³.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True with this probability; always exactly one draw.
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// Uniform over the range.
  ///
  /// The multiplication's bias is below 2⁻⁴⁰ for ranges below 2²⁴.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    let count = UInt64(range.upperBound - range.lowerBound + 1)
    return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
  }

  mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// Standard normal; Box & Muller 1958, the cosine half.
  ///
  /// Always two draws.
  mutating func normal() -> Double {
    let radius = sqrt(-2 * log(1 - unit()))
    return radius * cos(2 * Double.pi * unit())
  }

  mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }

  mutating func element<Element>(of elements: [Element]) -> Element {
    elements[integer(in: 0...elements.count - 1)]
  }

  /// An index, each with probability proportional to its weight.
  mutating func index(weights: [Double]) -> Int {
    var remaining = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      remaining -= weight
      if remaining < 0 { return index }
    }
    return weights.count - 1
  }

  /// A random GUID of version 4 (RFC 9562 §5.4).
  mutating func guid() -> GUID {
    let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return GUID(high: high, low: low)
  }
}
