import Files
import Testing

@testable import History

struct PersonalColumnTests {
  /// A table of an import that says whose its rows are must be erased from, and looked through when
  /// rows come again.
  @Test func `finds every column that names a customer or a subscription`() throws {
    let store = try HistoryStore.inMemory(for: "")
    let known = try PersonalColumn.all(in: store.connection)
    let query = try store.connection.prepare(
      """
      SELECT schema.name, info.name
      FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS info
      WHERE schema.type = 'table'
      """)
    var columns: [(table: String, column: String)] = []
    while try query.step() { columns.append((query.text(0), query.text(1))) }
    // Of the market nobody can tell the customer; a state's name goes with its tenant.
    let harmless: Set<String> = [
      "customerMarket", "customerOrgSize", "subscriptionCount",
      // It goes with its row, which has the subscription's id.
      "subscriptionName",
    ]
    for (table, column) in columns where HistoryStore.tablesOfAnImport.contains(table) {
      let name = column.lowercased()
      let isPersonal = ["tenant", "subscription", "customer"].contains { name.contains($0) }
      guard isPersonal, !harmless.contains(column), !name.hasPrefix("partner"),
        // A reseller's dates and counts are over all of its customers.
        table != "indirect_reseller"
      else { continue }
      let isCovered =
        known.contains { $0.table == table && $0.column == column }
      #expect(isCovered, "\(table).\(column) is not erased")
    }
    #expect(
      known.filter { !HistoryStore.tablesOfAnImport.contains($0.table) }.map(\.table)
        == ["state", "state", "state"])
  }

  @Test func `every table with rows of an import is known as one`() throws {
    let store = try HistoryStore.inMemory(for: "")
    let query = try store.connection.prepare(
      """
      SELECT schema.name FROM sqlite_schema AS schema
      JOIN pragma_table_info(schema.name) AS info ON info.name = 'import'
      WHERE schema.type = 'table' ORDER BY 1
      """)
    var tables: [String] = []
    while try query.step() { tables.append(query.text(0)) }
    #expect(tables == HistoryStore.tablesOfAnImport.sorted())
  }

  @Test func `takes a row by its name only where it has no id`() throws {
    let store = try HistoryStore.inMemory(for: "")
    try store.connection.execute(
      """
      CREATE TABLE a (customerName TEXT) STRICT; CREATE TABLE b (customername TEXT, tenant INTEGER) STRICT
      """)
    let known = try PersonalColumn.all(in: store.connection).filter {
      ["a", "b"].contains($0.table)
    }
    #expect(
      known == [
        PersonalColumn(table: "a", column: "customerName", subject: .name, form: .text),
        PersonalColumn(
          table: "b", column: "customername", subject: .name, form: .text, unlessFilled: ["tenant"]),
        PersonalColumn(table: "b", column: "tenant", subject: .tenant, form: .rowId),
      ])
  }

  /// A format that turns ids into row ids by itself would bring back who was erased.
  @Test func `no format looks a subscription up without asking whether it was erased`() throws {
    let folder = #filePath.replacing(
      "Tests/HistoryTests/History/Forgetting/PersonalColumnTests.swift",
      with: "Sources/History/ImportFormats")
    for name in try #require(visibleNames(inFolder: folder)) {
      let text = String(decoding: try contents(ofFile: "\(folder)/\(name)"), as: UTF8.self)
      let looksUp = text.contains("transaction.subscriptionId(")
      #expect(!looksUp || text.contains("isForgotten("), "\(name)")
    }
  }
}
