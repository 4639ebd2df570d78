// Which columns of which tables say whose data a row holds.
//
//   column            as a number              as a text        as 16 bytes
//   ───────────────   ──────────────────────   ──────────────   ─────────────
//   subscription,     row id in subscription   GUID, any case   GUID
//   subscriptionId
//   tenant,           row id in text           any case
//   customerTenantId
//   customerName      row id in text           as written
//
// They are found by their names in whatever tables the store has, so that a table which is added later is
// erased from without a word about it here. By name alone a row is taken only where it has no id of the
// customer: two customers may have the same name.

/// A column that says whose data a row of a table holds.
struct PersonalColumn: Hashable {
  enum Subject: Hashable {
    case subscription, tenant, name
  }

  enum Form: Hashable {
    case rowId, text, blob
  }

  var table: String
  var column: String
  var subject: Subject
  var form: Form
  /// Columns with ids in the same table: where one is filled, the name does not count.
  var unlessFilled: [String] = []

  /// What is to follow a condition on the column in SQL.
  var restriction: String { unlessFilled.map { " AND \"\($0)\" IS NULL" }.joined() }

  private static let subjects: [String: Subject] = [
    "subscription": .subscription, "subscriptionid": .subscription, "tenant": .tenant,
    "customertenantid": .tenant, "customername": .name,
  ]

  /// Those of every table of a store, by table, then in the order of the columns.
  static func all(in connection: Connection) throws(HistoryError) -> [PersonalColumn] {
    let query = try connection.prepare(
      """
      SELECT schema.name, info.name, info.type
      FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS info
      WHERE schema.type = 'table' ORDER BY schema.name, info.cid
      """)
    var found: [PersonalColumn] = []
    while try query.step() {
      guard let subject = subjects[query.text(1).lowercased()] else { continue }
      let form: Form =
        switch query.text(2).uppercased() {
        case "INTEGER": .rowId
        case "BLOB": .blob
        default: .text
        }
      found.append(
        PersonalColumn(table: query.text(0), column: query.text(1), subject: subject, form: form))
    }
    return found.map { column in
      var column = column
      if column.subject == .name {
        column.unlessFilled = found.filter { $0.table == column.table && $0.subject != .name }
          .map(\.column)
      }
      return column
    }
  }
}
