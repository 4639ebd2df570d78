import Glibc
import TestSupport
import Testing

@testable import Features

/// The bin of a quantity against its logarithm.
struct QuantityBinsTests {
  /// What the bins are, by the C library's logarithm.
  private func bin(_ quantity: Double) -> Int {
    Int(min(max((log2(quantity) * 8).rounded(.down) + 2_048, 0), 4_095))
  }

  @Test func `a power of two begins an octave`() {
    for exponent in -255...255 {
      #expect(QuantityBins.bin(exp2(Double(exponent))) == 2_048 + 8 * exponent)
      #expect(QuantityBins.bin(exp2(Double(exponent)).nextDown) == 2_047 + 8 * exponent)
    }
  }

  @Test func `an eighth of an octave begins with the number next to it`() {
    for part in 1...7 {
      let edge = exp2(Double(part) / 8)
      #expect(QuantityBins.bin(edge) == 2_048 + part)
      #expect(QuantityBins.bin(edge.nextDown) == 2_047 + part)
    }
  }

  @Test func `what is too small or too large is in the first or the last bin`() {
    #expect(QuantityBins.bin(.leastNonzeroMagnitude) == 0)
    #expect(QuantityBins.bin(.leastNormalMagnitude) == 0)
    #expect(QuantityBins.bin(exp2(-256)) == 0)
    #expect(QuantityBins.bin(exp2(256).nextDown) == 4_095)
    #expect(QuantityBins.bin(.greatestFiniteMagnitude) == 4_095)
    #expect(QuantityBins.bin(.infinity) == 4_095)
  }

  @Test(arguments: UInt64(1)...20)
  func `random quantities are in the bin of their logarithm`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    for _ in 0..<2_000 {
      let quantity = exp2(Double.random(in: -300...300, using: &random))
      #expect(QuantityBins.bin(quantity) == bin(quantity), "\(quantity)")
      let decimal = Double(random.number(1...1_000_000)) / 100
      #expect(QuantityBins.bin(decimal) == bin(decimal), "\(decimal)")
    }
  }

  @Test func `the middle of a bin lies in it`() {
    for bin in 0..<QuantityBins.count {
      #expect(QuantityBins.bin(QuantityBins.quantity(ofBin: bin)) == bin)
    }
  }
}
