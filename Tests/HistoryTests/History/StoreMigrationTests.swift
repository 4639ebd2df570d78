import Testing

@testable import History

struct StoreMigrationTests {
  /// A store as the first version left it, with one subscription and one usage line.
  ///
  /// - Returns: its customers, as text.
  @discardableResult
  private func olderStore(in folder: ExportFolder) throws -> String {
    folder.write("2025-01-06/s.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "4") + "\n")
    try folder.import("2025-01-06")
    let customers = "\(try folder.reading().customers())"
    let connection = try Connection(path: folder.storePath, access: .writing, patience: 0)
    try connection.execute(
      """
      DROP VIEW usage_tenant; DROP VIEW usage; ALTER TABLE usage_settled RENAME TO usage;
      """)
    for table in try addedTables(connection) { try connection.execute("DROP TABLE \(table)") }
    try connection.execute(
      """
      DROP INDEX usage_by_subscription;
      ALTER TABLE source DROP COLUMN cloud;
      ALTER TABLE meter DROP COLUMN currency;
      PRAGMA user_version = 1;
      """)
    return customers
  }

  /// The tables that the first version did not have.
  private func addedTables(_ connection: Connection) throws -> [String] {
    let first: Set<String> = [
      "source", "import", "import_note", "text", "subscription", "state", "observation", "meter",
      "usage", "usage_day", "usage_meter", "owner_rule", "exclusion",
    ]
    let query = try connection.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    var names: [String] = []
    while try query.step() { names.append(query.text(0)) }
    return names.filter { !first.contains($0) }
  }

  private func version(_ path: String) throws -> Int64? {
    try Connection(path: path, access: .reading, patience: 0).integer("PRAGMA user_version")
  }

  @Test(arguments: [HistoryStore.Purpose.reading, .changing, .importing])
  func `an older store is copied and brought up to date, whoever opens it`(
    purpose: HistoryStore.Purpose
  ) throws {
    let folder = ExportFolder()
    let customers = try olderStore(in: folder)
    let store = try HistoryStore.open(folder.storePath, for: purpose)
    #expect("\(try store.customers())" == customers)
    #expect(try store.imports().count == 2)
    #expect(store.meters.count == 1)
    #expect(try version(folder.storePath) == Schema.version)
    #expect(try version(folder["store.sqlite.version1"]) == 1)
    #expect(folder.permissions("store.sqlite.version1") == 0o600)
    #expect(!folder.has("store.sqlite.version1.partial"))
  }

  @Test func `what is left of a copy that was killed does not matter`() throws {
    let folder = ExportFolder()
    try olderStore(in: folder)
    folder.write("store.sqlite.version1.partial", "half of a copy")
    _ = try HistoryStore.open(folder.storePath, for: .reading)
    #expect(try version(folder["store.sqlite.version1"]) == 1)
  }

  @Test func `a store that another process is writing to is left alone`() throws {
    let folder = ExportFolder()
    try olderStore(in: folder)
    let writer = try Connection(path: folder.storePath, access: .writing, patience: 0)
    try writer.execute("BEGIN IMMEDIATE")
    let error = #expect(throws: HistoryError.self) {
      try HistoryStore.open(folder.storePath, for: .reading, patience: 0)
    }
    #expect(error?.kind == .busy)
    try writer.execute("ROLLBACK")
    #expect(try version(folder.storePath) == 1)
    #expect(!folder.has("store.sqlite.version1"))
  }

  @Test func `an upgraded store has the tables of a new one`() throws {
    let (older, newer) = (ExportFolder(), ExportFolder())
    try olderStore(in: older)
    newer.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try newer.import("2025-01-06.json")
    func tables(_ store: HistoryStore) throws -> [String] {
      let query = try store.connection.prepare(
        """
        SELECT m.name || '.' || c.name || ' ' || c.type
        FROM sqlite_schema m JOIN pragma_table_info(m.name) c ORDER BY 1
        """)
      var names: [String] = []
      while try query.step() { names.append(query.text(0)) }
      return names
    }
    #expect(try tables(older.reading()) == tables(newer.reading()))
  }
}
