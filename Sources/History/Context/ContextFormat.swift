internal import Files

/// A format whose rows go into a table of context as they are.
///
/// It is a description only: the columns of its table, and those by which a file is known.
protocol ContextFormat: ImportFormat {
  /// Where the rows go.
  static var table: ContextTable { get }
  /// Columns that no other export has: a file with any of them is of this format.
  static var signs: [String] { get }
}

extension ContextFormat {
  var table: ContextTable { Self.table }
  var resource: Resource { Self.table.resource }

  func recognises(_ head: FileHead) -> Recognition {
    Self.signs.contains { head.has($0) } ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { ContextLoader(table, file) }
}

/// Loads the rows of a file into a table of context.
final class ContextLoader: FieldRowLoader {
  let fields: [[String]]
  let file: FileImport
  private let table: ContextTable
  /// The column that tells whose export it is.
  private let partnerTenant: Int?
  private var position = 0

  /// Members that the API adds to each row and that say nothing about it.
  private static let decoration = ["attributes", "links"]

  init(_ table: ContextTable, _ file: FileImport) {
    self.table = table
    self.file = file
    fields = table.columns.map(\.names) + [Self.decoration]
    partnerTenant = table.columns.firstIndex { $0.name == "partnerTenantId" }
  }

  func load(_ row: FieldRow) throws(HistoryError) {
    let values = table.columns.indices.map { value(of: row, $0) }
    guard table.identity.contains(where: { values[$0] != nil }) else { return try reject(row) }
    if let partnerTenant, let tenant = row.text(partnerTenant) {
      file.takePartnerTenant(tenant.utf8Span.span)
    }
    position += 1
    try file.transaction.store.insert(
      values, position: position, into: table, importId: file.transaction.importId)
    file.accept()
  }

  private func reject(_ row: FieldRow) throws(HistoryError) {
    // Something is written there, and it cannot be read.
    for index in table.identity {
      let column = table.columns[index]
      if column.kind == .day {
        guard row.date(index) != .unset else { continue }
        return try file.reject(
          line: row.line, column: column.name, row.date(index).problem)
      }
      guard let value = row.values[index], value != .null,
        value == .nested || row.text(index) != nil
      else { continue }
      return try file.reject(line: row.line, column: column.name, "the value cannot be read")
    }
    let names = table.identity.map { table.columns[$0].name }
    try file.reject(
      line: row.line, column: names[0],
      names.count == 1
        ? "the row has no \(names[0])" : "the row has none of \(names.joined(separator: ", "))")
  }

  /// The value of a column; what cannot be read is noted and left out.
  private func value(of row: FieldRow, _ index: Int) -> ContextValue? {
    let column = table.columns[index]
    if column.kind == .day {
      switch row.date(index) {
      case .day(let day): return .day(day)
      case .unset, .noEnd: return nil
      case .ambiguous:
        file.note(
          unknownValue: "(day or month first? say which with --date-order)", of: column.name)
        return nil
      case .invalid:
        file.note(unknownValue: "(not a date)", of: column.name)
        return nil
      }
    }
    guard let text = text(of: row, index, column) else { return nil }
    if column.kind == .number || column.kind == .count {
      if let number = row.number(index).value,
        let value = Self.value(of: number, column.kind)
      {
        return value
      }
    } else if let value = Self.value(of: text, column.kind) {
      return value
    }
    file.note(unknownValue: text, of: column.name)
    return nil
  }

  /// A plain value as text; nil for none.
  private func text(of row: FieldRow, _ index: Int, _ column: ContextColumn) -> String? {
    switch row.values[index] {
    case .nested:
      file.note(unknownValue: "(not a plain value)", of: column.name)
      return nil
    case .number(let number):
      // An id or a count that was written as 2604568.0.
      return Int(exactly: number).map { String($0) } ?? row.text(index)
    default: return row.text(index)
    }
  }

  private static func value(of text: String, _ kind: ContextColumn.Kind) -> ContextValue? {
    switch kind {
    case .text: return .text(text)
    case .id: return .text(GUID(text)?.description ?? text)
    case .tenant: return .text(GUID(text)?.description ?? text.lowercased())
    case .boolean: return parsedBoolean(text).map { .boolean($0) }
    case .number, .count, .day: return nil
    }
  }

  private static func value(of number: Double, _ kind: ContextColumn.Kind) -> ContextValue? {
    guard number.isFinite else { return nil }
    if kind == .number { return .number(number) }
    guard number >= 0, number < 0x1p53, number == number.rounded() else { return nil }
    return .count(Int(number))
  }
}
