import TestSupport
import Testing

@testable import History

struct BilledMergerTests {
  private struct Said {
    var day: Int32
    var meter: Int32
    var identity: UInt64
    var rank: Int
    var quantity: Double
    var cost: Double
  }

  /// Some imports have no explicit day, and two have the same.
  private let imports: [ImportOrder] = [20_003, nil, 20_010, 20_010, 20_060, nil].enumerated().map {
    index, day in
    let day = day.map { CalendarDay(daysSinceEpoch: Int32($0)) }
    return ImportOrder(
      id: Int64(index + 1), observedOn: day ?? CalendarDay(daysSinceEpoch: 20_100),
      explicitDay: day, source: 0, sourceName: "default", resource: .billing)
  }

  private func rows(_ usage: UsageHistory) -> [String] {
    usage.days.indices.map {
      "\(usage.days[$0]) \(usage.meters[$0]) \(usage.quantities[$0]) \(usage.firstKnown[$0]) "
        + "\(usage.costs[$0])"
    }
  }

  private func merged(_ lines: [Said], beside measured: UsageHistory?) -> [String] {
    var merger = BilledMerger(imports, beside: nil)
    merger.restart(beside: measured)
    for line in lines {
      merger.add(
        BilledLine(
          day: line.day, meter: 1, identity: line.identity, quantity: line.quantity,
          cost: line.cost), meter: line.meter, rank: line.rank)
    }
    var usage = UsageHistory()
    merger.flush(into: &usage)
    return rows(usage)
  }

  /// The same by its rules alone: each identity through all imports, then the sum of each moment.
  private func plainlyMerged(_ lines: [Said], beside measured: UsageHistory?) -> [String] {
    var usage = UsageHistory()
    let places = Set(lines.map { [$0.day, $0.meter] }).sorted { $0.lexicographicallyPrecedes($1) }
    for place in places {
      let day = CalendarDay(daysSinceEpoch: place[0])
      let own = lines.filter { $0.day == place[0] && $0.meter == place[1] }
      let series = Set(own.map(\.identity)).sorted().map { identity in
        versions(of: own.filter { $0.identity == identity }, on: day)
      }
      let known = measured.flatMap { measured in
        measured.days.indices.filter { measured.days[$0] == day }.map { measured.firstKnown[$0] }
          .min()
      }
      var moments = Set(series.flatMap { $0.map(\.from) })
      if let known, let first = moments.min(), known > first { moments.insert(known) }
      for moment in moments.sorted() {
        let said = series.compactMap { versions in versions.last { $0.from <= moment } }
        let costs = said.map(\.cost).filter { !$0.isNaN }
        let isMeasured = known.map { $0 <= moment } ?? false
        usage.append(
          day: day, meter: place[1],
          quantity: isMeasured ? 0 : max(0, said.reduce(0) { $0 + $1.quantity }),
          firstKnown: moment, cost: costs.isEmpty ? .nan : costs.reduce(0, +))
      }
    }
    return rows(usage)
  }

  private func versions(
    of lines: [Said], on day: CalendarDay
  ) -> [(from: CalendarDay, quantity: Double, cost: Double)] {
    var versions: [(from: CalendarDay, quantity: Double, cost: Double)] = []
    for rank in imports.indices {
      let own = lines.filter { $0.rank == rank }
      if own.isEmpty { continue }
      let costs = own.map(\.cost).filter { !$0.isNaN }
      let (quantity, cost) = (
        own.reduce(0) { $0 + $1.quantity }, costs.isEmpty ? .nan : costs.reduce(0, +)
      )
      let seen = imports[rank].explicitDay
      guard let last = versions.last else {
        let isBackfill = seen.map { $0 - day > 31 } ?? true
        versions.append((isBackfill ? UsageHistory.earliest : seen ?? day, quantity, cost))
        continue
      }
      let isSame =
        last.quantity == quantity && (last.cost == cost || last.cost.isNaN && cost.isNaN)
      if isSame {
        if seen == nil, versions.count == 1 { versions[0].from = UsageHistory.earliest }
      } else if let seen {
        if last.from == seen { versions.removeLast() }
        versions.append((seen, quantity, cost))
      } else {
        versions = [(UsageHistory.earliest, quantity, cost)]
      }
    }
    return versions
  }

  /// All numbers are halves, so that sums are exact in any order.
  @Test(arguments: [1, 2, 6], [1 as UInt64, 3])
  func `lines add up as they do one by one`(importCount: Int, identities: UInt64) {
    var generator = SeededGenerator(seed: identities)
    for round in 0..<300 {
      var lines: [Said] = []
      for rank in 0..<importCount {
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
          lines.append(
            Said(
              day: Int32.random(in: 20_000...20_004, using: &generator),
              meter: Int32.random(in: 0...2, using: &generator),
              identity: UInt64.random(in: 1...identities, using: &generator), rank: rank,
              quantity: Double(Int.random(in: -2...6, using: &generator)) / 2,
              cost: Bool.random(using: &generator)
                ? Double(Int.random(in: -2...6, using: &generator)) / 2 : .nan))
        }
      }
      var measured = UsageHistory()
      for day in 19_999...20_005 as ClosedRange<Int32> where Bool.random(using: &generator) {
        for known in [Int32.min / 2, 20_005, 20_010, 20_061].shuffled(using: &generator).prefix(2) {
          measured.append(
            day: CalendarDay(daysSinceEpoch: day), meter: 9, quantity: 1,
            firstKnown: CalendarDay(daysSinceEpoch: known))
        }
      }
      let beside = round % 3 == 0 ? nil : measured
      #expect(merged(lines, beside: beside) == plainlyMerged(lines, beside: beside))
    }
  }
}
