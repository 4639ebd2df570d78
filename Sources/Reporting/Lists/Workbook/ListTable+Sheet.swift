internal import Files
internal import Words

extension ListTable {
  /// Narrower than elsewhere, so that what is read first fits on a page across.
  private static let sheetWidths: [String: Double] = [
    "rank": 6, "customerName": 30, "subscriptionName": 24, "change": 12, "reason1": 50,
    "nextDeadline": 13,
  ]

  /// The columns of `list` in the widths of a sheet.
  static func sheet(_ rows: [AtRiskDocument.Row], of document: AtRiskDocument) -> ListTable {
    let list = list(rows, of: document)
    return ListTable(
      columns: list.columns.map {
        Column($0.name, $0.kind, $0.title, sheetWidths[$0.name] ?? $0.width)
      }, itemCount: list.itemCount, rowCount: list.rowCount, rows: list.rows)
  }

  /// The same table with some columns first.
  ///
  /// - Parameter names: in their order; names that the table does not have are left out.
  /// - Returns: all its columns and rows.
  func arranged(first names: [String]) -> ListTable {
    let first = names.compactMap { name in columns.firstIndex { $0.name == name } }
    let places = first + columns.indices.filter { !first.contains($0) }
    guard places != Array(columns.indices) else { return self }
    return ListTable(
      columns: places.map { columns[$0] }, itemCount: itemCount, rowCount: rowCount
    ) { item in
      rows(item).map { cells in places.map { cells[$0] } }
    }
  }
}
