import TestSupport
import Testing

@testable import History

struct UsageStagingTests {
  @Test func `orders by subscription, day and meter`() {
    var staging = UsageStaging(capacity: 10)
    staging.append(subscription: 2, day: day("2025-01-01"), meter: 1, quantity: 1)
    staging.append(subscription: 1, day: day("2025-01-02"), meter: 1, quantity: 2)
    staging.append(subscription: 1, day: day("2025-01-01"), meter: 9, quantity: 3)
    staging.append(subscription: 1, day: day("2025-01-01"), meter: 2, quantity: 4)
    staging.sort()
    #expect(staging.lines.map(\.quantity) == [4, 3, 2, 1])
    #expect(staging.lines.map(\.subscription) == [1, 1, 1, 2])
    #expect(staging.lines.map(\.meter) == [2, 9, 1, 1])
    #expect(staging.lines[2].daysSinceEpoch == day("2025-01-02").daysSinceEpoch)
  }

  @Test func `keeps the order of the file for lines with the same key`() {
    var staging = UsageStaging(capacity: 10)
    for quantity in 1...5 {
      staging.append(subscription: 1, day: day("2025-01-01"), meter: 1, quantity: Double(quantity))
      staging.append(subscription: 0, day: day("2025-01-01"), meter: 1, quantity: 0)
    }
    staging.sort()
    #expect(staging.lines.suffix(5).map(\.quantity) == [1, 2, 3, 4, 5])
  }

  @Test func `is full at its capacity and empty after it was emptied`() {
    var staging = UsageStaging(capacity: 2)
    staging.append(subscription: 1, day: day("2025-01-01"), meter: 1, quantity: 1)
    #expect(!staging.isFull)
    staging.append(subscription: 1, day: day("2025-01-01"), meter: 1, quantity: 1)
    #expect(staging.isFull)
    staging.removeAll()
    #expect(staging.lines.isEmpty)
    staging.sort()
  }

  @Test func `agrees with a stable sort on random lines, chunk after chunk`() {
    var generator = SeededGenerator(seed: 5)
    var staging = UsageStaging(capacity: 10_000)
    for round in 0..<8 {
      staging.removeAll()
      let few = round.isMultiple(of: 2)
      for number in 0..<Int.random(in: 0...400, using: &generator) {
        staging.append(
          subscription: Int64.random(
            in: 1..<(few ? 3 : UsageStaging.subscriptionLimit), using: &generator),
          day: CalendarDay(
            daysSinceEpoch: Int32.random(
              in: 0..<(few ? 3 : UsageStaging.dayLimit), using: &generator)),
          meter: Int64.random(in: 1..<(few ? 3 : UsageStaging.meterLimit), using: &generator),
          quantity: Double(number))
      }
      let twin = staging.lines.enumerated()
        .sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
      staging.sort()
      #expect(staging.lines.map(\.key) == twin.map(\.key))
      #expect(staging.lines.map(\.quantity) == twin.map(\.quantity))
    }
  }
}
