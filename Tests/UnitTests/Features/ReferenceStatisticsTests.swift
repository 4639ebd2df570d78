import Features
import Glibc
import History
import Testing

@testable import Features

/// Meter medians and the span of usage, as of each landmark.
struct ReferenceStatisticsTests: PastFixtures {
  /// A histogram with eight bins to the octave is exact to half a bin.
  private let precision = exp2(1.0 / 16) * (1 + 1e-12)

  private func medians(_ past: InMemoryHistory, on numbers: Int..., lag: Int = 0) throws -> [Double]
  {
    try ReferenceStatistics(history: past, landmarks: numbers.map(day), lag: lag)
      .contexts.map { $0.meterMedians[0] }
  }

  private func isClose(_ value: Double, _ exact: Double) -> Bool {
    value <= exact * precision && value * precision >= exact
  }

  @Test func `the median of one line is its quantity, to half a bin`() throws {
    for quantity in [1e-9, 0.37, 1, 5, 4096, 1e12] {
      let past = history(subscription("A").seen(on: 0).used(on: 0, quantity: quantity))
      #expect(isClose(try medians(past, on: 0)[0], quantity), "\(quantity)")
    }
  }

  @Test func `the median runs over all customers`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, quantity: 1),
      subscription("B", of: "fabrikam").seen(on: 0).used(on: 0, quantity: 10),
      subscription("C", of: "tailspin").seen(on: 0).used(on: 0, quantity: 100))
    #expect(isClose(try medians(past, on: 0)[0], 10))
  }

  @Test func `of an even number of lines the lower middle one counts`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, quantity: 1).used(on: 1, quantity: 100))
    #expect(isClose(try medians(past, on: 1)[0], 1))
  }

  /// One customer at a time, so that each is a part of its own.
  private struct OneByOne: HistorySource {
    let base: InMemoryHistory
    var sources: [Source] { base.sources }
    var meters: [Meter] { base.meters }
    var exclusions: [Exclusion] { base.exclusions }
    var surroundings: Surroundings { base.surroundings }

    func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
      try base.forEachCustomerBatch(size: 1, body)
    }
  }

  @Test(arguments: UInt64(740)...747)
  func `customers counted one by one make the same statistics`(seed: UInt64) throws {
    let past =
      seed.isMultiple(of: 2) ? RandomPast.make(seed: seed) : RandomPast.makeAlike(seed: seed)
    let landmarks = (0..<20).map { pastDay(-40 + 7 * $0) }
    let whole = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2)
    let parts = try ReferenceStatistics(
      history: OneByOne(base: past), landmarks: landmarks, lag: 2)
    #expect(parts.mostRows == whole.mostRows)
    #expect(parts.frame.policySwitches == whole.frame.policySwitches)
    for (left, right) in zip(parts.contexts, whole.contexts) {
      #expect(left.meterMedians == right.meterMedians)
      #expect(left.usage == right.usage && left.usageOfSources == right.usageOfSources)
      #expect(left.peers.sources == right.peers.sources)
    }
    for (left, right) in zip(parts.coverage, whole.coverage) {
      #expect(left?.first == right?.first && left?.newest == right?.newest)
      #expect(left?.usualStep == right?.usualStep)
    }
  }

  @Test func `lines of quantity zero do not count`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, 1, 2, quantity: 0).used(on: 3, quantity: 8))
    #expect(isClose(try medians(past, on: 3)[0], 8))
    #expect(try medians(past, on: 2)[0] == 0)
  }

  @Test func `each landmark counts what was known on it`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, quantity: 1)
        .used(on: 5, 6, quantity: 100).used(on: 1, 2, 3, 4, quantity: 10_000, knownFrom: 20))
    let known = try medians(past, on: -1, 0, 10, 20)
    #expect(known[0] == 0)
    #expect(isClose(known[1], 1))
    #expect(isClose(known[2], 100))
    #expect(isClose(known[3], 10_000))
  }

  @Test func `a correction replaces the version known before`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, quantity: 4)
        .used(on: 0, quantity: 64, knownFrom: 10).used(on: 0, quantity: 0, knownFrom: 20)
        .used(on: 0, quantity: 9, knownFrom: 30))
    let known = try medians(past, on: 9, 10, 20, 30)
    #expect(isClose(known[0], 4))
    #expect(isClose(known[1], 64))
    #expect(known[2] == 0)
    #expect(isClose(known[3], 9))
    // The same when no landmark lies between the versions.
    #expect(isClose(try medians(past, on: 15)[0], 64))
    #expect(isClose(try medians(past, on: 99)[0], 9))
  }

  @Test func `the last landmark looks no further than itself`() throws {
    let past = history(
      subscription("A").seen(on: 0).used(on: 0, quantity: 4).used(
        on: 0, quantity: 64, knownFrom: 10))
    #expect(isClose(try medians(past, on: 5)[0], 4))
  }

  @Test func `random histories agree with an exact naive twin`() throws {
    for seed in UInt64(300)...303 {
      let past = RandomPast.make(seed: seed)
      let landmarks = [-50, -3, 10, 33, 34, 80, 100].map(day)
      let contexts = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 3).contexts
      for context in contexts {
        let twin = Twin(past, at: context.asOf, lag: 3)
        #expect(context.usage.from == twin.days.min())
        #expect(context.usage.newest == twin.days.max())
        for meter in 0..<RandomPast.meterCount {
          let exact = twin.lowerMedian(meter)
          #expect(isClose(context.meterMedians[meter], exact), "meter \(meter): \(exact)")
        }
      }
    }
  }

  @Test func `landmarks that do not ascend stop the program`() async {
    await #expect(processExitsWith: .failure) {
      let past = InMemoryHistory(sources: [], meters: [], customers: [])
      _ = try ReferenceStatistics(history: past, landmarks: [pastDay(1), pastDay(0)], lag: 0)
    }
  }

  /// Every line known on a day, in full.
  private struct Twin {
    var days: [CalendarDay] = []
    var quantities: [Int32: [Double]] = [:]

    init(_ past: InMemoryHistory, at day: CalendarDay, lag: Int) {
      for usage in past.customers.flatMap(\.subscriptions).map(\.usage) {
        let known = (0..<usage.count).filter {
          max(usage.days[$0] + lag, usage.firstKnown[$0]) <= day
        }
        days += known.map { usage.days[$0] }
        let lines = Dictionary(grouping: known) {
          Int(usage.days[$0].daysSinceEpoch) * RandomPast.meterCount + Int(usage.meters[$0])
        }
        for versions in lines.values {
          guard let newest = versions.max(), usage.quantities[newest] > 0 else { continue }
          quantities[usage.meters[newest], default: []].append(usage.quantities[newest])
        }
      }
    }

    func lowerMedian(_ meter: Int) -> Double {
      let ordered = quantities[Int32(meter), default: []].sorted()
      return ordered.isEmpty ? 0 : ordered[(ordered.count - 1) / 2]
    }
  }
}
