import History
import TestSupport
import Testing

@testable import Features

struct TrailingCostTests {
  private func usage(
    _ rows: [(day: String, meter: Int32, cost: Double, firstKnown: String?)]
  ) -> UsageHistory {
    var usage = UsageHistory()
    for row in rows {
      usage.append(
        day: day(row.day), meter: row.meter, quantity: 1,
        firstKnown: row.firstKnown.map(day) ?? UsageHistory.earliest, cost: row.cost)
    }
    return usage
  }

  private func day(_ text: String) -> CalendarDay {
    guard let day = CalendarDay(text) else { preconditionFailure("\(text) is no day") }
    return day
  }

  private func cost(_ usage: UsageHistory, asOf: String = "2025-01-31") -> TrailingCost? {
    let meters = ["EUR", "USD", ""].map { Meter(currency: $0) }
    let context = LandmarkContext(
      asOf: day(asOf), lag: 2, usageDays: (day("2024-01-01"), day("2025-01-29")),
      frame: ReferenceFrame(meters, MeterTraits(meters)), sources: [])
    return usage.cost(in: day("2025-01-01")...day("2025-01-29"), at: context)
  }

  @Test func `adds up the days of the window, its ends included`() {
    let usage = usage([
      ("2024-12-31", 0, 64, nil), ("2025-01-01", 0, 1, nil), ("2025-01-15", 0, 2, nil),
      ("2025-01-29", 0, 4, nil), ("2025-01-30", 0, 32, nil),
    ])
    #expect(cost(usage) == TrailingCost(amount: 7, currency: "EUR"))
  }

  @Test func `a correction counts from the day it was known`() {
    let usage = usage([("2025-01-15", 0, 2, nil), ("2025-01-15", 0, 5, "2025-01-20")])
    #expect(cost(usage, asOf: "2025-01-19")?.amount == 2)
    #expect(cost(usage, asOf: "2025-01-20")?.amount == 5)
  }

  @Test func `currencies are never added: the one with most lines counts`() {
    let usage = usage([
      ("2025-01-10", 0, 100, nil), ("2025-01-10", 1, 1, nil), ("2025-01-11", 1, 2, nil),
    ])
    #expect(cost(usage) == TrailingCost(amount: 3, currency: "USD"))
  }

  @Test func `lines without a cost tell nothing, and credits are taken off`() {
    #expect(cost(usage([("2025-01-10", 2, .nan, nil)])) == nil)
    let usage = usage([("2025-01-10", 0, 5, nil), ("2025-01-11", 0, -2, nil)])
    #expect(cost(usage)?.amount == 3)
    #expect(cost(self.usage([("2025-01-10", 0, -2, nil)]))?.amount == 0)
  }
}
