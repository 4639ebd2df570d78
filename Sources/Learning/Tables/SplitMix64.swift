/// A small, fast random number generator whose whole state is one word.
///
/// All randomness of this room is one of these, passed in, so the same seed gives the same bytes.
/// Source: Steele, Lea & Flood 2014, "Fast Splittable Pseudorandom Number Generators",
/// https://doi.org/10.1145/2660193.2660195; constants of Vigna, https://prng.di.unimi.it/splitmix64.c
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose sequence is determined by `seed` alone.
  package init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in [0, 1) with 53 random bits.
  package mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A bijective scramble of 64 bits: neighbouring inputs give unrelated outputs.
  package static func mix(_ bits: UInt64) -> UInt64 {
    var z = bits
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
