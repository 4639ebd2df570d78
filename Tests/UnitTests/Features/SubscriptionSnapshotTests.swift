import Features
import History
import TestSupport
import Testing

@testable import Features

/// What is known of one subscription on a day: rows up to it, dated facts before the first export.
struct SubscriptionSnapshotTests: PastFixtures {
  @Test func `the newest row up to the day counts, and later ones do not exist`() throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.licenseCount = 1 }.seen(on: 7) { $0.licenseCount = 2 })
    let before = try #require(try snapshot(of: "A", in: past, on: 6))
    #expect(before.state.licenseCount == 1)
    #expect(before.changes.seatsChangedOn == nil)
    let after = try #require(try snapshot(of: "A", in: past, on: 7))
    #expect(after.state.licenseCount == 2)
    #expect(after.changes.seatsChangedOn == day(7) && after.changes.seatsBefore == 1)
    #expect(after.isObserved)
  }

  @Test func `after the first export a subscription is unknown until a row shows it`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7, 14), subscription("B").seen(on: 7, 14))
    #expect(try snapshot(of: "B", in: past, on: 6) == nil)
    #expect(try snapshot(of: "B", in: past, on: 7) != nil)
  }

  @Test func `a subscription with usage but no row is unknown`() throws {
    let past = history(subscription("A").seen(on: 0), subscription("B").used(on: 0))
    #expect(try snapshot(of: "B", in: past, on: 0) == nil)
  }

  @Test func `before the first export only dated facts are known`() throws {
    let past = history(
      subscription("A") {
        $0.customerName = "Contoso Ltd"
        $0.customerMarket = "US"
        $0.productName = "Azure plan"
        $0.partnerId = "123"
        $0.autoRenewEnabled = true
        $0.licenseCount = 4
        $0.commitmentEndDate = day(300)
        $0.creationDate = day(-410)
        $0.lastRenewalDate = day(-35)
        $0.trialStartDate = day(-400)
        $0.trialEndDate = day(-370)
        $0.trialToPaidConversionDate = day(-380)
      }.seen(on: 0, lastUsage: -2).used(on: -80, -40))
    let known = try #require(try snapshot(of: "A", in: past, on: -30))
    var expected = SubscriptionState()
    expected.customerTenantId = "contoso"
    expected.subscriptionType = "Azure"
    expected.status = .active
    expected.creationDate = day(-410)
    expected.effectiveStartDate = day(-400)
    // On that day it was the last renewal only of those that did not renew again before day 0.
    expected.lastRenewalDate = nil
    expected.trialStartDate = day(-400)
    expected.trialEndDate = day(-370)
    expected.trialToPaidConversionDate = day(-380)
    #expect(known.state == expected)
    #expect(!known.isObserved)
    #expect(known.known.absentSince == nil)
    // Usage lines carry their own date; the row's lastUsageDate was told later.
    #expect(known.lastUsageDate == day(-40))
  }

  @Test func `before the first export a fact is known from its own date on`() throws {
    let past = history(
      subscription("A") {
        $0.creationDate = day(-100)
        $0.effectiveStartDate = day(-90)
        $0.trialStartDate = day(-90)
        $0.trialEndDate = day(-60)
        $0.trialToPaidConversionDate = day(-70)
        $0.lastRenewalDate = day(-50)
        $0.deprovisionedDate = day(-20)
        $0.status = .deprovisioned
      }.seen(on: 0))
    #expect(try snapshot(of: "A", in: past, on: -101) == nil)
    let created = try #require(try snapshot(of: "A", in: past, on: -100)).state
    #expect(created.effectiveStartDate == nil)
    #expect(created.trialEndDate == nil)
    let inTrial = try #require(try snapshot(of: "A", in: past, on: -71)).state
    #expect(inTrial.trialPhase(on: day(-71)) == .running)
    #expect(inTrial.trialToPaidConversionDate == nil)
    let paid = try #require(try snapshot(of: "A", in: past, on: -70)).state
    #expect(paid.trialPhase(on: day(-70)) == .converted)
    let running = try #require(try snapshot(of: "A", in: past, on: -21)).state
    #expect(running.status == .active)
    #expect(running.lastRenewalDate == nil)
    let closed = try #require(try snapshot(of: "A", in: past, on: -20)).state
    #expect(closed.status == .deprovisioned)
  }

  @Test func `before the first export features of undated fields are unknown`() throws {
    let past = history(
      subscription("A") {
        $0.autoRenewEnabled = false
        $0.licenseCount = 4
        $0.commitmentEndDate = day(300)
        $0.customerMarket = "US"
      }.seen(on: 0))
    let undated: [any Feature] = [
      AutoRenew(), AutoRenewSwitchedOff(), LicenseCount(), DaysToCommitmentEnd(), PastSuspensions(),
    ]
    for feature in undated {
      #expect(try value(feature, of: "A", in: past, on: -30).isNaN, "\(feature.description.name)")
    }
    #expect(try level(CustomerMarket(), of: "A", in: past, on: -30) == nil)
    #expect(try value(Tenure(), of: "A", in: past, on: -30) == 370)
  }

  @Test func `a row without any start is unknown before the first export`() throws {
    let past = history(subscription("A") { $0.effectiveStartDate = nil }.seen(on: 0))
    #expect(try snapshot(of: "A", in: past, on: -1) == nil)
  }

  @Test func `dated facts reach to the first export of any source`() throws {
    // On day 5 nobody had seen a row of B: what beta's first export tells was not known then.
    let past = history(
      [subscription("A").seen(on: 0, 20), subscription("B").seen(on: 10, source: 1)],
      sources: [source("alpha", exports: [0, 20]), source("beta", exports: [10])])
    #expect(try #require(try snapshot(of: "B", in: past, on: -1)).isObserved == false)
    for number in [0, 5, 9] { #expect(try snapshot(of: "B", in: past, on: number) == nil) }
    #expect(try #require(try snapshot(of: "B", in: past, on: 10)).isObserved)
  }

  @Test func `absence begins with the first complete export without the row`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7), exports: [0, 7, 14, 21, 28], incomplete: [14])
    #expect(try snapshot(of: "A", in: past, on: 20)?.known.absentSince == nil)
    #expect(try snapshot(of: "A", in: past, on: 21)?.known.absentSince == day(21))
    #expect(try snapshot(of: "A", in: past, on: 28)?.known.absentSince == day(21))
  }

  @Test func `a row that comes back ends the absence`() throws {
    let past = history(subscription("A").seen(on: 0, 21), exports: [0, 7, 14, 21, 28])
    #expect(try snapshot(of: "A", in: past, on: 14)?.known.absentSince == day(7))
    #expect(try snapshot(of: "A", in: past, on: 21)?.known.absentSince == nil)
    #expect(try snapshot(of: "A", in: past, on: 28)?.known.absentSince == day(28))
  }

  @Test func `absent only when every source that showed it no longer does`() throws {
    let past = history(
      [subscription("A").seen(on: 0).seen(on: 10, 24, source: 1)],
      sources: [
        source("alpha", exports: [0, 7, 14, 21, 28]),
        source("beta", exports: [10, 17, 24, 31]),
      ])
    #expect(try snapshot(of: "A", in: past, on: 9)?.known.absentSince == day(7))
    #expect(try snapshot(of: "A", in: past, on: 14)?.known.absentSince == nil)
    #expect(try snapshot(of: "A", in: past, on: 21)?.known.absentSince == day(17))
    #expect(try snapshot(of: "A", in: past, on: 28)?.known.absentSince == nil)
    #expect(try snapshot(of: "A", in: past, on: 31)?.known.absentSince == day(31))
  }

  @Test(arguments: [("Azure", true), ("AZURE", true), ("License", false), ("Azure Stack", false)])
  func `the type decides what is Azure`(type: String, isAzure: Bool) throws {
    let past = history(subscription("A") { $0.subscriptionType = type }.seen(on: 0).used(on: 0))
    #expect(try snapshot(of: "A", in: past, on: 0)?.known.isAzure == isAzure)
  }

  @Test func `without a type the usage known by then decides`() throws {
    let past = history(subscription("A") { $0.subscriptionType = nil }.seen(on: 0, 7).used(on: 5))
    #expect(try snapshot(of: "A", in: past, on: 4)?.known.isAzure == false)
    #expect(try snapshot(of: "A", in: past, on: 5)?.known.isAzure == true)
  }

  @Test func `a row without a tenant belongs to the customer it is grouped by`() throws {
    let past = history(subscription("A").seen(on: 0).seen(on: 7) { $0.customerTenantId = nil })
    #expect(try snapshot(of: "A", in: past, on: 7)?.known.customerTenantId == "contoso")
  }
}
