import TestSupport
import Testing

@testable import History

struct ForgetCustomerTests {
  private let folder = ExportFolder()
  /// Customers 1 and 2 in the rows of the tests.
  private let tenants = (1...2).map { guid(900 + $0).description }

  /// Two weeks of two customers, of which the first has subscriptions 1 and 2 and the other 3.
  private func write() {
    for week in ["2025-01-06", "2025-01-13"] {
      folder.write(
        "\(week)/s.json",
        envelope([
          subscriptionRow(1, "\"friendlyName\":\"Blue \(week)\""), subscriptionRow(2),
          subscriptionRow(3, tenant: 2),
        ]))
      let day = week == "2025-01-06" ? "2025-01-05" : "2025-01-12"
      folder.write(
        "\(week)/u.jsonl",
        jsonLines([
          usageRow(1, day, "1"), usageRow(2, day, "2", meter: "Reservation of one"),
          usageRow(3, day, "3", tenant: 2), usageRow(3, "2025-01-02", "3", tenant: 2),
        ]))
    }
    folder.write(
      "owners.csv",
      """
      subscriptionId,customerTenantId,accountManager,email
      \(guid(1)),,Kim,kim@example.com
      ,{\(tenants[0].uppercased())},Kim,kim@example.com
      ,\(tenants[1]),Robin,robin@example.com

      """)
    folder.write(
      "exclusions.csv",
      "subscriptionId,customerTenantId,reason\n,\(tenants[0]),test\n\(guid(2)),,fraud\n"
        + "\(guid(3)),,fraud\n")
  }

  private func importAll() throws -> ImportReport {
    let store = try HistoryStore.open(folder.storePath, for: .importing, patience: 50)
    return try Importer(store).import(
      paths: ["2025-01-06", "2025-01-13", "owners.csv", "exclusions.csv"].map { folder[$0] })
  }

  @discardableResult
  private func forget(_ customer: String, dryRun: Bool = false) throws -> ForgetReport {
    try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
      .forget(customer: customer, dryRun: dryRun)
  }

