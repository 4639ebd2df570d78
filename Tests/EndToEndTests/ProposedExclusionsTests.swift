import Files
import Foundation
import Testing

/// What the logs suggest to exclude is told, and nothing is excluded before somebody says so.
struct ProposedExclusionsTests {
  @Test func `status proposes lines that an exclusions file can have`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write(
      "2026-01-26/s.json",
      Exports.envelope([Exports.subscription(1), Exports.subscription(2)]))
    try program.succeed(["import", "2026-01-26"])
    #expect(!(try program.succeed(["status"]).output.contains("roposed")))

    try folder.write(
      "2026-02-02/audit.json",
      """
      {"totalCount":1,"items":[{"customerId":"\(Exports.tenant(2))","userPrincipalName":"kim@example.com",
      "resourceType":"transfer","operationType":"update_transfer","operationStatus":"succeeded",
      "operationDate":"2026-01-28T10:00:00Z","resourceNewValue":"{\\"Status\\":\\"Completed\\"}",
      "customizedData":[{"key":"SubscriptionId","value":"\(Exports.id(2))"}]}]}
      """)
    let imported = try program.succeed(["import", "2026-02-02"])
    #expect(imported.output.contains("audit records"))
    #expect(imported.errors == "")
    #expect(try program.succeed(["status"]).output.contains("Proposed exclusions: 1, none of them"))
    let rows = try proposals(program)
    let row = try #require(rows.first)
    #expect(rows.count == 1)
    #expect(row["subscriptionId"]?.string == Exports.id(2).lowercased())
    #expect(row["customerTenantId"]?.isNull == true)
    #expect(row["from"]?.string == "2026-01-28")
    #expect(row["why"]?.string?.contains("transferred to another partner") == true)

    let cells = ["subscriptionId", "customerTenantId", "reason", "from"].map {
      row[$0]?.string ?? ""
    }
    try folder.write(
      "exclusions.csv",
      "subscriptionId,customerTenantId,reason,from\n" + cells.joined(separator: ",") + "\n")
    let accepted = try program.succeed(["import", "exclusions.csv"])
    #expect(accepted.output.contains("1 of 1 file imported: 1 row"))
    #expect(try proposals(program).isEmpty)
  }

  private func proposals(_ program: Program) throws -> [JSONValue] {
    let json = try program.succeed(["status", "--json"]).output
    return try #require(JSONValue(parsing: Array(json.utf8), path: "")["proposedExclusions"]?.array)
  }
}
