import Features
import History
import Learning
import Testing

@testable import RiskModel

/// Whether a model still fits.
struct MonitoringTests: PastFixtures {
  private var past: InMemoryHistory { SteadyPast.longLived }
  private let horizon = TrainablePast.recipe.horizonDays

  private func list(on number: Int, probability: Double) throws -> LiveList {
    LiveList(
      asOf: day(number), lagDays: 0, horizonDays: horizon, events: ["deprovisioned", "suspended"],
      rows: past.customers.flatMap(\.subscriptions).map {
        LiveList.Row(subscription: $0.id, score: probability, probability: probability)
      })
  }

  private func matured(
    _ probability: Double, contacts: [Contact] = [], known: Int = 672
  ) throws -> MaturedList? {
    try MaturedList(
      list(on: 0, probability: probability), definition: TrainablePast.recipe.definition,
      contacts: ContactLog(contacts), past, knownThrough: day(known))
  }

  @Test func `losses are counted against those expected`() throws {
    let found = try #require(try matured(0.04))
    let lost = found.all.lost
    #expect(found.all.rows == 200 && lost > 0)
    #expect(abs(found.all.expected - 8) < 1e-9)
    #expect(abs(try #require(found.all.ratio.value) - Double(lost) / 8) < 1e-9)
    #expect(!(try #require(try matured(Double(lost) / 200))).all.isOff)
    #expect(try #require(try matured(0.5)).all.isOff)
  }

  @Test func `rows that somebody spoke with are told apart`() throws {
    let ids = past.customers.flatMap(\.subscriptions).map(\.id)
    func contact(_ index: Int, _ number: Int, _ outcome: ContactOutcome = .called) -> Contact {
      Contact(subscriptionId: ids[index], day: day(number), outcome: outcome)
    }
    // On the day of the list, behind its window, and a snooze are none of its contacts.
    let found = try #require(
      try matured(
        0.04,
        contacts: [
          contact(0, 1), contact(1, horizon), contact(2, 0), contact(3, horizon + 1),
          contact(4, 5, .snoozed),
        ]))
    #expect(found.contacted.rows == 2 && found.uncontacted.rows == 198)
    #expect(found.contacted.lost + found.uncontacted.lost == found.all.lost)
  }

  @Test func `a window that has not been seen to its end says nothing`() throws {
    #expect(try matured(0.04, known: 0) == nil)
  }

  @Test func `what stays as it was does not drift, and needs a history that reaches back`() throws {
    let drift = try Drift.measure(RiskFixtures.rules(), past, asOf: day(504))
    // And the day of the training.
    #expect(drift.map(\.since) == [day(392), day(140), day(0)])
    #expect(drift.allSatisfy { !$0.scores.isAlarm && $0.scores.earlier > 100 })
    var later = RiskFixtures.rules()
    later.asOf = day(84)
    #expect(try Drift.measure(later, past, asOf: day(84)).isEmpty)
  }

  @Test func `a day that both looks back fall on is told once`() throws {
    let letters = (0..<40).map { Character(UnicodeScalar(UInt8(48 + $0))) }
    // Nothing was exported between 400 and 50 days ago.
    let pasts = letters.enumerated().map { number, letter in
      subscription(letter, of: "customer \(number)").seen(on: 0, 350, 400)
    }
    let holed = history(pasts, sources: [source(exports: [0, 350, 400])])
    let drift = try Drift.measure(RiskFixtures.rules(), holed, asOf: day(400))
    #expect(drift.map(\.since) == [day(0)])
  }

  @Test func `everybody's auto-renew switched off is a drift of scores and of the feature`() throws
  {
    let letters = (0..<40).map { Character(UnicodeScalar(UInt8(48 + $0))) }
    let pasts = letters.enumerated().map { number, letter in
      subscription(letter, of: "customer \(number)") { $0.autoRenewEnabled = true }
        .seen(on: 0).seen(on: 91) { $0.autoRenewEnabled = false }
    }
    let changed = history(pasts, sources: [source(exports: [0, 91])])
    let drift = try #require(
      try Drift.measure(RiskFixtures.rules(), changed, asOf: day(91)).first)
    #expect(drift.since == day(0) && drift.scores.isAlarm)
    #expect(drift.features.map(\.name).contains("autoRenew"))
  }
}
