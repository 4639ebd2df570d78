/// Reads blocks of lines into tables of cells, many rows with one call.
///
/// Belongs to one thread at a time. What is no plain row (`CellTable`) is left to whoever reads single
/// rows.
package protocol LinesParser: AnyObject {
  /// Reads the lines of `block[range]`; all of them end within it.
  ///
  /// - Parameters:
  ///   - block: bytes, of which at least `JSONLinesParser.padding` follow the range.
  ///   - range: whole lines.
  ///   - longestLine: in bytes; longer lines are odd.
  ///   - table: emptied, then filled; its offsets count from the start of the range.
  func parse(
    _ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int, into table: inout CellTable)

  /// The text of an escaped cell.
  ///
  /// - Parameters:
  ///   - cell: of the last table.
  ///   - text: the block from the start of the range that was parsed; no quote follows the range.
  /// - Returns: nil when its escapes are wrong.
  func unescaped(_ cell: CellTable.Cell, in text: Span<UInt8>) -> [UInt8]?
}
