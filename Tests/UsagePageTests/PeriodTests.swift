import History
import TestSupport
import Testing

@testable import UsagePage

/// The days of a page and the parts they are counted in.
struct PeriodTests {
  private func period(_ from: String?, _ to: String?) -> PagePeriod {
    PagePeriod(
      from: from.map { day($0) }, to: to.map { day($0) }, asOf: day("2026-06-10"),
      firstObservation: day("2026-01-05"), lastObservation: day("2026-06-08"))
  }

  @Test func `without a wish it is ninety days through the newest observation`() {
    let usual = period(nil, nil)
    #expect(usual.to == day("2026-06-08") && usual.from == day("2026-03-11"))
    #expect(usual.dayCount == 90)
    #expect(period(nil, "2026-02-28").from == day("2025-12-01"))
  }

  @Test func `nothing after the newest observation is part of it`() {
    #expect(period("2026-06-01", "2026-12-31").to == day("2026-06-08"))
    #expect(period("2026-07-01", nil).dayCount == 1)
  }

  @Test func `a day that nobody looked on is told`() {
    #expect(period("2025-12-01", "2026-01-04").isBeforeObservation)
    #expect(period("2026-01-04", nil).beginsBeforeObservation)
    #expect(!period("2026-01-05", nil).beginsBeforeObservation)
  }

  @Test func `days, weeks from the first day, calendar months; none lost, none twice`() {
    for (from, to, unit, count) in [
      ("2026-03-01", "2026-03-01", DayBucket.Unit.day, 1), ("2026-03-01", "2026-03-31", .day, 31),
      ("2026-03-01", "2026-04-01", .week, 5), ("2026-03-01", "2026-04-04", .week, 5),
      ("2025-01-15", "2026-03-02", .month, 15),
    ] {
      let parts = DayBucket.parts(of: day(from)...day(to))
      #expect(parts.count == count && parts.allSatisfy { $0.unit == unit }, "\(from) \(to)")
      #expect(parts.first?.days.lowerBound == day(from) && parts.last?.days.upperBound == day(to))
      for (one, next) in zip(parts, parts.dropFirst()) {
        #expect(one.days.upperBound + 1 == next.days.lowerBound)
      }
      for (index, part) in parts.enumerated() {
        for date in [part.days.lowerBound, part.days.upperBound] {
          #expect(parts.index(of: date) == index)
        }
      }
      #expect(parts.index(of: day(from) - 1) == nil && parts.index(of: day(to) + 1) == nil)
    }
    #expect(
      DayBucket.parts(of: day("2025-01-15")...day("2026-03-02")).map(\.label).first == "2025-01")
  }
}
