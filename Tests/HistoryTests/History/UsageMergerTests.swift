import TestSupport
import Testing

@testable import History

struct UsageMergerTests {
  /// Imports by rank; "-" is one without an explicit day.
  private func merged(
    imports: [String], _ lines: [(rank: Int32, day: String, meter: Int32, quantity: Double)]
  ) -> [String] {
    let orders = imports.enumerated().map { index, text in
      ImportOrder(
        id: Int64(index + 1), observedOn: CalendarDay(text) ?? day("2030-01-01"),
        explicitDay: CalendarDay(text), source: 0, sourceName: "default", resource: .usage)
    }
    var sourced = lines.map {
      SourcedLine(
        day: day($0.day).daysSinceEpoch, meter: $0.meter, rank: $0.rank, chunk: 0,
        quantity: $0.quantity)
    }
    var history = UsageHistory()
    UsageMerger(orders).merge(&sourced, into: &history)
    return (0..<history.count).map { row in
      let known = history.firstKnown[row]
      return "\(history.days[row]) \(history.meters[row]) \(history.quantities[row]) "
        + (known == UsageHistory.earliest ? "earliest" : "\(known)")
    }
  }

  @Test func `keeps lines of one import, ordered by day and meter`() {
    #expect(
      merged(
        imports: ["-"], [(0, "2025-03-02", 1, 5), (0, "2025-03-01", 2, 4), (0, "2025-03-01", 1, 3)])
        == ["2025-03-01 1 3.0 earliest", "2025-03-01 2 4.0 earliest", "2025-03-02 1 5.0 earliest"])
  }

  @Test func `dates a first line by the explicit day of its import`() {
    #expect(
      merged(imports: ["2025-03-10"], [(0, "2025-03-02", 4, 11)])
        == ["2025-03-02 4 11.0 2025-03-10"])
  }

  /// A line that comes more than 31 days after its day is a backfill: nothing dates it.
  @Test func `leaves a backfill to the reporting lag`() {
    #expect(
      merged(imports: ["2025-04-01"], [(0, "2025-03-01", 1, 1), (0, "2025-02-28", 1, 1)])
        == ["2025-02-28 1 1.0 earliest", "2025-03-01 1 1.0 2025-04-01"])
  }

  @Test func `drops what was said before`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-17"], [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 5)])
        == ["2025-03-02 1 5.0 2025-03-10"])
  }

  @Test func `keeps a correction with the day on which it came`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-17", "2025-06-01"],
        [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 6), (2, "2025-03-02", 1, 7)])
        == [
          "2025-03-02 1 5.0 2025-03-10", "2025-03-02 1 6.0 2025-03-17",
          "2025-03-02 1 7.0 2025-06-01",
        ])
  }

  @Test func `takes the last of several corrections of one day`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-10"], [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 6)])
        == ["2025-03-02 1 6.0 2025-03-10"])
  }

  @Test func `replaces everything by another quantity without an explicit day`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-17", "-"],
        [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 6), (2, "2025-03-02", 1, 7)])
        == ["2025-03-02 1 7.0 earliest"])
  }

  @Test func `lets an undated duplicate make a line known earlier`() {
    #expect(
      merged(imports: ["2025-03-10", "-"], [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 5)])
        == ["2025-03-02 1 5.0 earliest"])
  }

  /// A full export repeats old lines years later; what was known when must survive that.
  @Test func `keeps the day of a line that a much later dated export repeats`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-06-01"], [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 5)])
        == ["2025-03-02 1 5.0 2025-03-10"])
  }

  @Test func `never moves a correction before what it corrects`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-17", "-"],
        [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 6), (2, "2025-03-02", 1, 6)])
        == ["2025-03-02 1 5.0 2025-03-10", "2025-03-02 1 6.0 2025-03-17"])
  }

  @Test func `returns to an earlier quantity by another correction`() {
    #expect(
      merged(
        imports: ["2025-03-10", "2025-03-17", "2025-03-24"],
        [(0, "2025-03-02", 1, 5), (1, "2025-03-02", 1, 6), (2, "2025-03-02", 1, 5)]
      ).count == 3)
  }

  @Test func `lets the later chunk of an import win`() {
    let order = ImportOrder(
      id: 1, observedOn: day("2025-03-10"), explicitDay: day("2025-03-10"), source: 0,
      sourceName: "default", resource: .usage)
    var lines = [1, 0].map {
      SourcedLine(
        day: day("2025-03-02").daysSinceEpoch, meter: 1, rank: 0, chunk: $0, quantity: Double($0))
    }
    var history = UsageHistory()
    UsageMerger([order]).merge(&lines, into: &history)
    #expect(history.quantities == [1])
  }
}