  /// Whether the bytes stand in the store or beside it.
  private func traces(of needle: [UInt8]) -> [String] {
    ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"].filter { name in
      guard let bytes = folder.bytes(name), bytes.count >= needle.count else { return false }
      return bytes.firstRange(of: needle) != nil
    }
  }

  private var needles: [[UInt8]] {
    [tenants[0], tenants[0].uppercased(), "Customer 1", "Blue 2025", "Reservation of one"]
      .map { Array($0.utf8) }
      + (1...2).flatMap { [guid($0).bytes, Array(guid($0).description.utf8)] }
      + [guid(901).bytes]
  }

  @Test func `a name in a value that was not understood goes too`() throws {
    let long = String(repeating: "x", count: 50)
    let name = "\"customerName\":\"Quertz Hidden AG\""
    folder.write(
      "2025-01-06/s.json",
      envelope([
        subscriptionRow(1, name), subscriptionRow(2, tenant: 2),
        subscriptionRow(3, tenant: 2).replacing("\"Azure\"", with: "\"for Quertz Hidden AG\""),
        subscriptionRow(4, tenant: 2).replacing(
          "\"Azure\"", with: "\"\(long) Quertz Hidden AG\""),
        subscriptionRow(5, tenant: 2).replacing("\"Azure\"", with: "\"Other\""),
      ]))
    try folder.import("2025-01-06")
    let before = try folder.reading().status().notes.map(\.name)
    #expect(before.count == 3)
    try forget(tenants[0])
    #expect(try folder.reading().status().notes.map(\.name) == ["subscriptionType=Other"])
  }

  @Test(arguments: [true, false])
  func `a customer that only usage or billing names leaves no name`(isBilled: Bool) throws {
    let name = isBilled ? "Contoso" : "Customer 1"
    folder.write("2025-01-06/s.json", envelope([subscriptionRow(3, tenant: 2)]))
    folder.write(
      "2025-01-06/u.jsonl",
      (isBilled
        ? graphRow(1, "2025-01-05", quantity: "1", cost: "1") : usageRow(1, "2025-01-05", "1"))
        + "\n")
    folder.write(
      "2025-01-06/activity.csv",
      "Date-Time,Affected customer,Action,Partner user\n2025-01-03 10:00,\(name),"
        + "Transfer Subscription,kim@example.com\n")
    try folder.import("2025-01-06")
    #expect(!traces(of: Array(name.utf8)).isEmpty, "the test looks for what is there")
    try forget(tenants[0])
    #expect(traces(of: Array(name.utf8)) == [])
  }

  @Test func `leaves no byte of the customer in any file of the store`() throws {
    write()
    _ = try importAll()
    #expect(needles.count { !traces(of: $0).isEmpty } >= 6, "the test looks for what is there")
    let report = try forget("{\(tenants[0].uppercased())}")
    #expect(
      report
        == ForgetReport(
          isRehearsal: false, subscriptions: 2, observations: 4, usageLines: 4, otherRows: 8))
    for needle in needles {
      #expect(traces(of: needle) == [], "\(String(decoding: needle, as: UTF8.self))")
    }
    #expect(traces(of: guid(3).bytes) == ["store.sqlite"])
  }

  @Test func `leaves the log empty while the store is open`() throws {
    write()
    _ = try importAll()
    let store = try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
    _ = try store.forget(customer: tenants[0])
    #expect(folder.bytes("store.sqlite-wal") == [])
    for needle in needles { #expect(traces(of: needle) == []) }
  }

  @Test func `leaves the history as if the customer had never been in the exports`() throws {
    write()
    _ = try importAll()
    try forget(tenants[0])
    let left = try folder.reading()
    #expect(try left.customers().map(\.customerTenantId) == [tenants[1]])
    #expect(left.exclusions == [Exclusion(subscriptionId: guid(3), reason: .fraud)])
    #expect(left.owners.rules.map(\.accountManager) == ["Robin"])
    #expect(left.meters.map(\.meterCategory) == ["Compute"])
    // The same as a store into which only the other customer was imported.
    let other = ExportFolder()
    for week in ["2025-01-06", "2025-01-13"] {
      other.write("\(week)/s.json", envelope([subscriptionRow(3, tenant: 2)]))
      let day = week == "2025-01-06" ? "2025-01-05" : "2025-01-12"
      other.write(
        "\(week)/u.jsonl",
        jsonLines([
          usageRow(3, day, "3", tenant: 2), usageRow(3, "2025-01-02", "3", tenant: 2),
        ]))
      try other.import(week)
    }
    let expected = try other.reading()
    #expect(try left.customers() == expected.customers())
    #expect(left.meters == expected.meters)
    #expect(try left.idMatch() == expected.idMatch())
    let (before, after) = (try left.status(), try expected.status())
    #expect(before.usageLines == after.usageLines && before.usageGaps == after.usageGaps)
    #expect(before.subscriptions == after.subscriptions)
    let days = "SELECT sum(lines) || ' ' || count(*) FROM usage_day"
    func text(_ store: HistoryStore) throws -> String {
      let query = try store.connection.prepare(days)
      return try query.step() ? query.text(0) : ""
    }
    #expect(try text(left) == text(expected))
  }

  @Test func `the next import of the same rows does not bring it back`() throws {
    write()
    _ = try importAll()
    try forget(tenants[0])
    let dump = try folder.reading().customers()
    // Other bytes, so that the files are read again.
    for week in ["2025-01-06", "2025-01-13"] {
      for name in ["s.json", "u.jsonl"] {
        let bytes = try #require(folder.bytes("\(week)/\(name)"))
        folder.write("\(week)/\(name)", bytes: bytes + Array("\n".utf8))
      }
    }
    let owners = try #require(folder.bytes("owners.csv"))
    folder.write("owners.csv", bytes: owners + Array("\n".utf8))
    // A subscription that is new to the store, and one whose rows name no tenant.
    let without = usageRow(2, "2025-01-14", "9").replacing(
      "\"customerTenantId\":\"\(tenants[0].uppercased())\"", with: "\"customerTenantId\":\"\"")
    folder.write(
      "2025-01-20/u.jsonl",
      jsonLines([
        usageRow(7, "2025-01-14", "9"), without, usageRow(3, "2025-01-14", "9", tenant: 2),
      ]))
    folder.write(
      "2025-01-20/s.json",
      envelope([subscriptionRow(7, "\"creationDate\":\"soon\""), subscriptionRow(3, tenant: 2)]))
    let report = try importAll()
    #expect(report.failure == nil)
    #expect(report.files.map(\.rowsForgotten) == [2, 2, 2, 2, 2, 0])
    #expect(report.files.map(\.rowsIgnored) == [2, 2, 2, 2, 2, 0])
    #expect(try folder.reading().customers() == dump)
    let last = try folder.import("2025-01-20")
    #expect(last.files.map(\.rowsForgotten) == [1, 2])
    #expect(last.files.map(\.rowsAccepted) == [1, 1])
    #expect(try folder.reading().customers().map(\.customerTenantId) == [tenants[1]])
    for needle in needles { #expect(traces(of: needle) == []) }
    let notes = try folder.reading().connection.integer(
      "SELECT sum(count) FROM import_note WHERE kind = 'forgotten'")
    #expect(notes == 13)
  }

  @Test func `usage as a table honours it, too`() throws {
    write()
    _ = try importAll()
    try forget(tenants[0])
    folder.write(
      "2025-01-21.csv",
      """
      subscriptionId,customerTenantId,usageDate,meterCategory,quantity
      \(guid(1)),,2025-01-20,Compute,1
      \(guid(8)),\(tenants[0]),2025-01-20,Compute,1
      \(guid(3)),\(tenants[1]),2025-01-20,Compute,1

      """)
    let file = try folder.import("2025-01-21.csv").files[0]
    #expect((file.rowsAccepted, file.rowsForgotten) == (1, 2))
  }

  @Test func `a file of nothing else is imported without a row`() throws {
    write()
    _ = try importAll()
    try forget(tenants[0])
    folder.write("2025-01-20/s.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-20")
    #expect(report.failure == nil && report.hasImported)
    #expect(try folder.reading().customers().count == 1)
  }

  @Test func `a rehearsal counts and changes nothing`() throws {
    write()
    _ = try importAll()
    let dump = try folder.logicalDump()
    let rehearsal = try forget(tenants[0], dryRun: true)
    #expect(rehearsal.isRehearsal && rehearsal.subscriptions == 2)
    #expect(try folder.logicalDump() == dump)
    var report = try forget(tenants[0])
    report.isRehearsal = true
    #expect(report == rehearsal)
  }

  @Test func `an unknown customer is missing, and nothing is erased`() throws {
    write()
    _ = try importAll()
    let dump = try folder.logicalDump()
    for unknown in [guid(999).description, "nobody", guid(1).description] {
      let error = #expect(throws: HistoryError.self) { try forget(unknown) }
      #expect(error?.kind == .missing)
    }
    #expect(try folder.logicalDump() == dump)
  }

  @Test func `a customer that was erased before is no stranger`() throws {
    write()
    _ = try importAll()
    try forget(tenants[0])
    #expect(try forget(tenants[0]) == ForgetReport(isRehearsal: false, wasForgotten: true))
  }

  @Test func `a subscription that went to another customer stays with that one`() throws {
    folder.write("2025-01-06/s.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    folder.write("2025-01-06/u.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    folder.write("2025-01-13/s.json", envelope([subscriptionRow(1, tenant: 2)]))
    folder.write("2025-01-13/u.jsonl", jsonLines([usageRow(1, "2025-01-12", "1", tenant: 2)]))
    try folder.import("2025-01-06", "2025-01-13")
    let report = try forget(tenants[0])
    #expect((report.subscriptions, report.observations, report.usageLines) == (1, 2, 1))
    let left = try folder.reading().customers()
    #expect(left.map(\.customerTenantId) == [tenants[1]])
    #expect(left[0].subscriptions[0].observations.map(\.day) == [day("2025-01-13")])
    #expect(left[0].subscriptions[0].usage.days == [day("2025-01-12")])
    // Of it the other one's rows are still wanted.
    folder.write("2025-01-20/s.json", envelope([subscriptionRow(1, tenant: 2)]))
    #expect(try folder.import("2025-01-20").files[0].rowsAccepted == 1)
  }

  @Test func `a customer without a tenant goes by its subscription`() throws {
    let row = subscriptionRow(5).replacing(
      "\"customerTenantId\":\"\(tenants[0].uppercased())\"", with: "\"customerTenantId\":null")
    folder.write("2025-01-06/s.json", envelope([row, subscriptionRow(6)]))
    try folder.import("2025-01-06")
    #expect(try forget(guid(5).description).subscriptions == 1)
    #expect(traces(of: guid(5).bytes) == [])
    folder.write("2025-01-13/s.json", envelope([row, subscriptionRow(6)]))
    #expect(try folder.import("2025-01-13").files[0].rowsForgotten == 1)
  }

  @Test func `names of files that name the customer are told`() throws {
    write()
    _ = try importAll()
    folder.write("CUSTOMER 1/2025-01-14.json", envelope([subscriptionRow(1)]))
    try folder.import("CUSTOMER 1")
    #expect(try forget(tenants[0]).importsNamingCustomer == [7])
  }

  @Test func `says when another process keeps the log`() throws {
    write()
    _ = try importAll()
    let reader = try folder.reading()
    #expect(reader.sources.count == 1)
    #expect(try forget(tenants[0]).isLogInUse)
    try reader.refresh()
    #expect(try reader.customers().count == 1)
  }

  @Test func `rows that have nothing but the customer's name go too, and stay away`() throws {
    write()
    folder.write(
      "2025-02-03/log.csv",
      "Date-Time,Affected customer,Action,Partner user\n"
        + "2025-01-15,Customer 1,Suspend subscription,ann@partner.example\n"
        + "2025-01-16,Customer 2,Suspend subscription,ann@partner.example\n")
    _ = try importAll()
    try folder.import("2025-02-03/log.csv")
    #expect(try folder.reading().events().count == 2)
    _ = try forget(tenants[0])
    #expect(traces(of: Array("Customer 1".utf8)) == [])
    #expect(try folder.reading().events().count == 1)
    folder.write(
      "2025-02-10/log.csv",
      "Date-Time,Affected customer,Action,Partner user\n"
        + "2025-01-20,Customer 1,Suspend subscription,ann@partner.example\n"
        + "2025-01-21,Customer 2,Suspend subscription,ann@partner.example\n")
    let report = try folder.import("2025-02-10/log.csv")
    #expect(report.files[0].rowsIgnored == 1)
    #expect(try folder.reading().events().count == 2)
    #expect(traces(of: Array("Customer 1".utf8)) == [])
  }

  @Test func `a table that is added later is erased from as well`() throws {
    write()
    _ = try importAll()
    let connection = try Connection(path: folder.storePath, access: .writing, patience: 50)
    try connection.execute(
      """
      CREATE TABLE context_a (import INTEGER, customerTenantId TEXT, customerName TEXT, x TEXT) STRICT;
      INSERT INTO context_a VALUES (1, '\(tenants[0].uppercased())', 'Customer 1', 'secret a');
      INSERT INTO context_a VALUES (1, '\(tenants[1])', 'Customer 1', 'kept');
      CREATE TABLE context_b (import INTEGER, customerName TEXT, x TEXT) STRICT;
      INSERT INTO context_b VALUES (1, 'Customer 1', 'secret b'), (1, 'Customer 2', 'kept');
      CREATE TABLE context_c (import INTEGER, subscriptionId TEXT, x TEXT) STRICT;
      INSERT INTO context_c VALUES (1, '\(guid(1).description.uppercased())', 'secret c');
      CREATE TABLE context_d (import INTEGER, subscription INTEGER, x TEXT) STRICT;
      INSERT INTO context_d SELECT 1, id, 'secret d' FROM subscription WHERE hex(guid) LIKE '%01';
      """)
    #expect(try forget(tenants[0]).otherRows == 8 + 4)
    for letter in ["a", "b", "c", "d"] {
      #expect(traces(of: Array("secret \(letter)".utf8)) == [])
    }
    #expect(try connection.integer("SELECT count(*) FROM context_a") == 1)
    #expect(try connection.integer("SELECT count(*) FROM context_b") == 1)
  }
}
