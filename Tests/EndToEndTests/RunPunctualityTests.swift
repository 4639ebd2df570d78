import History
import RiskModel
import Testing

@testable import churn_risk

/// Whether exports come when they should.
struct RunPunctualityTests {
  private func day(_ number: Int) -> CalendarDay {
    CalendarDay(daysSinceEpoch: 20_000 + Int32(number))
  }

  private func source(_ name: String, _ days: some Sequence<Int>) -> Source {
    Source(
      name: name,
      days: days.map { ExportDay(day: day($0), rows: 1, hasAllPages: true, retainedShare: 1) })
  }

  @Test(arguments: [
    (7, 14, false), (7, 15, true), (1, 14, false), (1, 15, true), (30, 45, false), (30, 46, true),
  ])
  func `a new export is late by the rhythm of the sources, and never within two weeks`(
    step: Int, silence: Int, isLate: Bool
  ) {
    let punctuality = RunPunctuality(
      [source("a", stride(from: -5 * step, through: 0, by: step))], asOf: day(0))
    #expect((punctuality.lateness(on: day(silence)) != nil) == isLate)
    // A clock that goes wrong is no reason to complain.
    #expect(punctuality.lateness(on: day(-400)) == nil)
  }

  @Test func `of too few exports nobody knows the rhythm`() {
    let punctuality = RunPunctuality([source("a", [0])], asOf: day(0))
    #expect(punctuality.usualStep == 7)
    #expect(punctuality.lateness(on: day(15))?.text.contains("used to come") == false)
  }

  @Test(
    arguments: [
      (10, nil), (11, "sourceMissing"), (90, "sourceMissing"), (91, "sourceEnded"),
      (365, "sourceEnded"), (366, nil),
    ] as [(Int, String?)])
  func `a source that others leave behind is missing, then ended, then forgotten`(
    silence: Int, code: String?
  ) {
    let weekly = source("a", stride(from: -70, through: 0, by: 7))
    let other = source("b", stride(from: -silence - 35, through: -silence, by: 7))
    let found = RunPunctuality([weekly, other], asOf: day(0)).attention
    #expect(found.map(\.code) == [code].compactMap(\.self))
    if code == "sourceEnded" { #expect(found[0].severity == .information) }
  }

  @Test func `a source whose usage alone still comes is a matter for a person`() {
    let weekly = source("a", stride(from: -70, through: 0, by: 7))
    var half = source("b", stride(from: -500, through: -430, by: 7))
    half.usageDays = [day(-3)]
    let found = RunPunctuality([weekly, half], asOf: day(0)).attention
    #expect(found.map(\.code) == ["sourceEnded"] && found[0].severity == .warning)
  }

  @Test func `the rhythm of a source that has ended expects nothing`() {
    let weekly = source("a", stride(from: -270, through: -200, by: 7))
    let monthly = source("b", stride(from: -180, through: 0, by: 30))
    #expect(RunPunctuality([weekly, monthly], asOf: day(0)).lateness(on: day(40)) == nil)
  }

  @Test func `a monthly source is not missing between its months`() {
    let weekly = source("a", stride(from: -70, through: 0, by: 7))
    let monthly = source("b", stride(from: -179, through: -29, by: 30))
    #expect(RunPunctuality([weekly, monthly], asOf: day(0)).attention.isEmpty)
  }

  @Test func `features that drifted are named with the fields that they come from`() {
    let one = RunMonitoring.driftWords(["usageQuantityTrend28"], of: 1, since: day(0))
    #expect(one.contains("in one feature: usageQuantityTrend28 (from usageDate, quantity"))
    #expect(one.contains("look at these fields in the exports; otherwise nothing is to be done."))
    let more = RunMonitoring.driftWords(["autoRenew"], of: 3, since: day(0))
    #expect(more.contains("\(day(0)) in 3 features, most of all autoRenew (from autoRenewEnabled"))
  }

  @Test func `runs that are kept too briefly for an outcome are told`() throws {
    var configuration = RunConfiguration()
    let recipe = try TrainingRecipe.chosen(nil, horizonDays: nil, learner: nil)
    // 91 days, 30 of grace and 2 of lag are 18 weeks, with the list itself 19 runs.
    configuration.keepRuns = 18
    #expect(configuration.shortMemory(lagDays: 2, recipe, 7) != nil)
    configuration.keepRuns = 19
    #expect(configuration.shortMemory(lagDays: 2, recipe, 7) == nil)
  }
}
