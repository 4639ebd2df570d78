import History
import Testing

@testable import Simulation

/// The usage lines: when they arrive, what they hold, and what is wrong with some of them.
struct SimulationUsageTests {
  private let partner = LivedPartner.standard

  private struct Key: Hashable {
    var subscription: Int
    var meter: Int
    var usageDate: CalendarDay

    init(_ line: LivedPartner.Line) {
      subscription = line.subscription
      meter = line.meter
      usageDate = line.usageDate
    }
  }

  @Test func `brings lines one to four days later, and one in a hundred up to twenty`() {
    var late = 0
    var lines = 0
    for subscription in partner.subscriptions {
      var seen: Set<Key> = []
      let first = subscription.calendar.first
      for line in subscription.lines where seen.insert(Key(line)).inserted {
        #expect(line.usageDate < line.export)
        // The first export brings everything before it, however old.
        guard line.export > first else { continue }
        // Not in the previous export, so available at the earliest on the day after it.
        let delay = line.export - 6 - line.usageDate
        #expect(delay <= 20)
        lines += 1
        if delay > 4 { late += 1 }
      }
    }
    // A late line (lateShare 0.01) shows as late unless it still makes its first possible export.
    let share = Double(late) / Double(lines)
    #expect(share > 0.006 && share < 0.010)
  }

  @Test func `has positive and mostly fractional quantities`() {
    let quantities = partner.subscriptions.flatMap { $0.lines.map(\.quantity) }
    #expect(quantities.allSatisfy { $0 > 0 })
    #expect(quantities.count { !$0.isMultiple(of: 10_000) } * 10 > quantities.count * 9)
  }

  @Test func `sends some lines twice and corrects others in a later export`() {
    var lines = 0
    var duplicates = 0
    var restated = 0
    for subscription in partner.subscriptions {
      var known: [Key: LivedPartner.Line] = [:]
      for line in subscription.lines {
        lines += 1
        if let before = known[Key(line)] {
          if before.quantity == line.quantity {
            duplicates += 1
          } else {
            restated += 1
            #expect(line.export - before.export >= 7)
          }
        }
        known[Key(line)] = line
      }
    }
    // Defaults 0.002 and 0.004; six standard deviations at about 300,000 lines are 0.0005 and 0.0007.
    #expect(abs(Double(duplicates) / Double(lines) - 0.002) < 0.0005)
    #expect(abs(Double(restated) / Double(lines) - 0.004) < 0.0007)
  }

  @Test func `is used only between its start and its end, and not while suspended`() {
    for subscription in partner.subscriptions {
      let end = [.transferred, .ended, .trialNeverPaid, .churned].compactMap {
        subscription.day(of: $0)
      }.min()
      for line in subscription.lines {
        #expect(line.usageDate >= subscription.profile.start)
        if let end { #expect(line.usageDate < end) }
        for (index, event) in subscription.events.enumerated() where event.kind == .suspended {
          let next =
            index + 1 < subscription.events.count ? subscription.events[index + 1].day : nil
          let isDuring = line.usageDate >= event.day && next.map { line.usageDate < $0 } ?? true
          #expect(!isDuring)
        }
      }
      if let trial = subscription.profile.trial, trial.conversion == nil {
        #expect(subscription.lines.allSatisfy { $0.usageDate <= trial.end })
      }
    }
  }

  @Test func `rests at weekends and in the holidays of the market`() {
    // Lines of office meters by day: weekends and the end of December against ordinary weekdays.
    var perDay: [CalendarDay: Int] = [:]
    for subscription in partner.subscriptions {
      for line in subscription.lines {
        let meter = subscription.profile.usage.meters[line.meter]
        guard MeterKind.all[meter.kind].rhythm == .office else { continue }
        perDay[line.usageDate, default: 0] += 1
      }
    }
    func mean(_ first: String, _ last: String, weekend: Bool) -> Double {
      let days = perDay.filter { day, _ in
        day.description >= first && day.description <= last && (day.weekday >= 5) == weekend
      }
      return Double(days.values.reduce(0, +)) / Double(max(1, days.count))
    }
    let ordinary = mean("2026-01-12", "2026-02-13", weekend: false)
    #expect(mean("2026-01-12", "2026-02-13", weekend: true) < 0.2 * ordinary)
    #expect(mean("2025-12-22", "2025-12-31", weekend: false) < 0.85 * ordinary)
  }

  @Test func `fades before most departures, but not before all`() {
    var faded = 0
    var judged = 0
    for subscription in partner.external {
      guard let left = subscription.day(of: .churned), left - subscription.calendar.first > 28
      else {
        continue
      }
      // Lines in the last four weeks against the four weeks that ended twelve weeks before.
      func lines(_ from: Int, _ to: Int) -> Int {
        subscription.lines.count { left - $0.usageDate > from && left - $0.usageDate <= to }
      }
      let before = lines(84, 112)
      guard before >= 8 else { continue }
      judged += 1
      if Double(lines(0, 28)) < 0.6 * Double(before) { faded += 1 }
    }
    #expect(judged >= 20)
    #expect(2 * faded > judged && faded < judged)
  }

  @Test func `keeps most of those that stay from fading`() {
    // The same comparison for who is still there at the end.
    var faded = 0
    var judged = 0
    for subscription in partner.external where subscription.events.isEmpty {
      let last = subscription.calendar.last - 4
      func lines(_ from: Int, _ to: Int) -> Int {
        subscription.lines.count { last - $0.usageDate > from && last - $0.usageDate <= to }
      }
      let before = lines(84, 112)
      guard before >= 8 else { continue }
      judged += 1
      if Double(lines(0, 28)) < 0.6 * Double(before) { faded += 1 }
    }
    #expect(judged >= 200)
    #expect(faded > 0 && faded * 6 < judged)
  }
}
