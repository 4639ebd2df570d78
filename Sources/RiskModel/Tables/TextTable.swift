internal import Files

/// A delimited file in memory, cell by cell as text without white space around it.
///
///     file (gz) ─ bytes ─ header ─┬─ names    one per column, all different
///                                 ├─ columns  one text per row, "" where the cell is empty
///                                 └─ lines    the line that each row starts on, for errors
///
/// Rows keep the order of the file; blank lines are no rows. What separates the cells is told by the
/// header: the one of comma, semicolon and tab that it holds most of.
struct TextTable: Sendable {
  let path: String
  let names: [String]
  /// Per column, one text per row.
  let columns: [[String]]
  /// Per row, from 1.
  let lines: [Int]
  let headerLine: Int
  let delimiter: Character

  var rowCount: Int { lines.count }

  /// Reads a whole file, plain or gzipped; "-" is standard input.
  ///
  /// - Throws: `TableError` when the file cannot be read, has no header or no rows, a column has no
  ///   name or that of another one, or a row has more or fewer cells than the header.
  init(contentsOf path: String) throws(TableError) {
    let bytes = try Self.reading(path) { () throws(FileError) in try contents(ofFile: path) }
    try self.init(bytes: bytes, path: path)
  }

  /// Reads a table that is in memory already; see `init(contentsOf:)`.
  init(bytes: [UInt8], path: String) throws(TableError) {
    var reader = try Self.reading(path) { () throws(FileError) in
      try DelimitedReader(bytes: bytes, path: path)
    }
    let first = try Self.reading(path) { () throws(FileError) in try reader.next() }
    guard let header = first else { throw TableError(path: path, .shape(.noHeader)) }
    let names = header.fields.map(\.withoutOuterSpace)
    try Self.checkNames(names, path: path, line: header.line)
    var columns = [[String]](repeating: [], count: names.count)
    var lines: [Int] = []
    while let row = try Self.reading(path, { () throws(FileError) in try reader.next() }) {
      guard row.fields.count == names.count else {
        throw TableError(
          path: path, line: row.line,
          .shape(.raggedRow(cells: row.fields.count, columns: names.count)))
      }
      for (index, cell) in row.fields.enumerated() {
        columns[index].append(cell.withoutOuterSpace)
      }
      lines.append(row.line)
    }
    guard !lines.isEmpty else { throw TableError(path: path, line: header.line, .shape(.noRows)) }
    self.path = path
    self.names = names
    self.columns = columns
    self.lines = lines
    headerLine = header.line
    delimiter = reader.delimiter
  }

  /// The number of the column that an option names.
  ///
  /// - Throws: `missingColumn`, with the nearest name there is.
  func column(named name: String, option: String) throws(TableError) -> Int {
    guard let column = names.firstIndex(of: name) else {
      throw TableError(
        path: path, line: headerLine,
        .shape(
          .missingColumn(name, option: option, nearest: nearestName(to: name, among: names))))
    }
    return column
  }

  /// - Throws: `missingValue` at the first cell of the column that is unknown.
  func requireValues(_ index: Int, option: String) throws(TableError) {
    guard let row = columns[index].firstIndex(where: isUnknown) else { return }
    throw TableError(
      path: path, line: lines[row], .rows(.missingValue(column: names[index], option: option)))
  }

  private static func checkNames(
    _ names: [String], path: String, line: Int
  ) throws(TableError) {
    var positions: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw TableError(path: path, line: line, .shape(.unnamedColumn(position: index + 1)))
      }
      if let earlier = positions.updateValue(index + 1, forKey: name) {
        throw TableError(
          path: path, line: line,
          .shape(.repeatedColumn(name, first: earlier, second: index + 1)))
      }
    }
  }

  private static func reading<Result>(
    _ path: String, _ body: () throws(FileError) -> Result
  ) throws(TableError) -> Result {
    do { return try body() } catch { throw TableError(path: path, .file(error)) }
  }
}
