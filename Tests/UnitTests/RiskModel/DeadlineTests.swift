import Features
import History
import Testing

@testable import RiskModel

/// What happens to a subscription by itself.
struct DeadlineTests: PastFixtures {
  /// Kinds and days from today, of subscription A on day `number`.
  private func deadlines(_ past: InMemoryHistory, on number: Int = 0) throws -> [String] {
    let customer = try customer(of: "A", in: past, on: number)
    let subscription = try #require(customer.subscriptions.first { $0.id == id("A") })
    return Deadline.all(of: subscription, in: customer).map {
      "\($0.kind.rawValue) \($0.date - day(number))"
    }
  }

  @Test(arguments: [(0, true), (14, true), (15, false)])
  func `a running trial that ends within two weeks`(end: Int, isTold: Bool) throws {
    let past = history(
      subscription("A") {
        $0.trialStartDate = day(-16)
        $0.trialEndDate = day(end)
      }.seen(on: 0))
    #expect(try deadlines(past) == (isTold ? ["trialEnds \(end)"] : []))
  }

  @Test func `a trial that became paid has no end`() throws {
    let past = history(
      subscription("A") {
        $0.trialStartDate = day(-16)
        $0.trialEndDate = day(3)
        $0.trialToPaidConversionDate = day(-1)
      }.seen(on: 0))
    #expect(try deadlines(past).isEmpty)
  }

  @Test(arguments: [(false, 30, true), (false, 31, false), (true, 30, false), (nil, 30, false)])
  func `a commitment that ends and does not renew`(autoRenew: Bool?, end: Int, isTold: Bool) throws
  {
    let past = history(
      subscription("A") {
        $0.autoRenewEnabled = autoRenew
        $0.commitmentEndDate = day(end)
      }.seen(on: 0))
    #expect(try deadlines(past) == (isTold ? ["commitmentEnds \(end)"] : []))
  }

  @Test(arguments: [(7, true), (30, true), (31, false)])
  func `a reservation of the customer`(end: Int, isTold: Bool) throws {
    let past = history(
      subscription("A").seen(on: 0),
      subscription("B") {
        $0.productName = "Reserved VM Instance, Standard_D2"
        $0.commitmentEndDate = day(end)
      }.seen(on: 0))
    #expect(try deadlines(past) == (isTold ? ["reservationEnds \(end)"] : []))
  }

  @Test(arguments: [
    // Silent for 334 days; for 335 (30 to the notice, 60 to the block, 150 to the deletion); for 395.
    (66, []), (65, ["unusedNotice 30", "unusedBlock 60", "unusedDelete 150"]),
    (5, ["unusedBlock 0", "unusedDelete 90"]), (4, ["unusedDelete 89"]), (-86, []),
  ])
  func `unused for almost a year`(last: Int, expected: [String]) throws {
    // B is used all along, so that the data is not what ends.
    let past = history(
      subscription("A") { $0.effectiveStartDate = day(-200) }.seen(on: 400).used(on: last),
      subscription("B", of: "other").seen(on: 400).used(on: -150, 400))
    #expect(try deadlines(past, on: 400) == expected)
  }

  @Test func `never used counts from the start, or by the latest where usage was not known`() throws
  {
    func told(start: Int) throws -> Deadline? {
      let past = history(
        subscription("A") { $0.effectiveStartDate = day(start) }.seen(on: 400),
        subscription("B", of: "other").seen(on: 400).used(on: 0, 400))
      let customer = try customer(of: "A", in: past, on: 400)
      return Deadline.all(of: try #require(customer.subscriptions.first), in: customer).first
    }
    let fromStart = try #require(try told(start: 50))
    #expect(fromStart.date == day(49 + 365) && fromStart.text.contains("(in 14 days)"))
    let before = try #require(try told(start: -50))
    // Silent since day −1 at least: noticed by 364, blocked by 394, deleted by 484.
    #expect(before.kind == .unusedDelete && before.date == day(484))
  }

  @Test func `what is suspended is deleted after 90 days, if it was cancelled`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 28) { $0.status = .suspended })
    #expect(try deadlines(past, on: 28) == ["deletionAfterCancel 69"])
  }

  @Test func `what is closed or absent has no deadlines`() throws {
    let closed = history(
      subscription("A") {
        $0.autoRenewEnabled = false
        $0.commitmentEndDate = day(10)
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(-1)
      }.seen(on: 0))
    #expect(try deadlines(closed).isEmpty)
    let absent = history(
      subscription("A") {
        $0.autoRenewEnabled = false
        $0.commitmentEndDate = day(20)
      }.seen(on: 0), subscription("B").seen(on: 0, 7))
    #expect(try deadlines(absent, on: 7).isEmpty)
  }
}
