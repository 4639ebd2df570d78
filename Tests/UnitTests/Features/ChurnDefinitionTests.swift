import Features
import History
import Testing

@testable import Features

/// Which rows a definition covers, and its sentence, which every output prints.
struct ChurnDefinitionTests: PastFixtures {
  @Test func `both events with their grace`() {
    #expect(
      ChurnDefinition().text
        == "The subscription is suspended or deprovisioned within 91 days. "
        + "A suspension that ends within 30 days does not count. "
        + "Trials that end unpaid, transfers and normal ends do not count.")
  }

  @Test func `without suspensions there is no grace to speak of`() {
    #expect(
      ChurnDefinition(events: [.deprovisioned], horizonDays: 28, trialNeverPaidIsChurn: true).text
        == "The subscription is deprovisioned within 28 days. Trials that end unpaid count. "
        + "Transfers and normal ends do not count.")
  }

  @Test func `dormancy names its window and its condition`() {
    #expect(
      ChurnDefinition(events: [.dormant], horizonDays: 56).text
        == "No usage on any of the 56 days after the day of the list. "
        + "Only subscriptions used in the last 28 days whose usage was known on that day count.")
  }

  @Test(arguments: [(27, true), (28, false)])
  func `dormancy asks for usage on one of the last 28 days`(gap: Int, covered: Bool) throws {
    // Of day 100 these are the days 73 … 100.
    let past = history(
      subscription("A").seen(on: 100).used(on: 100 - gap),
      subscription("B").seen(on: 100).used(daily: 0...100))
    let subscription = try #require(try snapshot(of: "A", in: past, on: 100))
    let dormancy = ChurnDefinition(events: [.dormant])
    #expect(dormancy.covers(subscription.known) == covered)
  }

  @Test func `other definitions cover every subscription`() throws {
    let past = history(subscription("A").seen(on: 100))
    let subscription = try #require(try snapshot(of: "A", in: past, on: 100))
    #expect(ChurnDefinition().covers(subscription.known))
    let dormancy = ChurnDefinition(events: [.dormant])
    #expect(!dormancy.covers(subscription.known))
  }
}
