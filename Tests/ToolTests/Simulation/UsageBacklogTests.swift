import History
import Testing

@testable import Simulation

struct UsageBacklogTests {
  private func backlog(
    _ change: (inout SimulationParameters) -> Void
  ) -> (backlog: UsageBacklog, calendar: ExportCalendar) {
    var parameters = SimulationParameters(subscriptions: 1, weeks: 10)
    (parameters.lateShare, parameters.duplicateShare, parameters.restatedShare) = (0, 0, 0)
    change(&parameters)
    let calendar = ExportCalendar(parameters: parameters, daysBefore: 0)
    return (UsageBacklog(calendar: calendar, parameters: parameters), calendar)
  }

  private func line(_ day: CalendarDay) -> UsageLine {
    UsageLine(customer: 0, subscription: 0, meter: 0, usageDate: day, quantity: 20_000)
  }

  private func exports(of line: UsageLine, delay: Int, in backlog: UsageBacklog) -> [Int:
    [UsageLine]]
  {
    var backlog = backlog
    var chance = SplitMix64(seed: 1)
    backlog.add(line, delay: delay, chance: &chance)
    var exports: [Int: [UsageLine]] = [:]
    for week in 0..<10 {
      let lines = backlog.takeLines(ofExport: week)
      if !lines.isEmpty { exports[week] = lines }
    }
    return exports
  }

  @Test func `brings a line with the first export at or after it is available`() {
    let (backlog, calendar) = backlog { _ in }
    let export = calendar.exportDay(3)
    #expect(exports(of: line(export - 2), delay: 2, in: backlog).keys.sorted() == [3])
    #expect(exports(of: line(export - 2), delay: 3, in: backlog).keys.sorted() == [4])
    #expect(exports(of: line(export - 7), delay: 1, in: backlog).keys.sorted() == [3])
  }

  @Test func `brings everything before the first export with it`() {
    let (backlog, calendar) = backlog { _ in }
    #expect(exports(of: line(calendar.first - 80), delay: 1, in: backlog).keys.sorted() == [0])
  }

  @Test func `drops what comes after the last export`() {
    let (backlog, calendar) = backlog { _ in }
    #expect(exports(of: line(calendar.last), delay: 1, in: backlog).isEmpty)
  }

  @Test func `repeats a line in the same export or the next`() {
    let (backlog, calendar) = backlog { $0.duplicateShare = 1 }
    let found = exports(of: line(calendar.exportDay(3) - 1), delay: 1, in: backlog)
    #expect(found.values.joined().count == 2)
    #expect(Set(found.values.joined()).count == 1)
    #expect(Set(found.keys).isSubset(of: [3, 4]))
  }

  @Test func `corrects a quantity two or three exports later`() {
    let (backlog, calendar) = backlog { $0.restatedShare = 1 }
    let original = line(calendar.exportDay(3) - 1)
    let found = exports(of: original, delay: 1, in: backlog)
    #expect(found[3] == [original])
    let corrected = found.filter { $0.key != 3 }
    #expect(corrected.count == 1 && Set(corrected.keys).isSubset(of: [5, 6]))
    let quantity = corrected.values.joined().first?.quantity ?? 0
    #expect(quantity != 20_000 && quantity >= 14_000 && quantity <= 28_000)
  }

  @Test func `gives lines to an export once`() {
    var (backlog, calendar) = backlog { _ in }
    var chance = SplitMix64(seed: 1)
    backlog.add(line(calendar.first), delay: 1, chance: &chance)
    #expect(backlog.takeLines(ofExport: 1).count == 1)
    #expect(backlog.takeLines(ofExport: 1).isEmpty)
  }
}
