import TestSupport
import Testing

@testable import History

struct AzureUsageAnalyticsTests {
  /// The sample of Partner Center's reference (get-all-azure-usage-analytics) with whole GUIDs.
  private static let documented = """
    {"customerTenantId":"39A1DFAC-4969-4F31-AF94-D76588189CFE","customerName":"A",\
    "subscriptionId":"EC649980-DB8F-4DB7-A13A-AC1FDAB52B82",\
    "subscriptionName":"AZURE PURCHSE SAMPLE APP","usageDate":"2018-05-27T00:00:00",\
    "resourceLocation":"useast","meterCategory":"Data Management","meterSubcategory":"None",\
    "meterUnit":"10,000s","reservationOrderId":"","reservationId":"","consumptionMeterId":"",\
    "serviceType":"","quantity":20}
    """

  @Test func `keys of JSON may have spaces and separators, as headers may`() throws {
    let folder = ExportFolder()
    let spaced = usageRow(1, "2025-01-05", "2").replacing("usageDate", with: "Usage Date")
      .replacing("subscriptionId", with: "subscription_id")
      .replacing("meterCategory", with: "Meter-Category")
    folder.write("2025-01-06.jsonl", jsonLines([spaced, spaced.replacing("-05T", with: "-04T")]))
    folder.write("2025-01-07.json", envelope([spaced]))
    let report = try folder.import("2025-01-06.jsonl", "2025-01-07.json")
    #expect(report.files.map(\.rowsAccepted) == [2, 1])
    #expect(report.files.flatMap(\.notes).isEmpty)
    #expect(try folder.reading().meters.map(\.meterCategory) == ["Compute"])
  }

