/// A value of a row of context.
package enum ContextValue: Sendable, Hashable {
  case text(String)
  case day(CalendarDay)
  case boolean(Bool)
  case count(Int)
  case number(Double)
}

/// A row of context, as one import had it.
package struct ContextRow: Sendable {
  /// Describes the values.
  package let table: ContextTable
  /// Name of the source.
  package let source: String
  /// The day on which it was so.
  package let observedOn: CalendarDay
  /// By the position of their column; nil where the row has none that can be read.
  package let values: [ContextValue?]

  /// The value of a column.
  ///
  /// - Precondition: the table has such a column.
  package subscript(column: String) -> ContextValue? { values[table.position(of: column)] }

  /// The text of a column of texts or ids; nil for none.
  package func text(_ column: String) -> String? {
    guard case .text(let text) = self[column] else { return nil }
    return text
  }

  /// The day of a column of days; nil for none.
  package func day(_ column: String) -> CalendarDay? {
    guard case .day(let day) = self[column] else { return nil }
    return day
  }

  /// The value of a column of counts; nil for none.
  package func count(_ column: String) -> Int? {
    guard case .count(let count) = self[column] else { return nil }
    return count
  }

  /// The value of a column of booleans; nil for none.
  package func boolean(_ column: String) -> Bool? {
    guard case .boolean(let boolean) = self[column] else { return nil }
    return boolean
  }

  /// The value of a column of numbers; nil for none.
  package func number(_ column: String) -> Double? {
    guard case .number(let number) = self[column] else { return nil }
    return number
  }
}
