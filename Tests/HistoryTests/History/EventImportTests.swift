import TestSupport
import Testing

@testable import History

/// What the logs of Partner Center become, and what never gets into the store.
struct EventImportTests {
  private static let partner = guid(800)
  private static let tenant = guid(901)

  /// An audit record about subscription `id`, its old and new values as JSON in texts.
  private static func record(
    _ operation: String, on day: String = "2025-01-02", status: String = "succeeded",
    resource: String = "subscription", id: Int? = 1, old: String? = nil, new: String? = nil,
    _ more: String...
  ) -> String {
    func text(_ json: String?) -> String {
      json.map { "\"\($0.replacing("\"", with: "\\\""))\"" } ?? "null"
    }
    let customized = id.map { "{\"key\":\"SubscriptionId\",\"value\":\"\(guid($0))\"}" } ?? ""
    let members =
      [
        "\"partnerId\":\"\(partner)\"", "\"customerId\":\"\(tenant)\"",
        "\"customerName\":\"Relecloud\"", "\"userPrincipalName\":\"robin@example.com\"",
        "\"applicationId\":\"Partner Center\"", "\"resourceType\":\"\(resource)\"",
        "\"resourceOldValue\":\(text(old))", "\"resourceNewValue\":\(text(new))",
        "\"operationType\":\"\(operation)\"", "\"operationDate\":\"\(day)T22:56:05.0589308Z\"",
        "\"operationStatus\":\"\(status)\"", "\"customizedData\":[\(customized)]",
        "\"attributes\":{\"objectType\":\"AuditRecord\"}",
      ] + more
    return "{\(members.joined(separator: ","))}"
  }

  private static func log(_ records: [String]) -> String {
    "{\"totalCount\":\(records.count),\"items\":[\(records.joined(separator: ","))],"
      + "\"links\":{},\"attributes\":{\"objectType\":\"Collection\"}}"
  }

  /// The events of records, as kind and detail.
  private static func events(_ records: String...) throws -> [Event] {
    let folder = ExportFolder()
    folder.write("2025-01-06/audit.json", log(records))
    let file = try folder.import("2025-01-06").files[0]
    #expect(file.format == "audit records")
    #expect((file.rowsAccepted, file.rowsRejected) == (records.count, 0))
    return try folder.reading().events()
  }

  private static func kinds(_ records: String...) throws -> [String] {
    let folder = ExportFolder()
    folder.write("2025-01-06/audit.json", log(records))
    try folder.import("2025-01-06")
    return try folder.reading().events().map { event in
      event.kind.rawValue + (event.detail.map { " \($0.rawValue)" } ?? "")
    }
  }

  @Test func `a change of auto-renew is an event of its day`() throws {
    let off = Self.record(
      "update_subscription", old: #"{"AutoRenewEnabled":true,"Quantity":5}"#,
      new: #"{"AutoRenewEnabled":false,"Quantity":5}"#)
    let events = try Self.events(off)
    #expect(
      events == [
        Event(
          day: day("2025-01-02"), kind: .autoRenewOff, subscriptionId: guid(1),
          customerTenantId: "\(Self.tenant)")
      ])
  }

  @Test func `changes are told from what stayed as it was`() throws {
    func update(_ old: String?, _ new: String) throws -> [String] {
      try Self.kinds(Self.record("update_subscription", old: old, new: new))
    }
    #expect(
      try update(#"{"autoRenewEnabled":"false"}"#, #"{"autoRenewEnabled":"True"}"#)
        == ["autoRenewOn"])
    #expect(try update(#"{"Status":"active"}"#, #"{"Status":"suspended"}"#) == ["suspended"])
    #expect(try update(#"{"Status":"suspended"}"#, #"{"Status":"active"}"#) == ["reactivated"])
    #expect(try update(#"{"Status":"active"}"#, #"{"Status":"deleted"}"#) == ["cancelled"])
    #expect(
      try update(
        #"{"Status":"active","AutoRenewEnabled":true}"#,
        #"{"Status":"suspended","AutoRenewEnabled":false}"#) == ["autoRenewOff", "suspended"])
    #expect(try update(#"{"AutoRenewEnabled":false}"#, #"{"AutoRenewEnabled":false}"#) == ["other"])
    // What it was before is not said: off may be what it has always been.
    #expect(try update(nil, #"{"AutoRenewEnabled":false}"#) == ["other"])
    #expect(try update(nil, #"{"Status":"suspended"}"#) == ["suspended unconfirmed"])
    #expect(try update("not JSON", "{}") == ["other"])
  }

  @Test func `a cancellation as compromised is fraud, any other is not`() throws {
    func cancel(_ reason: String) throws -> [String] {
      try Self.kinds(
        Self.record(
          "update_subscription", resource: "azure_entitlement",
          new: #"{"Id":"\#(guid(1))","Status":"active","CancellationReason":"\#(reason)"}"#))
    }
    #expect(try cancel("compromise") == ["cancelled fraud"])
    #expect(try cancel("unused") == ["cancelled"])
  }

  @Test func `a transfer counts when it is completed`() throws {
    func transfer(_ operation: String, _ value: String?) throws -> [String] {
      try Self.kinds(Self.record(operation, resource: "transfer", new: value))
    }
    #expect(try transfer("update_transfer", #"{"Status":"Completed"}"#) == ["transferred"])
    #expect(try transfer("update_transfer", #"{"Status":"Active"}"#) == ["other"])
    #expect(try transfer("update_transfer", nil) == ["transferred unconfirmed"])
    #expect(try transfer("create_transfer", nil) == ["other"])
    #expect(
      try transfer(
        "update_transfer",
        #"{"Status":"Completed","TargetPartnerTenantId":"\#(Self.partner)"}"#)
        == ["transferred incoming"])
  }

  @Test func `names every subscription of a transfer`() throws {
    let items = (1...3).map { "{\"SubscriptionId\":\"\(guid($0))\"}" }.joined(separator: ",")
    let events = try Self.events(
      Self.record(
        "update_transfer", resource: "transfer", id: nil,
        new: "{\"Status\":\"Completed\",\"LineItems\":[\(items)]}"))
    #expect(events.map(\.subscriptionId) == [guid(1), guid(2), guid(3)])
    #expect(events.allSatisfy { $0.kind == .transferred })
  }

  @Test func `names the entitlement and not its plan`() throws {
    let events = try Self.events(
      Self.record(
        "update_subscription", resource: "azure_entitlement", id: 1,
        new:
          #"{"Id":"\#(guid(2))","SubscriptionId":"\#(guid(1))","CancellationReason":"compromise"}"#)
    )
    #expect(events.map(\.subscriptionId) == [guid(2)])
  }

  @Test func `reads the example of the documentation`() throws {
    let order = """
      {"Id":"d51a052e-043c-4a2a-aa37-2bb938cef6c1","BillingCycle":"none","LineItems":[{"SubscriptionId":\
      "\(guid(7).description.uppercased())","ParentSubscriptionId":null}],"Status":"pending"}
      """
    let events = try Self.events(
      Self.record("create_order", resource: "order", id: nil, new: order),
      Self.record("remove_partner_customer_relationship", on: "2025-01-03", resource: "x", id: nil))
    #expect(events.map(\.kind) == [.other, .customerRemoved])
    #expect(events.map(\.subscriptionId) == [guid(7), nil])
    #expect(events.map(\.customerTenantId) == ["\(Self.tenant)", "\(Self.tenant)"])
  }

  @Test func `reads audit records that were put into a table`() throws {
    let folder = ExportFolder()
    func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
    let cells = [
      "\(Self.tenant)", "subscription", quoted(#"{"AutoRenewEnabled":true}"#),
      quoted(#"{"AutoRenewEnabled":false}"#), "update_subscription", "2025-01-02T01:00:00Z",
      "succeeded", quoted(#"[{"key":"SubscriptionId","value":"\#(guid(1))"}]"#),
      "robin@example.com",
    ]
    folder.write(
      "2025-01-06/audit.csv",
      "customerId,resourceType,resourceOldValue,resourceNewValue,operationType,operationDate,"
        + "operationStatus,customizedData,userPrincipalName\n" + cells.joined(separator: ",") + "\n"
    )
    try folder.import("2025-01-06")
    #expect(
      try folder.reading().events() == [
        Event(
          day: day("2025-01-02"), kind: .autoRenewOff, subscriptionId: guid(1),
          customerTenantId: "\(Self.tenant)")
      ])
  }

  @Test func `leaves out what failed, and counts what it does not know by name`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/audit.json",
      Self.log([
        Self.record("update_subscription", status: "failed"),
        Self.record("update_subscription", status: "progress"),
        Self.record("make_coffee"), Self.record("make_coffee"),
        Self.record("greet_robin@example.com"), Self.record("create_order"),
        Self.record("create_order").replacing("2025-01-02T", with: "2025-02-30T"),
      ]))
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected, file.rowsIgnored) == (4, 1, 2))
    #expect(
      file.notes == [
        ImportNote(kind: .unknownValue, name: "operationType=(not a plain name)", count: 1),
        ImportNote(kind: .unknownValue, name: "operationType=make_coffee", count: 2),
      ])
  }

  @Test func `takes values of any shape for what they are`() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    let values = [
      "null", "\"\"", "7", "true", "[]", "{}", "[7,null,\"x\",{}]", "[{\"key\":7,\"value\":[]}]",
      "\"{\\\"Status\\\":7,\\\"Id\\\":[]}\"", "\"\(deep)\"",
      "{\"key\":\"SubscriptionId\",\"value\":\"\(guid(5))\"}",
    ]
    let rows = values.map { value in
      """
      {"operationType":"update_subscription","operationDate":"2025-01-02T00:00:00Z",\
      "resourceType":"subscription","customerId":"\(GUID.zero)","customizedData":\(value),\
      "resourceOldValue":\(value),"resourceNewValue":\(value),"operationType":"update_subscription"}
      """
    }
    let folder = ExportFolder()
    folder.write("2025-01-06/audit.jsonl", jsonLines(rows))
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (values.count, 0))
    #expect(try folder.reading().events() == [Event(day: day("2025-01-02"), kind: .other)])
  }

  @Test func `tells an event once, however many logs have it`() throws {
    let folder = ExportFolder()
    let first = Self.record("remove_partner_customer_relationship", id: nil)
    let second = Self.record("create_order", on: "2025-01-04")
    folder.write("2025-01-06/audit.json", Self.log([first]))
    folder.write("2025-01-13/audit.json", Self.log([first, second]))
    try folder.import("2025-01-13", "2025-01-06")
    #expect(try folder.reading().events().map(\.kind) == [.customerRemoved, .other])
  }

  @Test func `reads an activity log, and finds the customer by a name that only one has`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/s.json",
      envelope([subscriptionRow(1, tenant: 1), subscriptionRow(2, tenant: 2)]))
    folder.write(
      "2025-01-06/customers.csv",
      """
      Microsoft ID,Company name,Primary domain name,Relationship
      \(guid(905)),Twice Ltd,twice.example.com,Cloud Reseller
      \(guid(906)),Twice Ltd,also.example.com,Cloud Reseller
      \(guid(907)),Once Ltd,once.example.com,Cloud Reseller

      """)
    folder.write(
      "2025-01-06/log.csv",
      """
      Date-Time,Affected customer,Action,Partner user
      2025-01-02 10:00:00,Customer 1,Removed partner customer relationship,robin@example.com
      2025-01-03 10:00:00,Customer 2,Updated a subscription,robin@example.com
      2025-01-04 10:00:00,once ltd,Updated transfer,robin@example.com
      2025-01-05 10:00:00,Twice Ltd,Created a referral,robin@example.com
      2025-01-05 11:00:00,Customer 1,Waved,robin@example.com

      """)
    let report = try folder.import("2025-01-06")
    let file = try #require(report.files.first { $0.format == "activity log" })
    #expect((file.rowsAccepted, file.rowsRejected) == (5, 0))
    #expect(file.notes.map(\.name) == ["Action=Waved"])
    let events = try folder.reading().events()
    #expect(events.map(\.kind) == [.customerRemoved, .other, .transferred, .other, .other])
    #expect(
      events.map(\.customerTenantId) == [
        "\(guid(901))", "\(guid(902))", "\(guid(907))", "\(guid(901))", nil,
      ])
  }

  @Test func `keeps neither names nor addresses of users, in no byte of the store`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/audit.json",
      Self.log([
        Self.record(
          "update_customer_user", resource: "customer_user",
          old: #"{"DisplayName":"Kim Kimberley","Email":"kim@example.com"}"#,
          new: #"{"DisplayName":"Kim Kimberley","Email":"kim@example.com"}"#),
        Self.record("invite robin@example.com"),
      ]))
    folder.write(
      "2025-01-06/log.csv",
      "Date-Time,Affected customer,Action,Partner user\n"
        + "2025-01-02,Relecloud,Reset password of kim@example.com,Robin Robinson\n"
        + "2025-01-02,Relecloud,Created a referral,Robin Robinson\n")
    try folder.import("2025-01-06")
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    #expect(try store.events().count > 0)
    try store.connection.execute("PRAGMA wal_checkpoint")
    // The customer's name is what the events of the web page are found by.
    let kept = String(decoding: folder.bytes("store.sqlite") ?? [], as: UTF8.self)
    #expect(kept.contains("Relecloud"))
    for file in ["store.sqlite", "store.sqlite-wal"] {
      let bytes = String(decoding: folder.bytes(file) ?? [], as: UTF8.self).lowercased()
      for name in ["kim", "robin", "@example.com"] {
        #expect(!bytes.contains(name), "\(file) holds \(name)")
      }
    }
  }

  @Test func `an import that is taken back takes its events with it`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/audit.json", Self.log([Self.record("create_order")]))
    try folder.import("2025-01-06")
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    try store.remove(importId: 1)
    #expect(try store.events().isEmpty)
  }

  @Test func `takes the spellings of an operation for one`() {
    #expect(
      Set(
        ["update_transfer", "UpdateTransfer", "Updated a transfer", "updated transfer"].map {
          Operation.key($0)
        }
      ).count == 1)
    #expect(Operation("Granular admin relationship terminated") == .ordinary)
    #expect(Operation("Created a referral") == .ordinary)
    #expect(Operation("AzureFraudEventDetected") == .tellsOfFraud)
    #expect(Operation("Deleted customer") == .removesCustomer)
    #expect(Operation("") == nil)
    #expect(Operation("Made coffee") == nil)
  }
}