  @Test(arguments: ["ROW", "ROW\nROW2\n", "[ROW]", "{\"Value\":[ROW],\"@nextLink\":null}"])
  func `reads the documented row in every envelope`(text: String) throws {
    let folder = ExportFolder()
    let second = Self.documented.replacing("05-27", with: "05-28")
    folder.write(
      "usage.json",
      text.replacing("ROW2", with: second).replacing("ROW", with: Self.documented))
    try folder.import("usage.json", on: "2018-05-30")
    let store = try folder.reading()
    #expect(
      store.meters == [
        Meter(
          meterCategory: "Data Management", meterSubcategory: "None", meterUnit: "10,000s",
          resourceLocation: "useast")
      ])
    let customer = try #require(try store.customers().first)
    #expect(customer.customerTenantId == "39a1dfac-4969-4f31-af94-d76588189cfe")
    let subscription = customer.subscriptions[0]
    #expect(subscription.id.description == "ec649980-db8f-4db7-a13a-ac1fdab52b82")
    #expect(subscription.observations.isEmpty)
    #expect(subscription.usage.days.first == day("2018-05-27"))
    #expect(subscription.usage.quantities.first == 20)
    #expect(subscription.usage.firstKnown.first == day("2018-05-30"))
  }

  @Test func `reads quantities as numbers and as text, fractional and zero`() throws {
    let folder = ExportFolder()
    folder.write(
      "usage.jsonl",
      jsonLines([
        usageRow(1, "2025-01-01", "0.25"), usageRow(1, "2025-01-02", "\"63\""),
        usageRow(1, "2025-01-03", "0"), usageRow(1, "2025-01-04", "-0.0"),
        usageRow(1, "2025-01-05", "1e-7"),
      ]))
    try folder.import("usage.jsonl")
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [0.25, 63, 0, 0, 1e-7])
    #expect(usage.quantities[3].sign == .plus)
  }

  @Test func `rejects rows that cannot be used, with line, column and reason`() throws {
    let folder = ExportFolder()
    let good = usageRow(1, "2025-01-01", "1")
    folder.write(
      "usage.jsonl",
      jsonLines([
        good,
        good.replacing("\"subscriptionId\":\"\(guid(1).description.uppercased())\",", with: ""),
        good.replacing(guid(1).description.uppercased(), with: "not-a-guid"),
        usageRow(1, "2025-02-30", "1"), usageRow(1, "0001-01-01", "1"),
        usageRow(1, "1969-12-31", "1"), usageRow(1, "2100-01-01", "1"),
        usageRow(1, "2025-01-02", "-1"), usageRow(1, "2025-01-02", "\"nan\""),
        usageRow(1, "2025-01-02", "\"1e999\""), usageRow(1, "2025-01-02", "null"),
        usageRow(1, "2025-01-02", "\"1,234\""), usageRow(1, "2025-01-02", "true"),
        good.replacing("\"2025-01-01T00:00:00\"", with: "null"), good + ",", "[1]",
      ]))
    let file = try folder.import("usage.jsonl").files[0]
    #expect(file.rowsAccepted == 1)
    #expect(
      file.rejections.map { "\($0.line) \($0.column): \($0.reason)" }.prefix(13) == [
        "2 subscriptionId: the row has no subscription id",
        "3 subscriptionId: the id is not a GUID",
        "4 usageDate: the date is impossible or not a date",
        "5 usageDate: the row has no usage date",
        "6 usageDate: the date is impossible or not a date",
        "7 usageDate: the date is impossible or not a date",
        "8 quantity: the quantity is negative",
        "9 quantity: the quantity is missing or not a number",
        "10 quantity: the quantity is not finite",
        "11 quantity: the quantity is missing or not a number",
        "12 quantity: the quantity is missing or not a number",
        "13 quantity: the quantity is missing or not a number",
        "14 usageDate: the row has no usage date",
      ])
    #expect(file.rowsRejected == 15)
    #expect(file.rejections[13].reason.hasPrefix("not valid JSON"))
    #expect(file.rejections[13].column.hasPrefix("byte "))
    #expect(file.rejections[14].reason == "the row is not a JSON object")
  }

  @Test func `drops exact repetitions and lets the last line of a key win`() throws {
    let folder = ExportFolder()
    folder.write(
      "usage.jsonl",
      jsonLines([
        usageRow(1, "2025-01-01", "1"), usageRow(1, "2025-01-01", "1"),
        usageRow(1, "2025-01-02", "5"), usageRow(1, "2025-01-02", "4"),
        usageRow(1, "2025-01-02", "4", meter: "Storage"),
      ]))
    let file = try folder.import("usage.jsonl").files[0]
    #expect(
      (file.rowsAccepted, file.rowsRepeated, file.rowsRestated, file.linesNew) == (5, 1, 1, 3))
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [1, 4, 4])
  }

  @Test func `tells meters apart by every one of their texts`() throws {
    let folder = ExportFolder()
    let row = usageRow(1, "2025-01-01", "1")
    folder.write(
      "usage.jsonl",
      jsonLines([
        row, row.replacing("useast", with: "uswest"), row.replacing("10,000s", with: "1 Hour"),
        row.replacing("\"None\"", with: "\"\""),
        row.replacing("\"serviceType\":\"\"", with: "\"serviceType\":\"x\""),
        row.replacing("\"reservationId\":\"\"", with: "\"reservationId\":\"x\""),
        row.replacing("\"reservationOrderId\":\"\"", with: "\"reservationOrderId\":\"x\""),
        row.replacing("\"consumptionMeterId\":\"\"", with: "\"consumptionMeterId\":\"x\""),
      ]))
    try folder.import("usage.jsonl")
    let store = try folder.reading()
    #expect(store.meters.count == 8)
    #expect(try store.customers()[0].subscriptions[0].usage.count == 8)
  }

  @Test func `takes a null text of a meter for an empty one`() throws {
    let folder = ExportFolder()
    let row = usageRow(1, "2025-01-01", "1")
    folder.write(
      "usage.jsonl",
      jsonLines([row, row.replacing("\"serviceType\":\"\"", with: "\"serviceType\":null")]))
    #expect(try folder.import("usage.jsonl").files[0].rowsRepeated == 1)
  }

  @Test func `ignores the zero id of deal registrations`() throws {
    let folder = ExportFolder()
    let row = usageRow(1, "2025-01-01", "1")
    folder.write(
      "usage.jsonl",
      jsonLines([row, row.replacing(guid(1).description.uppercased(), with: "\(GUID.zero)")]))
    let file = try folder.import("usage.jsonl").files[0]
    #expect((file.rowsAccepted, file.rowsIgnored, file.rowsRejected) == (1, 1, 0))
  }

  @Test func `refuses sums without subscription or day`() throws {
    let folder = ExportFolder()
    folder.write("a.json", envelope([#"{"meterCategory":"Storage","Quantity":"5"}"#]))
    folder.write(
      "b.json", envelope([#"{"usageDate":"2025-01-01","meterCategory":"Storage","Quantity":"5"}"#]))
    for name in ["a.json", "b.json"] {
      let failure = try #require(try folder.import(name).failure)
      #expect(failure.what.contains("groupby"))
      #expect(!folder.has("store.sqlite"))
    }
  }

  @Test func `splits a big file into chunks that merge to the same history`() throws {
    var generator = SeededGenerator(seed: 6)
    var rows: [(subscription: Int64, day: CalendarDay, meter: Int64, quantity: Double)] = []
    for _ in 0..<2_000 {
      rows.append(
        (
          Int64.random(in: 1...5, using: &generator),
          day("2025-01-01") + Int.random(in: 0..<90, using: &generator),
          Int64.random(in: 1...3, using: &generator),
          Double(Int.random(in: 0...3, using: &generator))
        ))
    }
    var dumps: Set<String> = []
    var tallies: [[Int]] = []
    for capacity in [10_000, 700, 110] {
      let folder = ExportFolder()
      let store = try HistoryStore.open(folder.storePath, for: .importing)
      let transaction = try ImportTransaction(store, observedOn: day("2025-04-01"))
      for number in 1...5 { _ = try transaction.subscriptionId(guid(number)) }
      for number in 1...3 {
        _ = try transaction.meterId(Meter(meterCategory: "meter \(number)").key.span)
      }
      var staging = UsageStaging(capacity: capacity)
      for row in rows {
        staging.append(
          subscription: row.subscription, day: row.day, meter: row.meter, quantity: row.quantity)
        if staging.isFull { try transaction.flush(&staging) }
      }
      try transaction.flush(&staging)
      let tally = transaction.usage
      tallies.append([tally.new, tally.repeated, tally.restated, tally.known, tally.corrections])
      try transaction.commit(
        ImportRow(
          identity: ImportIdentity(
            source: "default", resource: .usage, observedOn: day("2025-04-01"), sha256: "x"),
          format: "test", file: "x", dayOrigin: .option), notes: [])
      try store.refresh()
      dumps.insert(try store.customers().map { "\($0)" }.joined(separator: "\n"))
    }
    #expect(dumps.count == 1)
    // New lines are distinct keys, whatever the chunks; every line is counted once.
    #expect(Set(tallies.map { $0[0] }).count == 1)
    for tally in tallies { #expect(tally.reduce(0, +) == rows.count) }
    let twin = Dictionary(
      rows.map { ("\($0.subscription) \($0.day) \($0.meter)", $0.quantity) },
      uniquingKeysWith: { $1 })
    #expect(tallies[0][0] == twin.count)
  }

  @Test(arguments: [",", ";", "\t"])
  func `a table says the same as the API`(separator: String) throws {
    let names = [
      "CustomerTenantId", "subscriptionId", "usageDate", "resourceLocation", "meterCategory",
      "meterSubcategory", "meterUnit", "serviceType", "quantity", "note",
    ]
    let rows = (0..<40).map { index in
      [
        guid(900 + index % 3).description, guid(index % 9).description.uppercased(),
        "\(day("2025-01-01") + index)T00:00:00", "useast", "Meter \(index % 4)", "None, really",
        "10,000s; \"big\"", index % 5 == 0 ? "" : "Standard", "\(Double(index) / 4)", "x",
      ]
    }
    func quoted(_ text: String) -> String {
      "\"\(text.replacing("\"", with: "\"\""))\""
    }
    func object(_ row: [String]) -> String {
      let members = zip(names, row).dropLast().map { name, value in
        "\"\(name)\":" + (name == "quantity" ? value : "\"\(value.replacing("\"", with: "\\\""))\"")
      }
      return "{\(members.joined(separator: ","))}"
    }
    let tables = ExportFolder()
    tables.write(
      "usage.csv",
      ([names] + rows).map { $0.map(quoted).joined(separator: separator) }
        .joined(separator: "\r\n"))
    let file = try tables.import("usage.csv", on: "2025-03-01").files[0]
    #expect(file.rowsAccepted == 40 && file.rowsRejected == 0)
    #expect(file.notes.map(\.name) == ["note"])
    let lines = ExportFolder()
    lines.write("usage.json", jsonLines(rows.map(object)))
    try lines.import("usage.json", on: "2025-03-01")
    #expect(try tables.reading().meters == lines.reading().meters)
    #expect(
      try tables.reading().customers().map { "\($0)" }
        == lines.reading().customers().map { "\($0)" })
  }

  @Test func `rows of a table that cannot be used are rejected one by one`() throws {
    let folder = ExportFolder()
    let id = guid(1).description
    folder.write(
      "usage.csv",
      """
      subscriptionId,usageDate,meterCategory,quantity
      \(id),2025-01-01,Storage,1
      ,2025-01-01,Storage,1
      \(id),01/02/2025,Storage,1
      \(id),2025-01-01,Storage,"1,500"
      \(id),2025-01-02,Storage,-1
      \(id),2025-01-03,Storage,2
      """)
    let file = try folder.import("usage.csv", on: "2025-03-01").files[0]
    #expect(file.rowsAccepted == 2)
    #expect(
      file.rejections.map { "\($0.line) \($0.column): \($0.reason)" } == [
        "3 subscriptionId: the row has no subscription id",
        "4 usageDate: \(ParsedDate.ambiguous.problem)",
        "5 quantity: \(ParsedNumber.ambiguous.problem)",
        "6 quantity: the quantity is negative",
      ])
  }
}
