import Features
import Glibc
import History
import Testing

@testable import Features

/// Changes of terms, licences and auto-renew; reservations, siblings and resellers.
struct TermsFeatureTests: PastFixtures {
  @Test func `a change of licences dates from the first export that shows it`() throws {
    let past = history(
      subscription("A") { $0.licenseCount = 3 }.seen(on: 0, 7)
        .seen(on: 14, 21) { $0.licenseCount = 1 }.seen(on: 28) { $0.licenseCount = nil })
    #expect(try value(DaysSinceSeatChange(), of: "A", in: past, on: 7).isNaN)
    #expect(try value(DaysSinceSeatChange(), of: "A", in: past, on: 16) == 2)
    // An export without the field changes nothing.
    #expect(try value(DaysSinceSeatChange(), of: "A", in: past, on: 28) == 14)
    #expect(try value(SeatTrend(), of: "A", in: past, on: 7) == 0)
    #expect(abs(try value(SeatTrend(), of: "A", in: past, on: 21) - log(0.5)) < 1e-12)
    #expect(try value(SeatTrend(), of: "A", in: past, on: 28).isNaN)
  }

  @Test func `the newer of product and billing cycle changed the plan`() throws {
    let past = history(
      subscription("A") {
        $0.productName = "p"
        $0.billingCycleName = "MONTHLY"
      }.seen(on: 0).seen(on: 7) { $0.productName = "P" }.seen(on: 14) { $0.productName = "q" }
        .seen(on: 21) { $0.billingCycleName = "ANNUAL" })
    // Another spelling is no other product.
    #expect(try value(DaysSincePlanChange(), of: "A", in: past, on: 7).isNaN)
    #expect(try value(DaysSincePlanChange(), of: "A", in: past, on: 20) == 6)
    #expect(try value(DaysSincePlanChange(), of: "A", in: past, on: 21) == 0)
    #expect(try level(BillingCycle(), of: "A", in: past, on: 21) == "annual")
  }

  @Test func `auto-renew against the others`() throws {
    // Of ten others two renew.
    let others = (0..<10).map { number in
      subscription(Character(UnicodeScalar(UInt8(number) + 97)), of: "t\(number)") {
        $0.autoRenewEnabled = number < 2
      }.seen(on: 0)
    }
    let past = history(
      [subscription("A") { $0.autoRenewEnabled = true }.seen(on: 0)] + others,
      sources: [source(exports: [0])])
    #expect(abs(try value(AutoRenewAgainstPartner(), of: "A", in: past, on: 0) - 0.8) < 1e-12)
    // Of the ten others of j three renew.
    #expect(abs(try value(AutoRenewAgainstPartner(), of: "j", in: past, on: 0) + 0.3) < 1e-12)
    let few = history(
      [subscription("A") { $0.autoRenewEnabled = true }.seen(on: 0)] + others.dropLast(),
      sources: [source(exports: [0])])
    #expect(try value(AutoRenewAgainstPartner(), of: "A", in: few, on: 0).isNaN)
  }

  @Test func `days since auto-renew was switched off`() throws {
    let past = history(
      subscription("A") { $0.autoRenewEnabled = true }.seen(on: 0)
        .seen(on: 7, 14) { $0.autoRenewEnabled = false })
    #expect(try value(DaysSinceAutoRenewOff(), of: "A", in: past, on: 0).isNaN)
    #expect(try value(DaysSinceAutoRenewOff(), of: "A", in: past, on: 14) == 7)
  }

  @Test func `the customer's first reservation that is still to end`() throws {
    func reserved(_ letter: Character, end: Int) -> SubscriptionPast {
      subscription(letter) {
        $0.subscriptionType = "Other"
        $0.productName = "Reserved VM Instance, D2s v3"
        $0.commitmentEndDate = day(end)
      }.seen(on: 0, 10)
    }
    let past = history(
      subscription("A").seen(on: 0, 10), reserved("B", end: 5), reserved("C", end: 60),
      reserved("D", end: 30))
    #expect(try value(DaysToReservationEnd(), of: "A", in: past, on: 0) == 5)
    #expect(try value(DaysToReservationEnd(), of: "A", in: past, on: 10) == 20)
    let none = history(subscription("A").seen(on: 0))
    #expect(try value(DaysToReservationEnd(), of: "A", in: none, on: 0).isNaN)
  }

