import Files
import TestSupport
import Testing

@testable import History

/// What partners rely on when they import, one test for each thing that the exports of Partner Center
/// ask of a reader.
struct ImportRequirementsTests {
  private let folder = ExportFolder()

  private func imported(_ name: String, _ text: String) throws -> FileReport {
    folder.write(name, text)
    return try folder.import(name).files[0]
  }

  private func subscriptions() throws -> [SubscriptionHistory] {
    try folder.reading().customers().flatMap(\.subscriptions)
  }

  @Test func `1 every envelope, JSON Lines, tables and gzip are read, unknown columns are told`()
    throws
  {
    let row = subscriptionRow(1, "\"newColumn\":1")
    let columns = "id,status,subscriptionType,newColumn"
    let table = "\(columns)\n\(guid(1)),ACTIVE,Azure,1\n"
    let texts = [
      row, "[\(row)]", "{\"Value\":[\(row)],\"@nextLink\":null,\"TotalCount\":1}",
      "{\"value\":[\(row)],\"nextLink\":null,\"totalCount\":1,\"statusCode\":200}",
      "{\"totalCount\":1,\"items\":[\(row)],\"links\":{},\"attributes\":{}}",
      row + "\n" + row + "\n",
      table, table.replacing(",", with: "\t"), "\u{FEFF}" + table.replacing(",", with: ";"),
    ]
    for (index, text) in texts.enumerated() {
      for isPacked in [false, true] {
        let name = "2025-01-\(10 + index)\(isPacked ? "-gz" : "").txt"
        try writeFile(folder[name], gzip: isPacked) { try $0.write(text) }
        let file = try folder.import(name).files[0]
        #expect(file.rowsAccepted >= 1, "\(text)")
        #expect(file.notes.map(\.name) == ["newColumn"], "\(text)")
      }
    }
  }

  @Test func `2 an unknown status or type is kept as it is written, with a warning`() throws {
    let file = try imported(
      "2025-01-06.json",
      envelope([subscriptionRow(1, status: "Expired", "\"subscriptionType\":\"Quantum\"")]))
    #expect(file.notes.map(\.name) == ["status=EXPIRED", "subscriptionType=Quantum"])
    #expect(try subscriptions()[0].states[0].status == .unknown("EXPIRED"))
  }

  @Test func `3 dates in every written form are UTC days, year 1 is unset, 2100 is no end`() throws
  {
    let written = [
      ("2025-02-03T04:05:06", "2025-02-03"), ("2025-02-03T04:05:06.1234567Z", "2025-02-03"),
      ("2025-02-03T20:00:00-07:00", "2025-02-04"), ("2025-02-03", "2025-02-03"),
    ]
    for (index, (text, expected)) in written.enumerated() {
      _ = try imported(
        "2025-03-0\(index + 1).json",
        envelope([subscriptionRow(index + 1, "\"commitmentEndDate\":\"\(text)\"")]))
      #expect(try subscriptions()[index].states[0].commitmentEndDate == day(expected))
    }
    for text in ["0001-01-01T00:00:00", "9999-12-31T00:00:00", "2100-01-01"] {
      let other = ExportFolder()
      other.write(
        "2025-03-09.json", envelope([subscriptionRow(1, "\"commitmentEndDate\":\"\(text)\"")]))
      try other.import("2025-03-09.json")
      let state = try other.reading().customers()[0].subscriptions[0].states[0]
      #expect(state.commitmentEndDate == nil)
    }
  }

  @Test func `4 ids are compared without case and braces, deal registrations are counted only`()
    throws
  {
    let upper = guid(1).description.uppercased()
    let file = try imported(
      "2025-01-06.jsonl",
      jsonLines([
        usageRow(1, "2025-01-05", "1"),
        usageRow(1, "2025-01-04", "1").replacing(upper, with: "{\(upper.lowercased())}"),
        usageRow(1, "2025-01-05", "9").replacing(upper, with: GUID.zero.description),
      ]))
    #expect(file.rowsAccepted == 2)
    #expect(file.rowsIgnored == 1)
    #expect(try subscriptions().map(\.id) == [guid(1)])
  }

  @Test func `5 ids of plan and Azure subscription are told apart, and a mix-up is told`() throws {
    _ = try imported("2025-01-06.json", envelope((1...10).map { subscriptionRow($0) }))
    let rows = (1...10).map { id in
      """
      {"SubscriptionId":"\(guid(500))","EntitlementId":"\(guid(id + 50))","UsageDate":"2025-01-05",\
      "MeterCategory":"Compute","Unit":"h","Quantity":1,"BillingPreTaxTotal":1,"BillingCurrency":"EUR"}
      """
    }
    let file = try imported("2025-01-06.jsonl", jsonLines(rows))
    #expect(file.warnings.contains { $0.contains("id") })
    let store = try folder.reading()
    #expect(try store.idMatch()?.share == 0)
    #expect(try store.idMatch()?.warning != nil)
    #expect(try !subscriptions().map(\.id).contains(guid(500)))
  }

