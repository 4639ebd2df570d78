import Files
import TestSupport
import Testing

@testable import History

struct BilledStagingTests {
  @Test(arguments: UInt64(1)...6)
  func `what a file amounts to does not depend on when the staging is full`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let entries = (0..<400).map { _ in
      let row = UInt64.random(in: 1...60, using: &generator)
      return BilledStaging.Entry(
        subscription: Int64(row % 3),
        line: BilledLine(
          day: 20_000, meter: 1, identity: row % 5, quantity: Double(row), cost: Double(row % 7)),
        row: row, mayRepeat: row.isMultiple(of: 2))
    }
    func sums(capacity: Int) -> (sums: [[Int64]: Double], repeated: Int) {
      var staging = BilledStaging(capacity: capacity)
      var sums: [[Int64]: Double] = [:]
      func drain() {
        for (subscription, lines) in staging.drain() {
          for line in lines {
            sums[[subscription, Int64(line.identity)], default: 0] += line.quantity
          }
        }
      }
      for entry in entries {
        staging.append(entry)
        if staging.isFull { drain() }
      }
      drain()
      return (sums, staging.repeated)
    }
    let whole = sums(capacity: 1_000)
    #expect(whole.repeated > 50)
    for capacity in [1, 7, 100, 400] {
      let parts = sums(capacity: capacity)
      #expect(parts.sums == whole.sums)
      #expect(parts.repeated == whole.repeated)
    }
  }
}

struct PackedBillingTests {
  @Test func `what is packed is unpacked, and damage is told`() {
    var generator = SeededGenerator(seed: 11)
    for count in [1, 2, 300] {
      let lines = (0..<count).map { index in
        BilledLine(
          day: 20_000 + Int32(index % 28), meter: Int64.random(in: 1..<1 << 20, using: &generator),
          identity: generator.next(), quantity: Double.random(in: -5...5, using: &generator),
          cost: index % 3 == 0 ? .nan : Double.random(in: -1...9, using: &generator))
      }
      let blob = PackedBilling.pack(lines[...], dayBefore: 19_999)
      var read: [BilledLine] = []
      #expect(PackedBilling.unpack(blob.span, dayBefore: 19_999, into: &read))
      #expect(read.map(\.quantity.bitPattern) == lines.map(\.quantity.bitPattern))
      #expect(read.map(\.cost.bitPattern) == lines.map(\.cost.bitPattern))
      #expect(read.map(\.identity) == lines.map(\.identity))
      #expect(read.map(\.day) == lines.map(\.day))
      #expect(read.map(\.meter) == lines.map(\.meter))
      for length in 0..<min(blob.count, 200) {
        var none: [BilledLine] = []
        let part = Array(blob[..<length])
        #expect(!PackedBilling.unpack(part.span, dayBefore: 0, into: &none))
        #expect(none.isEmpty)
      }
      var long: [BilledLine] = []
      #expect(!PackedBilling.unpack((blob + [0]).span, dayBefore: 0, into: &long))
    }
  }
}
