import TestSupport
import Testing

@testable import History

struct PackedUsageTests {
  private func packed(_ lines: [PackedLine]) -> [UInt8] {
    var blob: [UInt8] = []
    var packer = UsagePacker()
    packer.pack(lines, appendingTo: &blob)
    return blob
  }

  private func unpacked(_ blob: [UInt8]) -> [PackedLine]? {
    var usage = UnpackedUsage()
    return PackedUsage.unpack(blob.span, into: &usage) ? usage.lines : nil
  }

  /// The layout at the top of PackedUsage.swift, by hand.
  ///
  /// Meter 7: one line, day 2, width 0, smallest
  /// gap 1 (1 << 15), base 24. Meter 300 (293 = 0xA5 0x02 more): two lines from day 3 on, one decimal
  /// (1 << 7), gap 3 and so 2 bits for 3 - 1 = 2 (2 << 11), quantities 5 and 6 tenths from base 5 on, 1
  /// bit each: bits 0 1, 0 and 1, the lowest first.
  @Test func `writes the documented bytes`() {
    let lines = [
      PackedLine(day: 2, meter: 7, quantity: 24), PackedLine(day: 3, meter: 300, quantity: 0.5),
      PackedLine(day: 6, meter: 300, quantity: 0.6),
    ]
    let shape = 1 | 1 << 7 | 2 << 11 | 1 << 15
    #expect(
      packed(lines) == [
        0, 0, 2, 7, 0, 2, 0, 0x80, 24, 0xA5, 0x02, 1, 3, UInt8(shape & 0xFF), UInt8(shape >> 8),
        5, 0b1010,
      ])
    #expect(unpacked(packed(lines)) == lines)
  }

  @Test(arguments: [
    0, 1, 24, 0.1, 0.3, 12.345678, 0.000000001, 1e15, 9_007_199_254_740_991, 1e-300,
    Double.greatestFiniteMagnitude, Double.leastNonzeroMagnitude, 0.30000000000000004, 123_456.789,
  ])
  func `gives back the very same quantity`(quantity: Double) {
    let line = PackedLine(day: 1, meter: 1, quantity: quantity)
    #expect(unpacked(packed([line])) == [line])
  }

  @Test func `a meter that counts the same every day needs no bits for a line`() {
    let month = (0..<31).map { PackedLine(day: $0, meter: 5, quantity: 0.75) }
    let year = (0..<366).map { PackedLine(day: $0, meter: 5, quantity: 0.75) }
    #expect(packed(month).count == 9)
    #expect(packed(year).count == 10)
  }

  @Test func `needs two bytes for a line of a common quantity`() {
    let lines = (0..<31).map { day in
      PackedLine(day: day, meter: 5, quantity: Double(day * 76 % 2_400) / 100)
    }
    #expect(packed(lines).count <= 10 + 31 * 2)
  }

  /// A number that has no twelve decimals costs its own meter and no other.
  @Test func `doubles stay with their meter`() {
    let plain = (0..<31).map { PackedLine(day: $0, meter: 1, quantity: Double($0)) }
    let thirds = (0..<31).map { PackedLine(day: $0, meter: 2, quantity: Double($0) / 3) }
    let mixed = (plain + thirds).sorted { ($0.day, $0.meter) < ($1.day, $1.meter) }
    #expect(packed(mixed).count < packed(plain).count + 31 * 8 + 10)
    #expect(unpacked(packed(mixed)) == plain + thirds)
  }

  /// Sections of later versions will tell such lines apart.
  @Test func `keeps lines of one day and meter in their order`() {
    let lines = [3.0, 1, 2].map { PackedLine(day: 4, meter: 9, quantity: $0) }
    #expect(unpacked(packed(lines)) == lines)
  }

  @Test(arguments: UInt64(1)...40)
  func `gives back random lines, and the plain reading agrees`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<12 {
      let lines = randomLines(using: &generator)
      let blob = packed(lines)
      let byMeter = lines.sorted { ($0.meter, $0.day) < ($1.meter, $1.day) }
      #expect(unpacked(blob) == byMeter)
      #expect(plainlyUnpacked(blob) == byMeter)
    }
  }

  /// Distinct (day, meter), by day; most quantities of a meter are alike.
  private func randomLines(using generator: inout SeededGenerator) -> [PackedLine] {
    let meters = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      (
        id: Int64.random(in: 1...3_000, using: &generator),
        decimals: Int.random(in: 0...13, using: &generator),
        limit: Int64(1) << Int64.random(in: 0...52, using: &generator)
      )
    }
    let days = Int32.random(in: 0...365, using: &generator)
    var lines: [PackedLine] = []
    var seen: Set<[Int64]> = []
    for _ in 0..<Int.random(in: 1...400, using: &generator) {
      let meter = meters[Int.random(in: 0..<meters.count, using: &generator)]
      let day = Int32.random(in: 0...days, using: &generator)
      guard seen.insert([Int64(day), meter.id]).inserted else { continue }
      let integer = Double(Int64.random(in: 0...meter.limit, using: &generator))
      let quantity =
        meter.decimals == 13
        ? Double.random(in: 0...1, using: &generator) : integer / PackedUsage.powers[meter.decimals]
      lines.append(PackedLine(day: day, meter: meter.id, quantity: quantity))
    }
    return lines.sorted { ($0.day, $0.meter) < ($1.day, $1.meter) }
  }

  // MARK: - Damage

  @Test func `refuses a blob that is cut off or has a tail, and adds nothing`() {
    let blob = packed((1...9).map { PackedLine(day: $0, meter: 9, quantity: 1.0 / 3) })
    for length in 0..<blob.count { #expect(unpacked(Array(blob[..<length])) == nil) }
    #expect(unpacked(blob + [0]) == nil)
    var usage = UnpackedUsage()
    usage.append(day: 1, meter: 1, quantity: 1)
    let cut = Array(blob.dropLast())
    let isWhole = PackedUsage.unpack(cut.span, into: &usage)
    #expect(!isWhole)
    #expect(usage.lines == [PackedLine(day: 1, meter: 1, quantity: 1)])
  }

  @Test(arguments: UInt8(1)...255)
  func `refuses flags that it does not know`(flags: UInt8) {
    var blob = packed([PackedLine(day: 1, meter: 1, quantity: 1)])
    blob[1] = flags
    #expect(unpacked(blob) == nil)
  }

  @Test func `refuses a day beyond twelve months`() {
    #expect(unpacked([0, 0, 1, 1, 0, 0xED, 0x02, 0, 0x80, 1]) != nil)  // day 365
    #expect(unpacked([0, 0, 1, 1, 0, 0xEE, 0x02, 0, 0x80, 1]) == nil)  // day 366
    #expect(unpacked([0, 0, 1, 1, 1, 0xED, 0x02, 0, 0x80, 1]) == nil)  // a second one a day later
  }

  @Test(arguments: UInt64(1)...20)
  func `flipped bits, cuts and tails give lines of the plain reading, or nothing`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      var blob = packed(Array(randomLines(using: &generator).prefix(60)))
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        switch Int.random(in: 0...3, using: &generator) {
        case 0: blob.removeLast(Int.random(in: 0...blob.count, using: &generator))
        case 1: blob.append(UInt8.random(in: 0...255, using: &generator))
        default:
          guard !blob.isEmpty else { continue }
          let index = Int.random(in: 0..<blob.count, using: &generator)
          blob[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        }
      }
      // The plain reading knows the layout of this version only.
      guard blob.first == PackedUsage.layout else {
        _ = unpacked(blob)
        continue
      }
      #expect(unpacked(blob) == plainlyUnpacked(blob))
    }
  }

  @Test func `survives random bytes`() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<20_000 {
      var noise = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { noise = [0, 0, 1] + noise }
      let lines = unpacked(noise)
      #expect((lines?.count ?? 0) <= 366 * noise.count)
    }
  }

  // MARK: - The first version

  /// By hand.
  ///
  /// 24 = 24 · 8 + scale 0 = 192 = 0xC0 0x01, 0.5 = 5 / 10 = 5 · 8 + scale 1 = 41, a third
  /// as 7 and 8 bytes.
  @Test func `reads the blobs of the first version`() {
    let third = [UInt8](repeating: 0x55, count: 6) + [0xD5, 0x3F]
    let blob: [UInt8] = [3, 3, 4, 31, 7, 0xAC, 0x02, 0xAC, 0x02, 0xC0, 0x01, 41, 7] + third
    #expect(
      unpacked(blob) == [
        PackedLine(day: 2, meter: 7, quantity: 24), PackedLine(day: 3, meter: 300, quantity: 0.5),
        PackedLine(day: 30, meter: 300, quantity: 1.0 / 3),
      ])
    for length in 0..<blob.count { #expect(unpacked(Array(blob[..<length])) == nil) }
    #expect(unpacked(blob + [0]) == nil)
    #expect(unpacked([1, 0, 7, 41]) == nil)  // day 0
    #expect(unpacked([1, 32, 7, 41]) == nil)
  }
}

