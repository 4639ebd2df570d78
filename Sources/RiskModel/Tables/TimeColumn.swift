internal import History

/// The times of a table, in order and, where they are known, with their distances.
///
///     all whole numbers up to ± 2²⁹   as they are: sums and differences of two fit into 32 bits
///     all days as 2026-11-16          days since 1970-01-01
///     all other numbers               their ranks, noted
///     anything else                   ranks of the texts in alphabetical order, noted
struct TimeColumn: Sendable {
  /// One per row.
  let times: [Int32]
  let note: TableNote?

  private static let largest: Int32 = 1 << 29

  /// - Throws: `missingValue` at the first unknown cell.
  init(_ table: TextTable, _ index: Int) throws(TableError) {
    try table.requireValues(index, option: "--time")
    let (cells, name) = (table.columns[index], table.names[index])
    let grammar = NumberGrammar(delimiter: table.delimiter)
    let numbers = cells.compactMap { cell -> Double? in
      guard case .number(let number) = grammar(cell) else { return nil }
      return number
    }
    if numbers.count == cells.count {
      let whole = numbers.compactMap { Int32(exactly: $0) }
        .filter { -Self.largest...Self.largest ~= $0 }
      let isWhole = whole.count == numbers.count
      times = isWhole ? whole : Self.ranks(of: numbers)
      note = isWhole ? nil : .timesByOrder(column: name)
      return
    }
    let days = cells.compactMap { CalendarDay($0) }
    let areDays = days.count == cells.count
    times = areDays ? days.map(\.daysSinceEpoch) : Self.ranks(of: cells)
    note = areDays ? nil : .timesAsText(column: name)
  }

  private static func ranks<Value: Hashable & Comparable>(of values: [Value]) -> [Int32] {
    let different = Set(values).sorted()
    let ranks = Dictionary(
      uniqueKeysWithValues: different.enumerated().map { ($0.element, Int32($0.offset)) })
    return values.map { ranks[$0] ?? 0 }
  }
}
