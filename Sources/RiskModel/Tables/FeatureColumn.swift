internal import Learning

/// A feature made from the texts of a column, and what is to be said about it.
///
///     known cells         the column is
///     all numbers         numeric, unknown cells are NaN
///     all text            categorical, levels in alphabetical order, unknown cells are code −1
///     numbers and text    an error when one cell, or at most 5 % of them, is text: a misprint, or
///                         another word for "unknown"; else categorical, with a note
///
/// An infinite number is an error wherever numbers are the rule. The whole column decides, never its
/// first rows: the order of the rows must not change what a column is.
struct FeatureColumn: Sendable {
  let column: Column
  let note: TableNote?

  /// Decides what a column is, and makes it.
  ///
  /// - Parameters:
  ///   - table: where the texts are.
  ///   - index: the column's number.
  ///   - isCategorical: take numbers as text.
  /// - Throws: `textAmongNumbers` or `infiniteNumber`, with the line of the first such cell.
  init(_ table: TextTable, _ index: Int, isCategorical: Bool) throws(TableError) {
    let (cells, name) = (table.columns[index], table.names[index])
    guard !isCategorical else {
      (column, note) = (Self.categorical(cells), nil)
      return
    }
    let grammar = NumberGrammar(delimiter: table.delimiter)
    var values: [Double] = []
    values.reserveCapacity(cells.count)
    var (numbers, texts) = (0, 0)
    var firstText: Int?
    var firstInfinite: Int?
    for (row, cell) in cells.enumerated() {
      var value = Double.nan
      switch grammar(cell) {
      case .unknown: break
      case .number(let number):
        value = number
        numbers += 1
      case .infinite:
        numbers += 1
        firstInfinite = firstInfinite ?? row
      case .text:
        texts += 1
        firstText = firstText ?? row
      }
      values.append(value)
    }
    let isMisprint = numbers > 0 && texts > 0 && Self.isMisprint(texts, of: numbers + texts)
    if isMisprint, let row = firstText {
      throw TableError(
        path: table.path, line: table.lines[row],
        .features(.textAmongNumbers(column: name, texts: texts, numbers: numbers)))
    }
    if texts == 0, let row = firstInfinite {
      throw TableError(
        path: table.path, line: table.lines[row], .features(.infiniteNumber(column: name)))
    }
    guard texts > 0 else {
      (column, note) = (.numeric(values), nil)
      return
    }
    column = Self.categorical(cells)
    note = Self.note(on: column, name: name, numbers: numbers, texts: texts)
  }

  private static func isMisprint(_ texts: Int, of known: Int) -> Bool {
    texts == 1 && known > 2 || texts * 20 <= known
  }

  private static func categorical(_ cells: [String]) -> Column {
    var codeOfLevel: [String: Int32] = [:]
    for cell in cells where !isUnknown(cell) { codeOfLevel[cell] = 0 }
    // The order of levels is that of the texts, so that it does not depend on the order of rows.
    let levels = codeOfLevel.keys.sorted()
    for (code, level) in levels.enumerated() { codeOfLevel[level] = Int32(code) }
    return .categorical(codes: cells.map { codeOfLevel[$0] ?? -1 }, levels: levels)
  }

  /// A column is said to be nearly all different when more than half of its known cells are.
  private static func note(
    on column: Column, name: String, numbers: Int, texts: Int
  ) -> TableNote? {
    guard case .categorical(_, let levels) = column else { return nil }
    if numbers > 0 { return .numbersAsText(column: name, numbers: numbers, texts: texts) }
    return levels.count * 2 > texts && levels.count > 20
      ? .nearlyAllDifferent(column: name, levels: levels.count) : nil
  }
}

extension Column {
  /// Whether two of the rows hold different values; unknown is a value of its own.
  func differs(among rows: [Int]) -> Bool {
    guard let first = rows.first else { return false }
    return switch self {
    case .numeric(let x):
      rows.contains { x[$0] != x[first] && !(x[$0].isNaN && x[first].isNaN) }
    case .categorical(let codes, _): rows.contains { codes[$0] != codes[first] }
    }
  }
}
