internal import ForkJoin

/// A dense matrix of doubles stored row after row.
///
///     values = [ row 0: x₀₀ x₀₁ … | row 1: x₁₀ x₁₁ … | … ]      element (i, j) at i·columnCount + j
///
/// Row-major because every kernel walks blocks of whole rows: a block is one contiguous range, so it
/// can be scaled, multiplied and handed to BLAS without a copy.
package struct Matrix: Sendable, Equatable {
  /// Number of rows, ≥ 0.
  package let rowCount: Int

  /// Number of columns, ≥ 0.
  package let columnCount: Int

  /// All elements, row after row; rowCount · columnCount of them.
  package private(set) var values: [Double]

  /// A matrix of the given shape over `values`, row after row.
  ///
  /// - Precondition: `values.count` = rowCount · columnCount.
  package init(rowCount: Int, columnCount: Int, values: [Double]) {
    precondition(
      rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount,
      "Learning: \(values.count) values do not fill a matrix of \(rowCount) x \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix of zeros.
  package init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      values: [Double](repeating: 0, count: rowCount * columnCount))
  }

  /// The matrix with these rows, all of one length.
  package init(rows: [[Double]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == columnCount }, "Learning: matrix rows differ in length")
    self.init(rowCount: rows.count, columnCount: columnCount, values: rows.flatMap { $0 })
  }

  /// One element.
  package subscript(row: Int, column: Int) -> Double {
    get {
      checkColumn(column)
      return values[row * columnCount + column]
    }
    set {
      checkColumn(column)
      values[row * columnCount + column] = newValue
    }
  }

  /// Calls `body` with the columnCount elements of one row.
  package func withRow<Result>(_ row: Int, _ body: (Span<Double>) -> Result) -> Result {
    withRows(row..<row + 1, body)
  }

  /// Calls `body` with the contiguous elements of a range of rows, row after row.
  package func withRows<Result>(_ rows: Range<Int>, _ body: (Span<Double>) -> Result) -> Result {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= rowCount,
      "Learning: rows \(rows) lie outside a matrix of \(rowCount) rows")
    return body(
      values.span.extracting(rows.lowerBound * columnCount..<rows.upperBound * columnCount))
  }

  /// A copy of one column, rowCount elements.
  package func column(_ column: Int) -> [Double] {
    checkColumn(column)
    return (0..<rowCount).map { values[$0 * columnCount + column] }
  }

  /// Fills the matrix in blocks of rows, concurrently.
  ///
  /// - Parameters:
  ///   - blockRows: Rows per block, > 0; fixed by the problem.
  ///   - body: The rows of one block and their elements, row after row, to be written.
  package mutating func fillRowBlocks(
    of blockRows: Int,
    _ body: @Sendable (_ rows: Range<Int>, _ elements: inout MutableSpan<Double>) -> Void
  ) {
    guard columnCount > 0 else { return }
    let rowCount = rowCount
    withConcurrentChunks(of: &values, stride: blockRows * columnCount) { block, slice in
      body(block * blockRows..<min((block + 1) * blockRows, rowCount), &slice)
    }
  }

  private func checkColumn(_ column: Int) {
    precondition(
      column >= 0 && column < columnCount,
      "Learning: column \(column) lies outside a matrix of \(columnCount) columns")
  }
}
