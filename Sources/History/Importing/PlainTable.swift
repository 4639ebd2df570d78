internal import Files

// Delimited text of millions of rows, on all cores.
//
//   head ──► header, columns ──► blocks of rows (BlockReader) ──┬─► all of them plain: done
//                                                               └─► not: everything taken back, and
//                                                                   row by row, in memory
//
// Lines can be given to several threads only when each is a row by itself, and a row can be taken before
// the others are seen only when none of them tells how its dates and numbers are meant. Nearly every
// table is like that, and the first row that is not says so, however late. What cannot be read twice is
// read carefully at once.

/// A delimited text that may be read in blocks.
struct PlainTable {
  let layout: DelimitedLayout
  /// The rows of the head, behind the header.
  let beginning: [UInt8]
  /// Of the first row.
  let line: Int
  /// Stands behind the header.
  let reader: DelimitedReader

  /// Looks at the header of a file; nil when it must be read carefully, whatever the reason.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - head: its first bytes, inflated.
  ///   - loader: of the format that recognised it.
  ///   - columns: the columns of each field for a header.
  init?<Loader: BlockLoader>(
    path: String, head: [UInt8], _ loader: Loader, columns: ([String]) -> [[Int]]
  ) {
    guard FileStatus(path: path)?.kind == .file,
      var reader = try? DelimitedReader(bytes: head, path: path),
      let header = try? reader.next()?.fields
    else { return nil }
    let place = reader.place
    // A header that fills the head may go on behind it.
    guard place.offset < head.count, !head[place.offset...].starts(with: [0xEF, 0xBB, 0xBF]),
      Set(header.map { $0.trimmingSpaces().lowercased() }).count == header.count,
      let separator = reader.delimiter.asciiValue
    else { return nil }
    var fields = [Int32](repeating: -1, count: header.count)
    for (field, columns) in columns(header).enumerated() {
      // Of several columns that of the row counts which is filled.
      guard columns.count <= 1 else { return nil }
      if let column = columns.first { fields[column] = Int32(field) }
    }
    self.reader = reader
    layout = DelimitedLayout(
      separator: separator, fields: fields, fieldCount: loader.fields.count,
      numberFields: loader.numberFields, dateFields: loader.dateFields,
      laxFields: loader.laxFields)
    beginning = Array(head[place.offset...])
    line = place.line
  }
}
