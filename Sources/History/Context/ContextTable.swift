// What surrounds the subscriptions: resellers, referrals, searches, licences, customers.
//
//   a list of columns ─┬─► CREATE TABLE   of Schema
//                      ├─► ContextLoader  rows of a file ──► rows of the table
//                      └─► ContextRow     rows of the table ──► readers
//
// Nothing here decides about churn, so nothing is folded or merged: a row is kept as its file had it,
// and means what was so on the observation day of its import. A value that cannot be read is left out
// and counted, because the rest of its row is worth keeping.

/// The description of one table of context, from which everything that handles it is made.
///
/// The tables are part of the store's layout: a column that is added after a release needs an upgrade
/// of the schema as well.
package struct ContextTable: Sendable {
  /// What the rows are about.
  package let resource: Resource
  package let columns: [ContextColumn]
  /// The positions of the columns of which a row needs at least one.
  let identity: [Int]
  /// The name of the SQL table.
  let sqlName: String

  /// A table whose columns are named as the source names its properties.
  ///
  /// - Parameters:
  ///   - sqlName: of the table.
  ///   - resource: what the rows are about; no two tables are about the same.
  ///   - identity: the names of the columns of which a row needs at least one.
  ///   - columns: in the order in which they are kept.
  init(
    _ sqlName: String, _ resource: Resource, identity: [String], columns: [ContextColumn]
  ) {
    self.sqlName = sqlName
    self.resource = resource
    self.columns = columns
    self.identity = identity.map { name in
      guard let column = columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("the table \(sqlName) has no column \(name)")
      }
      return column
    }
  }

  /// The tables of all formats of context, in the order of the catalog.
  package static let all = importFormats.compactMap { ($0 as? any ContextFormat)?.table }

  /// The table about a resource; nil when there is none.
  package static func about(_ resource: Resource) -> ContextTable? {
    all.first { $0.resource == resource }
  }

  /// The position of a column.
  ///
  /// - Precondition: there is such a column.
  package func position(of column: String) -> Int {
    guard let position = columns.firstIndex(where: { $0.name == column }) else {
      preconditionFailure("the table \(sqlName) has no column \(column)")
    }
    return position
  }

  /// The statement that makes the table.
  ///
  /// Rows are numbered by their position in the file and not by their line: a JSON document may have
  /// all of them on one line.
  var creation: String {
    let list = columns.map { "  \($0.name) \($0.kind.sqlType),\n" }.joined()
    return """
      CREATE TABLE \(sqlName) (
        import INTEGER NOT NULL REFERENCES import,
        position INTEGER NOT NULL,
      \(list)  PRIMARY KEY (import, position)
      ) STRICT, WITHOUT ROWID;
      """
  }
}

/// One column of a table of context.
package struct ContextColumn: Sendable, Hashable {
  /// What its values are.
  package enum Kind: Sendable, Hashable {
    /// As written, without spaces around it.
    case text
    /// A GUID in lower case, or another id as written; a number counts as its digits.
    case id
    /// The tenant of a customer: the same, always in lower case, as everywhere in the store.
    case tenant
    /// A UTC day; the year 1, and an end in 2100 or later, are no day.
    case day
    case boolean
    /// A whole number ≥ 0, also as a text or a decimal.
    case count
    /// Any finite number.
    case number

    /// The type of the SQL column; days count from 1970-01-01, booleans are 0 and 1.
    var sqlType: String {
      switch self {
      case .text, .id, .tenant: "TEXT"
      case .day, .boolean, .count: "INTEGER"
      case .number: "REAL"
      }
    }
  }

  /// The property, as Microsoft's reference spells it.
  package let name: String
  package let kind: Kind
  /// The names that it goes by in files, the first one its own.
  let names: [String]

  private init(_ kind: Kind, _ name: String, _ aliases: [String]) {
    self.kind = kind
    self.name = name
    var seen = Set([name.lowercased()])
    names = [name] + aliases.filter { seen.insert($0.lowercased()).inserted }
  }

  static func text(_ name: String, or aliases: String...) -> Self { Self(.text, name, aliases) }
  static func id(_ name: String, or aliases: String...) -> Self { Self(.id, name, aliases) }
  static func tenant(_ name: String, or aliases: String...) -> Self { Self(.tenant, name, aliases) }
  static func day(_ name: String, or aliases: String...) -> Self { Self(.day, name, aliases) }
  static func boolean(_ name: String) -> Self { Self(.boolean, name, []) }
  static func count(_ name: String, or aliases: String...) -> Self { Self(.count, name, aliases) }
  static func number(_ name: String) -> Self { Self(.number, name, []) }

  /// The same column under more names.
  func or(_ aliases: [String]) -> Self { Self(kind, name, names + aliases) }
}
