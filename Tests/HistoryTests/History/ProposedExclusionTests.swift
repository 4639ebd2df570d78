import TestSupport
import Testing

@testable import History

struct ProposedExclusionTests {
  /// A store with the subscriptions 1 to 3 of customers 1 to 3, and an audit log.
  private static func folder(_ records: String...) throws -> ExportFolder {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/s.json", envelope((1...3).map { subscriptionRow($0, tenant: $0) }))
    folder.write("2025-01-06/audit.jsonl", jsonLines(records))
    try folder.import("2025-01-06")
    return folder
  }

  /// An audit record of a customer, of one subscription or of none.
  private static func record(
    _ operation: String, _ subscription: Int?, customer: Int = 1, on day: String = "2025-01-02",
    new: String = "{}"
  ) -> String {
    let id = subscription.map { "{\"key\":\"SubscriptionId-0\",\"value\":\"\(guid($0))\"}" } ?? ""
    return """
      {"customerId":"\(guid(900 + customer))","resourceType":"transfer","operationType":"\(operation)",\
      "operationDate":"\(day)T00:00:00Z","operationStatus":"succeeded","customizedData":[\(id)],\
      "resourceNewValue":\(new)}
      """
  }

  private static let completed = "{\"status\":\"Completed\"}"

  @Test func `proposes what was transferred, from the day on, and applies nothing`() throws {
    let folder = try Self.folder(
      Self.record("update_transfer", 1, on: "2025-01-03", new: Self.completed))
    let store = try folder.reading()
    #expect(
      try store.proposedExclusions() == [
        ProposedExclusion(
          exclusion: Exclusion(
            subscriptionId: guid(1), reason: .transferred, from: day("2025-01-03")),
          cause: .transferred)
      ])
    #expect(store.exclusions.isEmpty)
    #expect(try store.status().proposedExclusions.count == 1)
  }

  @Test func `proposes each subject for each reason once, from the first day`() throws {
    let folder = try Self.folder(
      Self.record("update_transfer", 1, on: "2025-01-02"),
      Self.record("update_transfer", 1, on: "2025-01-04", new: Self.completed),
      Self.record("azure_fraud_event_detected", 1, on: "2025-01-05"),
      Self.record("create_new_commerce_migration", 2, customer: 2, on: "2025-01-05"))
    let proposed = try folder.reading().proposedExclusions()
    #expect(proposed.map(\.exclusion.reason) == [.transferred, .fraud, .migrated])
    #expect(
      proposed.map(\.exclusion.from) == [day("2025-01-02"), day("2025-01-05"), day("2025-01-05")])
    #expect(proposed.map(\.cause) == [.transferred, .fraudDetected, .migrated])
  }

  @Test func `proposes a customer where the log names no subscription`() throws {
    let folder = try Self.folder(
      Self.record("update_transfer", nil, customer: 2, new: Self.completed))
    #expect(
      try folder.reading().proposedExclusions().map(\.exclusion) == [
        Exclusion(
          customerTenantId: "\(guid(902))", reason: .transferred, from: day("2025-01-02"))
      ])
  }

  @Test func `proposes nothing that the history does not know, or that means no loss`() throws {
    let folder = try Self.folder(
      Self.record("update_transfer", 99, new: Self.completed),
      Self.record("update_transfer", nil, customer: 99, new: Self.completed),
      Self.record("remove_partner_customer_relationship", 1), Self.record("update_subscription", 2),
      Self.record("create_transfer", 3))
    #expect(try folder.reading().proposedExclusions().isEmpty)
  }

  @Test func `a proposal that became a line of an exclusions file is none any more`() throws {
    let folder = try Self.folder(
      Self.record("update_transfer", 1, new: Self.completed),
      Self.record("update_transfer", 2, customer: 2, new: Self.completed),
      Self.record("update_transfer", 3, customer: 3, new: Self.completed))
    let proposed = try folder.reading().proposedExclusions()
    #expect(proposed.count == 3)
    let line = try #require(proposed.first).exclusion
    folder.write(
      "exclusions.csv",
      "subscriptionId,customerTenantId,reason,from\n"
        + "\(line.subscriptionId.map { "\($0)" } ?? ""),,\(line.reason.rawValue),"
        + "\(line.from.map { "\($0)" } ?? "")\n"
        // A customer who is excluded needs no line for each subscription.
        + ",\(guid(903)),internal,\n")
    try folder.import("exclusions.csv", on: "2025-01-07")
    let store = try folder.reading()
    #expect(store.exclusions.contains(line))
    #expect(try store.proposedExclusions().map(\.exclusion.subscriptionId) == [guid(2)])
  }
}
