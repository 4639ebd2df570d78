import TestSupport
import Testing

@testable import History

/// Two histories of one subscription in one.
struct MergedUsageTests {
  /// Rows as texts, so that what is not known equals itself.
  private func rows(_ usage: UsageHistory) -> [String] {
    usage.days.indices.map {
      "\(usage.days[$0].daysSinceEpoch) \(usage.meters[$0]) \(usage.quantities[$0]) "
        + "\(usage.firstKnown[$0]) \(usage.costs.isEmpty ? "none" : "\(usage.costs[$0])")"
    }
  }

  private func history(
    meters: [Int32], hasCosts: Bool, _ generator: inout SeededGenerator
  ) -> UsageHistory {
    var usage = UsageHistory()
    let share = Int.random(in: 0...3, using: &generator)
    for day in 0..<12 as Range<Int32> {
      for meter in meters where Int.random(in: 0...3, using: &generator) < share {
        for known in 0..<Int32.random(in: 1...2, using: &generator) {
          let quantity = Double.random(in: 0...9, using: &generator)
          let (day, known) = (
            CalendarDay(daysSinceEpoch: day), CalendarDay(daysSinceEpoch: known)
          )
          if hasCosts {
            usage.append(
              day: day, meter: meter, quantity: quantity, firstKnown: known, cost: quantity / 2)
          } else {
            usage.append(day: day, meter: meter, quantity: quantity, firstKnown: known)
          }
        }
      }
    }
    return usage
  }

  @Test func `rows of both come by day and meter, with the costs that there are`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let measured = history(meters: [1, 4], hasCosts: false, &generator)
      let billed = history(meters: [0, 2, 7], hasCosts: true, &generator)
      let merged = measured.merged(with: billed)
      var expected: [(day: CalendarDay, meter: Int32, row: String)] = []
      for usage in [measured, billed] {
        for (index, row) in rows(usage).enumerated() {
          expected.append((usage.days[index], usage.meters[index], row))
        }
      }
      // The order of the rows of one day and meter is that of their history.
      let order = expected.indices.sorted {
        (expected[$0].day, expected[$0].meter, $0) < (expected[$1].day, expected[$1].meter, $1)
      }
      let unknown = billed.count == 0 ? "none" : "nan"
      #expect(
        rows(merged) == order.map { expected[$0].row.replacing("none", with: unknown) })
    }
  }
}