  @Test func `the share of the siblings that were just lost`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7), subscription("B").seen(on: 0, 7),
      subscription("C").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned })
    #expect(try value(SiblingsLostShare(), of: "A", in: past, on: 0) == 0)
    #expect(try value(SiblingsLostShare(), of: "A", in: past, on: 7) == 0.5)
    let alone = history(subscription("A").seen(on: 0))
    #expect(try value(SiblingsLostShare(), of: "A", in: alone, on: 0).isNaN)
  }

  @Test func `the last usage of any sibling`() throws {
    let past = history(
      subscription("A").seen(on: 20).used(on: 19), subscription("B").seen(on: 20).used(on: 12),
      subscription("C").seen(on: 20).used(on: 15),
      subscription("D", of: "fabrikam").seen(on: 20).used(on: 20))
    #expect(try value(DaysSinceSiblingUsage(), of: "A", in: past, on: 20) == 5)
    #expect(try value(DaysSinceSiblingUsage(), of: "C", in: past, on: 20) == 1)
    #expect(try value(DaysSinceSiblingUsage(), of: "D", in: past, on: 20).isNaN)
  }

  @Test func `the losses of a small reseller are drawn towards everyone's`() throws {
    // Reseller r: A and one that was lost. Reseller s: nine, none lost.
    let past = history(
      [
        subscription("A") { $0.partnerId = "r" }.seen(on: 0, 7),
        subscription("B", of: "b") { $0.partnerId = "r" }.seen(on: 0)
          .seen(on: 7) { $0.status = .suspended },
      ]
        + (0..<9).map { number in
          subscription(Character(UnicodeScalar(UInt8(number) + 97)), of: "t\(number)") {
            $0.partnerId = "s"
          }.seen(on: 0, 7)
        }, sources: [source(exports: [0, 7])])
    let share = try value(ResellerLost(), of: "A", in: past, on: 7)
    // (1 + 20 · 0.1) / 21 = .143, in fiftieths.
    #expect(share == 0.14)
    #expect(try level(PartnerName(), of: "A", in: past, on: 7) == nil)
  }

  @Test func `the losses of a market are those of the others in it, in any case of letters`() throws
  {
    // Market NL: A, two that were lost, and one that was lost 91 days ago. Nine more in BE, one nowhere.
    func lost(_ name: Character, on number: Int) -> SubscriptionPast {
      subscription(name, of: "\(name)") { $0.customerMarket = "nl" }.seen(on: 0)
        .seen(on: number) { $0.status = .suspended }
    }
    let past = history(
      [
        subscription("A") { $0.customerMarket = "NL" }.seen(on: 0, 9, 50, 100),
        lost("B", on: 50), lost("C", on: 100), lost("D", on: 9),
        subscription("E", of: "e").seen(on: 0, 9, 50, 100),
      ]
        + (0..<9).map { number in
          subscription(Character(UnicodeScalar(UInt8(number) + 102)), of: "t\(number)") {
            $0.customerMarket = "BE"
          }.seen(on: 0, 9, 50, 100)
        }, sources: [source(exports: [0, 9, 50, 100])])
    // Of the others ten are there and two were lost: (2 + 20 · 2/12) / (0 + 2 + 20) = .242, in fiftieths.
    #expect(try value(MarketLost(), of: "A", in: past, on: 100) == 0.24)
    // One day before, D counts, too; the export of day 50 is the newest.
    #expect(try value(MarketLost(), of: "A", in: past, on: 99) == 0.24)
    #expect(try value(MarketLost(), of: "E", in: past, on: 100).isNaN)
    // (0 + 20 · 2/12) / (8 + 20) = .119.
    #expect(try value(MarketLost(), of: "f", in: past, on: 100) == 0.12)
  }
}