  @Test func `6 a line is told by subscription, day, meter and region, and the newest file counts`()
    throws
  {
    let row = usageRow(1, "2025-01-05", "1")
    let file = try imported(
      "2025-01-06.jsonl",
      jsonLines([
        row, row, row.replacing("useast", with: "europewest"), usageRow(1, "2025-01-04", "3"),
      ]))
    #expect(file.rowsRepeated == 1)
    #expect(file.linesNew == 3)
    _ = try imported("2025-01-13.jsonl", jsonLines([usageRow(1, "2025-01-05", "2")]))
    let usage = try subscriptions()[0].usage
    #expect(usage.quantities == [3, 1, 2, 1] || usage.quantities == [3, 1, 1, 2])
    // A download once more changes nothing.
    folder.write("again/2025-01-13.jsonl", jsonLines([usageRow(1, "2025-01-05", "2"), "{}"]))
    _ = try folder.import("again/2025-01-13.jsonl")
    #expect(try subscriptions()[0].usage == usage)
  }

  @Test
  func `6 a partial day that replaces a fuller one is told, an older export replaces nothing`()
    throws
  {
    func day(_ quantity: String) -> String {
      jsonLines((1...6).map { usageRow($0, "2025-01-05", quantity) })
    }
    _ = try imported("2025-01-06.jsonl", day("24"))
    let partial = try imported("2025-01-13.jsonl", day("7"))
    #expect(
      partial.warnings.contains {
        $0.contains("usage lines lower than the store had them: 6")
          && $0.contains("On 2025-01-05 most")
      })
    #expect(try subscriptions()[0].usage.quantities == [24, 7])
    let older = try imported("2025-01-05.jsonl", day("3"))
    #expect(older.warnings.isEmpty && older.remarks.isEmpty)
    #expect(try subscriptions()[0].usage.quantities == [3, 24, 7])
    let fuller = try imported("2025-01-20.jsonl", day("25"))
    #expect(fuller.warnings.isEmpty && fuller.remarks.isEmpty)
  }

  @Test func `6 the ordinary restatement of some lines is a remark and no warning`() throws {
    func days(_ quantities: [Int]) -> String {
      jsonLines(
        quantities.enumerated().flatMap { number, quantity in
          ["2025-01-04", "2025-01-05"].map { usageRow(number + 1, $0, "\(quantity)") }
        })
    }
    _ = try imported("2025-01-06.jsonl", days([24, 24, 24, 24, 24, 24, 24, 24, 24, 24]))
    // A little lower all of them, and four of ten lines of a day by far.
    let file = try imported("2025-01-13.jsonl", days([1, 1, 1, 1, 20, 20, 20, 20, 20, 20]))
    #expect(file.warnings.isEmpty)
    #expect(
      file.remarks == [
        "usage lines lower than the store had them: 20; they count from this export on"
      ])
  }

  @Test func `7 numbers may be texts, and quantities fractions`() throws {
    _ = try imported(
      "2025-01-06.jsonl",
      jsonLines([
        usageRow(1, "2025-01-04", "\"63\""), usageRow(1, "2025-01-05", "0.125"),
      ]))
    #expect(try subscriptions()[0].usage.quantities == [63, 0.125])
  }

  @Test func `8 quantities of different units stay apart`() throws {
    let row = usageRow(1, "2025-01-05", "1")
    _ = try imported(
      "2025-01-06.jsonl", jsonLines([row, row.replacing("10,000s", with: "1 GB")]))
    #expect(try folder.reading().meters.map(\.meterUnit) == ["1 GB", "10,000s"])
    #expect(try subscriptions()[0].usage.quantities == [1, 1])
  }

  @Test func `9 booleans are read as people and programs write them`() throws {
    for (index, (text, value)) in [
      ("true", true), ("\"Yes\"", true), ("\"Y\"", true), ("1", true), ("false", false),
      ("\"No\"", false), ("\"n\"", false), ("0", false),
    ].enumerated() {
      let other = ExportFolder()
      let row = subscriptionRow(1).replacing(
        "\"autoRenewEnabled\":true", with: "\"autoRenewEnabled\":\(text)")
      other.write("2025-01-06.json", envelope([row]))
      try other.import("2025-01-06.json")
      let state = try other.reading().customers()[0].subscriptions[0].states[0]
      #expect(state.autoRenewEnabled == value, "\(index)")
    }
  }

  @Test func `10 every export stays as it was seen on its day`() throws {
    _ = try imported("2025-01-06.json", envelope([subscriptionRow(1)]))
    _ = try imported("2025-01-13.json", envelope([subscriptionRow(1, status: "SUSPENDED")]))
    let seen = try subscriptions()[0]
    #expect(seen.observations.map(\.day) == [day("2025-01-06"), day("2025-01-13")])
    #expect(seen.observations.map { seen.states[$0.state].status } == [.active, .suspended])
    let known = KnownHistory(try folder.reading(), on: day("2025-01-10"))
    try known.forEachCustomerBatch(size: 9) { customers in
      #expect(customers[0].subscriptions[0].states.map(\.status) == [.active])
    }
  }

  @Test func `11 usage that ends long before the exports is told, not taken for silence`() throws {
    _ = try imported("2025-01-06.jsonl", jsonLines([usageRow(1, "2025-01-01", "1")]))
    _ = try imported("2025-03-01.json", envelope([subscriptionRow(1)]))
    let status = try folder.reading().status()
    #expect(status.stalenessDays == 59)
    #expect(status.warnings.contains { $0.contains("usage ends on 2025-01-01") })
  }

  @Test func `12 a day without usage of anybody is a gap in the data`() throws {
    _ = try imported(
      "2025-01-10.jsonl",
      jsonLines(
        [1, 2, 5].flatMap { day in
          [usageRow(1, "2025-01-0\(day)", "1"), usageRow(2, "2025-01-0\(day)", "1")]
        }))
    #expect(try folder.reading().status().usageGaps == [day("2025-01-03")...day("2025-01-04")])
  }
}
