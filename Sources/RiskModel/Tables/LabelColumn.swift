/// The labels of a table: 1 where the event happened, 0 where it did not.
///
/// Without `--positive` the event is what says so itself: 1, true, yes or y, against 0, false, no or
/// n, in any case. With it, cells equal the value as text or as numbers, and the other value is 0.
struct LabelColumn: Sendable {
  /// 0 or 1 per row; 0 where the row is not used.
  let labels: [Double]

  /// Reads the labels of the rows that are used.
  ///
  /// - Parameters:
  ///   - table: where the texts are.
  ///   - index: the column's number.
  ///   - positive: the value that counts as 1.
  ///   - usedRows: rows that must have a label, ascending; the others are not looked at.
  /// - Throws: a `LabelProblem` unless there are exactly two values and one of them is the event.
  init(
    _ table: TextTable, _ index: Int, positive: String?, usedRows: [Int]
  ) throws(TableError) {
    let (cells, name) = (table.columns[index], table.names[index])
    func fail(_ problem: TableError.LabelProblem, row: Int? = nil) -> TableError {
      TableError(path: table.path, line: row.map { table.lines[$0] }, .label(problem))
    }
    let missing = usedRows.filter { isUnknown(cells[$0]) }
    if let row = missing.first { throw fail(.missing(column: name, rows: missing.count), row: row) }

    let grammar = NumberGrammar(delimiter: table.delimiter)
    var classes: [String] = []
    var labels = [Double](repeating: 0, count: cells.count)
    var classOfText: [String: Int] = [:]
    for row in usedRows {
      let known = classOfText[cells[row]]
      let number = known ?? Self.classNumber(of: cells[row], in: &classes, grammar)
      classOfText[cells[row]] = number
      guard number < 2 else { throw fail(.moreThanTwoClasses(column: name), row: row) }
      labels[row] = Double(number)
    }
    guard classes.count == 2 else { throw fail(.oneClass(column: name)) }

    // So far the label of a row is the number of its class in order of appearance.
    let positiveClass: Int
    if let positive {
      let wanted = Self.key(of: positive.withoutOuterSpace, grammar)
      guard let found = classes.firstIndex(of: wanted) else {
        throw fail(.positiveNotFound(column: name))
      }
      positiveClass = found
    } else {
      let events = classes.map { Self.saysEvent($0) }
      guard let found = events.firstIndex(of: true), events.contains(false) else {
        throw fail(.unknownClasses(column: name))
      }
      positiveClass = found
    }
    if positiveClass == 0 { for row in usedRows { labels[row] = 1 - labels[row] } }
    self.labels = labels
  }

  private static func classNumber(
    of cell: String, in classes: inout [String], _ grammar: NumberGrammar
  ) -> Int {
    let key = key(of: cell, grammar)
    if let known = classes.firstIndex(of: key) { return known }
    classes.append(key)
    return classes.count - 1
  }

  /// Equal for cells that mean the same: `1`, `1.0` and `+1`; `Yes` and `yes`.
  private static func key(of cell: String, _ grammar: NumberGrammar) -> String {
    if case .number(let number) = grammar(cell) { return "\(number + 0)" }
    let lower = cell.lowercased()
    return saysEvent(lower) == nil ? cell : lower
  }

  private static func saysEvent(_ key: String) -> Bool? {
    switch key {
    case "1.0", "true", "yes", "y": true
    case "0.0", "false", "no", "n": false
    default: nil
    }
  }
}