extension UnpackedUsage {
  fileprivate var lines: [PackedLine] {
    runs.flatMap { run in
      run.lines.map {
        PackedLine(day: days[$0], meter: run.meter, quantity: quantities[$0])
      }
    }
  }
}

/// Reads the layout as it is documented, bit by bit.
private func plainlyUnpacked(_ blob: [UInt8]) -> [PackedLine]? {
  var bits = blob.flatMap { byte in (0..<8).map { Int(byte >> $0 & 1) } }[...]
  func number(_ width: Int) -> UInt64? {
    guard bits.count >= width else { return nil }
    defer { bits = bits.dropFirst(width) }
    return bits.prefix(width).reversed().reduce(0) { $0 << 1 | UInt64($1) }
  }
  func varint() -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let part = number(7), let more = number(1) else { return nil }
      value |= Int(part) << shift
      if more == 0 { return value }
    }
    return nil
  }
  func align() { bits = bits.dropFirst(bits.count % 8) }

  guard number(8) == 0, number(8) == 0, let runCount = varint() else { return nil }
  var lines: [PackedLine] = []
  var meter = 0
  for _ in 0..<runCount {
    guard let step = varint(), step > 0, meter <= Int.max - step, let rest = varint(),
      let firstDay = varint(), let width = number(7), let decimals = number(4),
      let gapWidth = number(4), let smallestGap = number(1), let base = varint(),
      base < 1 << 53, rest < (smallestGap == 1 ? 366 : blob.count),
      decimals == 15 ? width == 64 : decimals <= 12 && width <= 53
    else { return nil }
    meter += step
    var days = [firstDay]
    for _ in 0..<rest {
      guard let gap = number(Int(gapWidth)) else { return nil }
      days.append(days[days.count - 1] + Int(gap) + Int(smallestGap))
    }
    if decimals == 15 { align() }
    for day in days {
      guard day <= 365, let value = number(Int(width)) else { return nil }
      let quantity =
        decimals == 15
        ? Double(bitPattern: value) : Double(Int(value) + base) / PackedUsage.powers[Int(decimals)]
      guard quantity.isFinite, quantity >= 0 else { return nil }
      lines.append(PackedLine(day: Int32(day), meter: Int64(meter), quantity: quantity))
    }
    align()
  }
  return bits.isEmpty ? lines : nil
}
