import TestSupport
import Testing

@testable import History

struct SightingTests {
  /// Imports of two sources, some of which are pages of one day.
  private let places: [ImportPlace] = (0..<40).map { rank in
    ImportPlace(
      observedOn: CalendarDay(daysSinceEpoch: 20_000 + Int32(rank / 4) * 7),
      source: Int32(rank / 2 % 2))
  }

  /// Rows of some of the imports, by rank; a third of them were rejected.
  private func rows(_ generator: inout SeededGenerator) -> [Sighting] {
    let share = Int.random(in: 1...4, using: &generator)
    return places.indices.filter { _ in Int.random(in: 0...4, using: &generator) < share }.map {
      Sighting(
        rank: Int32($0),
        state: max(0, Int64.random(in: -2...4, using: &generator)),
        lastUsageDate: Bool.random(using: &generator)
          ? Int32.random(in: 19_900...20_100, using: &generator) : nil)
    }
  }

  @Test func `rows in any order amount to what they do place by place`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let ordered = rows(&generator)
      let expected = plainlyResolved(ordered, places).map { "\($0)" }
      var inOrder = ordered
      Sighting.resolve(&inOrder, places)
      #expect(inOrder.map { "\($0)" } == expected)
      var shuffled = ordered.shuffled(using: &generator)
      Sighting.resolve(&shuffled, places)
      #expect(shuffled.map { "\($0)" } == expected)
    }
  }

  @Test func `the log gives back the sightings of each subscription`() {
    var generator = SeededGenerator(seed: 12)
    var log = SightingLog()
    var kept: [Int64: [Sighting]] = [:]
    for subscription in 0..<300 as Range<Int64> where Bool.random(using: &generator) {
      kept[subscription] = plainlyResolved(rows(&generator), places)
      log.append(kept[subscription] ?? [], of: subscription, places)
    }
    var read: [Sighting] = [Sighting(rank: 0, state: 1, lastUsageDate: 1)]
    for subscription in -1...301 as ClosedRange<Int64> {
      let expected = kept[subscription] ?? []
      log.read(subscription, places, into: &read)
      #expect(read.map(said) == expected.map(said))
      #expect(log.has(subscription) == !expected.isEmpty)
    }
  }

  @Test func `the log keeps any days and row ids`() {
    let lags: [Int32?] = [
      nil, 0, 1, 61, 62, 63, 64, -1, 8_191, 8_192, -8_192, 20_000, 1_000_000, -1_000_000,
    ]
    let ids: [Int64] = [
      1, 2, 1, 127, 128, 5, 1 << 40, .max, 1, 1, -7, .min, .max, 3,
    ]
    let seen = zip(lags, ids).enumerated().map { index, pair in
      let day = places[index * 2].observedOn.daysSinceEpoch
      return Sighting(rank: Int32(index * 2), state: pair.1, lastUsageDate: pair.0.map { day - $0 })
    }
    let ends = [Int32.min, .max, 0].enumerated().map { index, day in
      Sighting(rank: Int32(30 + index), state: 9, lastUsageDate: day)
    }
    var log = SightingLog()
    log.append(seen + ends, of: 4, places)
    var read: [Sighting] = []
    log.read(4, places, into: &read)
    #expect(read.map(said) == (seen + ends).map(said))
  }

  private func said(_ sighting: Sighting) -> String {
    "\(sighting.rank) \(sighting.state) \(sighting.lastUsageDate.map { "\($0)" } ?? "-")"
  }
}
