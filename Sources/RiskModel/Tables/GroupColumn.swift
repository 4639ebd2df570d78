/// The groups of a table: equal texts, equal numbers.
struct GroupColumn: Sendable {
  /// One per row, from 0 in order of appearance.
  let groups: [Int32]

  /// - Throws: `missingValue` at the first unknown cell.
  init(_ table: TextTable, _ index: Int) throws(TableError) {
    try table.requireValues(index, option: "--group")
    var numbers: [String: Int32] = [:]
    groups = table.columns[index].map { cell in
      let number = numbers[cell] ?? Int32(numbers.count)
      numbers[cell] = number
      return number
    }
  }
}
