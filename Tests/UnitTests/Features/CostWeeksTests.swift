import History
import TestSupport
import Testing

@testable import Features

/// Costs week by week are what a walk over the lines of the window finds.
struct CostWeeksTests: PastFixtures {
  private static let meters = ["EUR", "USD", "", "GBP"].map { Meter(currency: $0) }
  private static let lag = 1

  /// Random lines with costs, corrections and credits, in all currencies.
  private func usage(_ random: inout HistoryRandom) -> UsageHistory {
    var usage = UsageHistory()
    for number in 0..<260 where random.number(0...2) == 0 {
      for meter in Int32(0)...3 where random.number(0...2) == 0 {
        for version in 0...random.number(0...1) {
          let cost = random.number(0...5) == 0 ? .nan : Double(random.number(-20...100)) / 7
          usage.append(
            day: day(number), meter: meter, quantity: Double(random.number(0...3)),
            firstKnown: version == 0 ? UsageHistory.earliest : day(number + random.number(1...40)),
            cost: cost)
        }
      }
    }
    return usage
  }

  @Test(arguments: UInt64(1)...12)
  func `every window has the cost that a walk over its lines adds up`(seed: UInt64) throws {
    var random = HistoryRandom(seed: seed)
    let usage = usage(&random)
    let landmarks = (0..<10).map { day(190 + 7 * $0) }
    let frame = ReferenceFrame(
      Self.meters, MeterTraits(Self.meters),
      MeterMedians(landmarkCount: 10, values: Array(repeating: 1, count: 40)),
      SharedWeeks(endingOn: landmarks.map { $0 - Self.lag }))
    let history = SubscriptionHistory(
      id: id("A"), states: [SubscriptionState()],
      observations: [Observation(day: day(0), source: 0, state: 0, lastUsageDate: nil)],
      usage: usage)
    let timeline = SubscriptionTimeline(history, of: "contoso", frame)
    #expect(timeline.costWeeks.count == 1)
    var known = 0
    for (number, landmark) in landmarks.enumerated() {
      let context = LandmarkContext(
        asOf: landmark, lag: Self.lag, usageDays: (day(0), day(259)), frame: frame, number: number,
        sources: [
          Source(
            name: "a",
            days: [ExportDay(day: day(0), rows: 1, hasAllPages: true, retainedShare: 1)])
        ])
      let subscription = try #require(KnownSubscription(timeline, place: 0, at: context))
      let costs = try #require(subscription.costs(at: context))
      for weeks in [4, 8, 13, 26] {
        let walk = subscription.cost(overDays: 7 * weeks, at: context)
        let own = costs.cost(ofWeeks: weeks)
        #expect(own.map { frame.currencies[Int($0.currency)] } == walk?.currency)
        if let own, let walk { #expect(abs(own.amount - walk.amount) < 1e-9) }
        known += own == nil ? 0 : 1
      }
    }
    #expect(known > 20)
  }
}
