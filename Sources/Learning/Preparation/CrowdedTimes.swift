/// The times at which there are enough rows to tell that something is unknown of everyone then.
struct CrowdedTimes: Sendable {
  /// Per row, the slot of its time; -1 where the time has too few rows.
  private let slots: [Int32]
  /// Rows per slot.
  private let counts: [Int]

  /// - Parameters:
  ///   - times: One per row.
  ///   - fewestRows: Times with fewer rows tell nothing: there, all may lack a value by chance.
  init(_ times: [Int32], fewestRows: Int) {
    var rowsOfTime: [Int32: Int] = [:]
    for time in times { rowsOfTime[time, default: 0] += 1 }
    var slotOfTime: [Int32: Int32] = [:]
    var counts: [Int] = []
    for (time, count) in rowsOfTime.sorted(by: { $0.key < $1.key }) where count >= fewestRows {
      slotOfTime[time] = Int32(counts.count)
      counts.append(count)
    }
    slots = times.map { slotOfTime[$0] ?? -1 }
    self.counts = counts
  }

  /// Of some rows of a dataset; nil without times.
  init?(_ dataset: Dataset, rows: [Int], fewestRows: Int) {
    guard let times = dataset.times else { return nil }
    self.init(rows.map { times[$0] }, fewestRows: fewestRows)
  }

  /// Whether a column is unknown of everyone at the times of most rows.
  ///
  /// A window of 56 days in a history of 60: whether it is known says which day it is and nothing
  /// about a row, so a weight for that would be one for the day, and what is judged comes later.
  ///
  /// - Parameters:
  ///   - column: Of the dataset.
  ///   - rows: The rows that the times are of.
  /// - Returns: False for a column that is known of nobody at all.
  func areTold(by column: Column, rows: [Int]) -> Bool {
    let share =
      switch column {
      case .numeric(let values): shareOfRows(atTimesWithout: { !values[rows[$0]].isNaN })
      case .categorical(let codes, _): shareOfRows(atTimesWithout: { codes[rows[$0]] >= 0 })
      }
    return share > 0.5 && share < 1
  }

  /// The share of all rows that stand at a time where not one row has it.
  ///
  /// - Parameter hasIt: Whether the row at a position has it.
  /// - Returns: 0 to 1.
  func shareOfRows(atTimesWithout hasIt: (Int) -> Bool) -> Double {
    var isDark = [Bool](repeating: true, count: counts.count)
    for (position, slot) in slots.enumerated() where slot >= 0 && hasIt(position) {
      isDark[Int(slot)] = false
    }
    let dark = zip(counts, isDark).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    return slots.isEmpty ? 0 : Double(dark) / Double(slots.count)
  }
}
