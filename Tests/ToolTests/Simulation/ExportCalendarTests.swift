import History
import Testing

@testable import Simulation

struct ExportCalendarTests {
  private let calendar = ExportCalendar(
    parameters: SimulationParameters(subscriptions: 1, weeks: 10), daysBefore: 0)

  @Test func `counts back from the last export`() {
    #expect(calendar.exportDay(9).description == "2026-11-16")
    #expect(calendar.first.description == "2026-09-14")
    #expect(calendar.allWeeks == -26..<10)
  }

  @Test func `puts a day into the week that ends with the next export day`() {
    #expect(calendar.week(of: calendar.first) == 0)
    #expect(calendar.week(of: calendar.first + 1) == 1)
    #expect(calendar.week(of: calendar.first + 7) == 1)
    #expect(calendar.week(of: calendar.first - 6) == 0)
    #expect(calendar.week(of: calendar.first - 7) == -1)
  }

  @Test func `agrees with a search through all weeks`() {
    for offset in -170...62 {
      let day = calendar.first + offset
      let found = calendar.allWeeks.first { calendar.exportDay($0) >= day }
      #expect(calendar.week(of: day) == found)
    }
  }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2024-11-30", 3, "2025-02-28"), ("2024-12-01", 36, "2027-12-01"),
    ("2024-05-15", 0, "2024-05-15"),
  ])
  func `adds months as contracts do`(day: String, months: Int, expected: String) throws {
    #expect(try #require(CalendarDay(day)).adding(months: months).description == expected)
  }

  @Test(arguments: [
    ("FR", "2026-08-15", true), ("FR", "2026-09-15", false), ("US", "2026-08-15", false),
    ("US", "2026-12-25", true), ("JP", "2026-05-01", true), ("JP", "2026-12-25", false),
    ("DE", "2027-01-03", true), ("DE", "2027-01-04", false),
  ])
  func `knows the holidays of its markets`(code: String, day: String, isHoliday: Bool) throws {
    let market = try #require(Market.all.first { $0.code == code })
    #expect(try (market.season(on: #require(CalendarDay(day))) < 1) == isHoliday)
  }

  @Test func `sells in three currencies from either tenant`() {
    #expect(Set(Market.all.map(\.currency)) == ["USD", "EUR", "JPY"])
    for tenant in 0...1 { #expect(Market.all.contains { $0.weights[tenant] > 0 }) }
  }
}
