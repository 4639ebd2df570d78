import History
import Testing

@testable import Simulation

struct UsageCourseTests {
  private let monday = CalendarDay(daysSinceEpoch: 20_773)

  private func course(
    _ rhythm: MeterKind.Rhythm, fadeShare: Double = 0.5, keepsStorage: Bool = true,
    change: (inout MeterUse) -> Void = { _ in }
  ) -> UsageCourse {
    var use = MeterUse(kind: MeterKind.indices(of: rhythm)[0], location: "westeurope", base: 2)
    change(&use)
    return UsageCourse(
      meters: [use], fadeShare: fadeShare, keepsStorage: keepsStorage, growthPerWeek: 0,
      idlePerWeek: 0)
  }

  private func quantities(
    _ course: UsageCourse, days: Int = 364, season: Double = 1, noise: Double = 0
  ) -> [Int] {
    var chance = SplitMix64(seed: 1)
    return (0..<days).map {
      course.quantity(of: 0, on: monday + $0, season: season, noise: noise, chance: &chance)
    }
  }

  @Test func `uses storage every day, in ten-thousandths`() {
    #expect(quantities(course(.always), days: 14) == Array(repeating: 20_000, count: 14))
  }

  @Test func `runs office machines on weekdays`() {
    let days = quantities(course(.office))
    let weekend = days.enumerated().count { $0.offset % 7 >= 5 && $0.element > 0 }
    let weekday = days.enumerated().count { $0.offset % 7 < 5 && $0.element > 0 }
    // 104 weekend days at 0.06 and 260 weekdays at 0.97.
    #expect(weekend < 20 && weekday > 235)
  }

  @Test func `runs monthly work on its day, or on the last of a shorter month`() throws {
    let days = quantities(course(.monthly) { $0.daysOfMonth = [31] })
    let runs = days.indices.filter { days[$0] > 0 }.map { monday + $0 }
    #expect(runs.count == 12)
    for day in runs {
      let (year, month, dayOfMonth) = day.civil
      #expect(dayOfMonth == CalendarDay.length(ofMonth: month, year: year))
    }
  }

  @Test func `loses a share of its level every week of fading and recovers slowly`() {
    var course = course(.production, fadeShare: 0.5)
    var chance = SplitMix64(seed: 2)
    var levels: [Double] = []
    for week in [1, 2, 3, 0, 0] {
      course.advance(fadeWeek: week, chance: &chance)
      levels.append(course.level)
    }
    // 0.5, 0.25, 0.125, then 35 % of what is missing each week.
    #expect(Array(levels.prefix(3)) == [0.5, 0.25, 0.125])
    #expect(abs(levels[3] - 0.43125) < 1e-12 && abs(levels[4] - 0.6303125) < 1e-12)
  }

  @Test func `stops machines at the end of fading while storage may stay`() {
    var chance = SplitMix64(seed: 3)
    func faded(_ course: UsageCourse) -> [Int] {
      var course = course
      for week in 1...10 { course.advance(fadeWeek: week, chance: &chance) }
      return quantities(course, days: 28)
    }
    #expect(faded(course(.production)).allSatisfy { $0 == 0 })
    #expect(faded(course(.always)).allSatisfy { $0 > 0 })
    #expect(faded(course(.always, keepsStorage: false)).allSatisfy { $0 == 0 })
  }

  @Test func `uses less in a holiday, and office machines on fewer days`() {
    let ordinary = quantities(course(.office))
    let holiday = quantities(course(.office), season: 0.4)
    #expect(holiday.count { $0 > 0 } * 3 < ordinary.count { $0 > 0 } * 2)
    #expect((holiday.max() ?? 0) < (ordinary.max() ?? 0))
  }

  @Test func `is idle for a while and comes back`() {
    var course = UsageCourse(
      meters: [MeterUse(kind: MeterKind.indices(of: .production)[0], location: "", base: 5)],
      fadeShare: 0.3, keepsStorage: true, growthPerWeek: 0, idlePerWeek: 0.1)
    var chance = SplitMix64(seed: 4)
    var used: [Bool] = []
    for _ in 0..<200 {
      course.advance(fadeWeek: 0, chance: &chance)
      used.append(quantities(course, days: 1)[0] > 0)
    }
    #expect(used.contains(false) && used.count { $0 } > 100)
    #expect(course.level == 1)
  }
}
