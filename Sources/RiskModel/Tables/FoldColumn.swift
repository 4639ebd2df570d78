/// The folds of a table.
struct FoldColumn: Sendable {
  /// One per row, ≥ −2.
  let folds: [Int32]

  /// - Throws: `invalidFold` at the first cell that is no whole number from −2; `noFoldToPredict`.
  init(_ table: TextTable, _ index: Int) throws(TableError) {
    let (cells, name) = (table.columns[index], table.names[index])
    let grammar = NumberGrammar(delimiter: table.delimiter)
    var folds: [Int32] = []
    for (row, cell) in cells.enumerated() {
      // Whole numbers come as 1.0 from programs that keep a column with gaps as floating point.
      guard case .number(let number) = grammar(cell), let fold = Int32(exactly: number), fold >= -2
      else {
        throw TableError(
          path: table.path, line: table.lines[row], .rows(.invalidFold(column: name)))
      }
      folds.append(fold)
    }
    guard folds.contains(where: { $0 >= 0 }) else {
      throw TableError(path: table.path, .rows(.noFoldToPredict(column: name)))
    }
    self.folds = folds
  }
}
