import Testing

@testable import History

struct PackedUsageTests {
  private func packed(_ lines: [PackedLine]) -> [UInt8] {
    var blob: [UInt8] = []
    PackedUsage.pack(lines[...], appendingTo: &blob)
    return blob
  }

  private func unpacked(_ blob: [UInt8]) -> [PackedLine]? {
    var lines: [PackedLine] = []
    return PackedUsage.unpack(blob.span, into: &lines) ? lines : nil
  }

  /// The layout at the top of PackedUsage.swift, by hand: 24 = 24 · 8 + scale 0 = 192 = 0xC0 0x01,
  /// 0.5 = 5 / 10 = 5 · 8 + scale 1 = 41.
  @Test func `writes the documented bytes`() {
    let lines = [
      PackedLine(dayOfMonth: 3, meter: 7, quantity: 24),
      PackedLine(dayOfMonth: 4, meter: 300, quantity: 0.5),
    ]
    #expect(packed(lines) == [2, 3, 4, 7, 0xAC, 0x02, 0xC0, 0x01, 41])
  }

  @Test(arguments: [
    0, 1, 24, 0.1, 0.3, 12.345678, 0.000000001, 1e15, 9_007_199_254_740_991, 1e-300,
    Double.greatestFiniteMagnitude, Double.leastNonzeroMagnitude, 0.30000000000000004, 123_456.789,
  ])
  func `gives back the very same quantity`(quantity: Double) {
    let line = PackedLine(dayOfMonth: 1, meter: 1, quantity: quantity)
    #expect(unpacked(packed([line])) == [line])
  }

  @Test func `needs five bytes for a line of a common quantity`() {
    let lines = (1...30).map { PackedLine(dayOfMonth: UInt8($0), meter: 5, quantity: 0.75) }
    #expect(packed(lines).count <= 1 + 30 * 5)
  }

  @Test func `gives back random lines`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let lines = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        let bits = Double(bitPattern: generator.next()).magnitude
        let decimal = Double(Int.random(in: 0...10_000_000, using: &generator)) / 10_000
        return PackedLine(
          dayOfMonth: UInt8.random(in: 1...31, using: &generator),
          meter: Int64.random(in: 1...1_000_000, using: &generator),
          quantity: bits.isFinite && Bool.random(using: &generator) ? bits : decimal)
      }
      #expect(unpacked(packed(lines)) == lines)
    }
  }

  @Test func `refuses a blob that is cut off or has a tail, and adds nothing`() {
    let blob = packed((1...9).map { PackedLine(dayOfMonth: $0, meter: 9, quantity: 1.0 / 3) })
    for length in 0..<blob.count { #expect(unpacked(Array(blob[..<length])) == nil) }
    #expect(unpacked(blob + [0]) == nil)
    var lines = [PackedLine(dayOfMonth: 1, meter: 1, quantity: 1)]
    let cut = Array(blob.dropLast())
    let isWhole = PackedUsage.unpack(cut.span, into: &lines)
    #expect(!isWhole)
    #expect(lines.count == 1)
  }

  @Test func `survives random bytes`() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<5_000 {
      let noise = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if let lines = unpacked(noise) { #expect(lines.count <= noise.count) }
    }
  }
}
