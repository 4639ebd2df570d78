import Features
import History
import Testing

@testable import Features

/// Transfers, resellers, referrals and searches around a subscription.
struct SurroundingsFeatureTests: PastFixtures {
  private func past(_ surroundings: Surroundings) -> InMemoryHistory {
    var past = history(
      subscription("A") {
        $0.partnerId = "R1"
        $0.customerMarket = "DE"
        $0.customerName = "Contoso"
      }.seen(on: 0, 400), subscription("B", of: "fabrikam").seen(on: 0, 400))
    past.surroundings = surroundings
    return past
  }

  @Test func `a transfer of the subscription or of its customer counts from its day`() throws {
    var around = Surroundings()
    around.events = [
      Event(day: day(5), kind: .transferred, subscriptionId: id("A")),
      Event(day: day(9), kind: .transferred, customerTenantId: "contoso"),
      Event(day: day(7), kind: .suspended, subscriptionId: id("B")),
    ]
    #expect(try value(DaysSinceTransfer(), of: "A", in: past(around), on: 4).isNaN)
    #expect(try value(DaysSinceTransfer(), of: "A", in: past(around), on: 8) == 3)
    #expect(try value(DaysSinceTransfer(), of: "A", in: past(around), on: 10) == 1)
    #expect(try value(DaysSinceTransfer(), of: "B", in: past(around), on: 10).isNaN)
  }

  @Test func `the newest export of the resellers that was known counts`() throws {
    var (older, newer) = (
      ResellerRecord(knownOn: day(0), id: "r1"), ResellerRecord(knownOn: day(7), id: "r1")
    )
    older.latestSuspended = day(-10)
    older.firstSuspended = day(-30)
    newer.latestSuspended = day(6)
    newer.firstSuspended = day(-30)
    newer.firstDeprovisioned = day(-40)
    newer.latestDeprovisioned = day(5)
    var around = Surroundings()
    around.resellers = [newer, older]
    let past = past(around)
    #expect(try value(DaysSinceResellerSuspension(), of: "A", in: past, on: 6) == 16)
    #expect(try value(DaysSinceResellerSuspension(), of: "A", in: past, on: 7) == 1)
    #expect(try value(DaysSinceResellerDeprovisioning(), of: "A", in: past, on: 6).isNaN)
    #expect(try value(DaysSinceResellerDeprovisioning(), of: "A", in: past, on: 7) == 2)
    #expect(try value(DaysSinceFirstResellerLoss(), of: "A", in: past, on: 6) == 36)
    #expect(try value(DaysSinceFirstResellerLoss(), of: "A", in: past, on: 7) == 47)
    #expect(try value(DaysSinceFirstResellerLoss(), of: "B", in: past, on: 7).isNaN)
  }

  @Test func `referrals and searches count in their windows, in any case of letters`() throws {
    var around = Surroundings()
    around.referrals = [
      MarketRecord(knownOn: day(0), day: day(0), market: "de", customerName: "CONTOSO"),
      MarketRecord(knownOn: day(9), day: day(1), market: "DE", customerName: "Fabrikam"),
      MarketRecord(knownOn: day(1), day: day(1), market: "FR", customerName: nil),
    ]
    around.searches = [MarketRecord(knownOn: day(3), day: day(2), market: "DE")]
    let past = past(around)
    #expect(try value(CustomerReferrals(), of: "A", in: past, on: 364) == 1)
    #expect(try value(CustomerReferrals(), of: "A", in: past, on: 365) == 0)
    #expect(try value(CustomerReferrals(), of: "B", in: past, on: 9).isNaN)
    #expect(try value(MarketReferrals(), of: "A", in: past, on: 8) == 1)
    #expect(try value(MarketReferrals(), of: "A", in: past, on: 9) == 2)
    #expect(try value(MarketReferrals(), of: "A", in: past, on: 91) == 1)
    #expect(try value(MarketSearches(), of: "A", in: past, on: 2).isNaN)
    #expect(try value(MarketSearches(), of: "A", in: past, on: 3) == 1)
    #expect(try value(MarketSearches(), of: "A", in: past, on: 93) == 0)
  }
}
