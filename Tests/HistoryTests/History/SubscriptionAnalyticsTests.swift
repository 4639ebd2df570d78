import TestSupport
import Testing

@testable import History

struct SubscriptionAnalyticsTests {
  /// The sample of Partner Center's reference (get-all-subscription-analytics), with an Azure type.
  private static let documented = """
    {"customerTenantId":"76906668-27FC-4F5B-A35C-75A9823E13AF","customerName":"TESTORG65656565",
    "customerMarket":"US","id":"4BF546B2-8998-4838-BEE2-5F1BBE65A04F","status":"ACTIVE",
    "productName":"OFFICE 365 BUSINESS PREMIUM","subscriptionType":"Office",
    "autoRenewEnabled":true,"partnerId":"3B33E682-00C3-41EE-9DD2-A548ADF56438",
    "friendlyName":"FULL OFFICE SUITE","partnerName":"Partner Name",
    "providerName":"Provider Name","creationDate":"2016-02-04T19:29:38.037",
    "effectiveStartDate":"2016-02-04T00:00:00","commitmentEndDate":"2019-02-10T00:00:00",
    "currentStateEndDate":"2019-02-10T00:00:00","trialToPaidConversionDate":null,
    "trialStartDate":null,"trialEndDate":null,"lastUsageDate":null,"deprovisionedDate":null,
    "lastRenewalDate":"2018-02-10T02:39:57.729","licenseCount":2,"churnRisk":"High",
    "billingCycleName":"MONTHLY"}
    """

  private func state(_ text: String) throws -> (SubscriptionState, Observation, CustomerHistory) {
    let folder = ExportFolder()
    folder.write("2018-03-01/subscriptions.json", text)
    let report = try folder.import("2018-03-01")
    #expect(report.failure == nil)
    let customer = try #require(try folder.reading().customers().first)
    let subscription = try #require(customer.subscriptions.first)
    return (
      try #require(subscription.states.first), try #require(subscription.observations.first),
      customer
    )
  }

  @Test func `reads every field of the documented row`() throws {
    let (state, observation, customer) = try state(Self.documented)
    var expected = SubscriptionState()
    expected.customerTenantId = "76906668-27fc-4f5b-a35c-75a9823e13af"
    expected.customerName = "TESTORG65656565"
    expected.customerMarket = "US"
    expected.status = .active
    expected.productName = "OFFICE 365 BUSINESS PREMIUM"
    expected.subscriptionType = "Office"
    expected.autoRenewEnabled = true
    expected.partnerId = "3b33e682-00c3-41ee-9dd2-a548adf56438"
    expected.friendlyName = "FULL OFFICE SUITE"
    expected.partnerName = "Partner Name"
    expected.providerName = "Provider Name"
    expected.creationDate = day("2016-02-04")
    expected.effectiveStartDate = day("2016-02-04")
    expected.commitmentEndDate = day("2019-02-10")
    expected.currentStateEndDate = day("2019-02-10")
    expected.lastRenewalDate = day("2018-02-10")
    expected.licenseCount = 2
    expected.churnRisk = "High"
    expected.billingCycleName = "MONTHLY"
    #expect(state == expected)
    #expect(
      observation == Observation(day: day("2018-03-01"), source: 0, state: 0, lastUsageDate: nil))
    #expect(customer.customerTenantId == "76906668-27fc-4f5b-a35c-75a9823e13af")
    #expect(
      customer.subscriptions.map(\.id.description) == ["4bf546b2-8998-4838-bee2-5f1bbe65a04f"])
  }

  @Test(arguments: [
    "[ROW]", "{\"Value\":[ROW],\"@nextLink\":null,\"TotalCount\":1}", "{\"VALUE\":[ROW]}",
    "{\"value\":[ROW],\"nextLink\":null,\"totalCount\":1,\"message\":null,\"statusCode\":200}",
    "{\"totalCount\":1,\"items\":[ROW],\"links\":{\"self\":{\"uri\":\"/x\"}}}", "\u{FEFF}ROW",
    "{\"message\":\"\",\"value\":[ROW]}",
  ])
  func `reads the row in every envelope`(text: String) throws {
    let whole = text.replacing("ROW", with: Self.documented)
    #expect(try state(whole).0.friendlyName == "FULL OFFICE SUITE")
    let line = whole.replacing("\n", with: "")
    #expect(try state(line).0.friendlyName == "FULL OFFICE SUITE", "on one line")
  }

  @Test func `reads JSON Lines and keys in any case`() throws {
    let line = Self.documented.replacing("\n", with: "")
      .replacing("\"status\"", with: "\"STATUS\"").replacing("\"id\"", with: "\"Id\"")
    #expect(try state(line + "\n").0.status == .active)
  }

  @Test func `reads booleans, numbers and dates in their other spellings`() throws {
    let row = subscriptionRow(
      1, status: "suspended", "\"isAutoRenew\":\"N\"", "\"licenseCount\":\"63\"",
      "\"commitmentEndDate\":\"9999-12-31T00:00:00Z\"",
      "\"trialStartDate\":\"0001-01-01T00:00:00\"",
      "\"deprovisionedDate\":\"\"", "\"lastUsageDate\":\"2018-02-28T23:30:00-02:00\""
    ).replacing("\"autoRenewEnabled\":true,", with: "")
    let (state, observation, _) = try state(row)
    #expect(state.status == .suspended)
    #expect(state.autoRenewEnabled == false)
    #expect(state.licenseCount == 63)
    #expect(state.commitmentEndDate == nil)
    #expect(state.trialStartDate == nil)
    #expect(state.deprovisionedDate == nil)
    #expect(observation.lastUsageDate == day("2018-03-01"))
  }

  @Test func `lets no empty alias take a value away`() throws {
    for empty in ["null", "\"\"", "\" \""] {
      for members in [
        ["\"partnerId\":\"X\"", "\"mpnId\":\(empty)"],
        ["\"mpnId\":\(empty)", "\"partnerId\":\"X\""],
      ] {
        let row = subscriptionRow(1, members[0], members[1])
        #expect(try state(row).0.partnerId == "X")
      }
      let id = "\"id\":\"\(guid(1).description.uppercased())\""
      let row = subscriptionRow(1).replacing(
        id, with: "\"id\":\(empty),\(id.replacing("\"id\"", with: "\"subscriptionId\""))")
      #expect(try state(row).2.subscriptions.map(\.id) == [guid(1)])
    }
    // Of two values the last one counts.
    let twice = subscriptionRow(1, "\"partnerId\":\"X\"", "\"mpnId\":\"Y\"")
    #expect(try state(twice).0.partnerId == "Y")
  }

  @Test func `loads unknown statuses and types with a note`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1, status: "Expired"), subscriptionRow(2, status: "Disabled"),
        subscriptionRow(3).replacing("\"Azure\"", with: "\"Quantum\""),
      ]))
    let report = try folder.import("2025-01-06.json")
    #expect(report.files[0].rowsAccepted == 3)
    #expect(
      report.files[0].notes.map { "\($0.kind.rawValue) \($0.name) \($0.count)" } == [
        "unknown value status=DISABLED 1", "unknown value status=EXPIRED 1",
        "unknown value subscriptionType=Quantum 1",
      ])
    let states = try folder.reading().customers()[0].subscriptions.map(\.states[0].status)
    #expect(states == [.unknown("EXPIRED"), .unknown("DISABLED"), .active])
  }

  @Test func `reports an unknown column once, with the rows that have it`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope((1...3).map { subscriptionRow($0, "\"newColumn\":{\"a\":1}", "\"other\":null") }))
    let report = try folder.import("2025-01-06.json")
    #expect(report.files[0].rowsAccepted == 3)
    #expect(
      report.files[0].notes == [
        ImportNote(kind: .unknownColumn, name: "newColumn", count: 3),
        ImportNote(kind: .unknownColumn, name: "other", count: 3),
      ])
  }

  @Test func `shares a state between the observations that show it`() throws {
    let folder = ExportFolder()
    for (date, status) in [
      ("2025-01-06", "ACTIVE"), ("2025-01-13", "SUSPENDED"), ("2025-01-20", "ACTIVE"),
    ] {
      folder.write("\(date).json", envelope([subscriptionRow(1, status: status)]))
      try folder.import("\(date).json")
    }
    let subscription = try folder.reading().customers()[0].subscriptions[0]
    #expect(subscription.states.map(\.status) == [.active, .suspended])
    #expect(subscription.observations.map(\.state) == [0, 1, 0])
    #expect(
      subscription.observations.map(\.day)
        == [day("2025-01-06"), day("2025-01-13"), day("2025-01-20")])
  }

  @Test func `lets the last row of an id win and counts the others`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1), subscriptionRow(1), subscriptionRow(1, status: "SUSPENDED"),
      ]))
    let file = try folder.import("2025-01-06.json").files[0]
    #expect((file.rowsAccepted, file.rowsRepeated, file.rowsRestated) == (3, 1, 1))
    let subscription = try folder.reading().customers()[0].subscriptions[0]
    #expect(subscription.states.map(\.status) == [.suspended])
    #expect(subscription.observations.count == 1)
  }

  @Test func `ignores the zero id of deal registrations`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    let zero = subscriptionRow(1).replacing(guid(1).description.uppercased(), with: "\(GUID.zero)")
    folder.write("2025-01-13.json", envelope([zero, subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    let file = try folder.import("2025-01-13.json").files[0]
    #expect((file.rowsAccepted, file.rowsIgnored, file.rowsRejected) == (1, 1, 0))
  }

  @Test func `refuses an aggregated answer and says what it is`() throws {
    let folder = ExportFolder()
    // The grouped sample of the reference, with its counts as strings.
    folder.write(
      "2025-01-06.json",
      envelope([#"{"subscriptionType":"Azure","subscriptionCount":"63","licenseCount":"0"}"#]))
    let failure = try #require(try folder.import("2025-01-06.json").failure)
    #expect(failure.kind == .unusable)
    #expect(failure.what.contains("groupby"))
  }

  @Test func `a table says the same as the API`() throws {
    let names = [
      "id", "customerTenantId", "customerName", "status", "subscriptionType", "autoRenewEnabled",
      "licenseCount", "effectiveStartDate", "commitmentEndDate", "lastUsageDate",
    ]
    let rows = (1...6).map { index in
      [
        guid(index).description, guid(900).description, "Smith, Jones & \"Co\"",
        ["ACTIVE", "SUSPENDED", "PENDING"][index % 3], "Azure", ["True", "No"][index % 2],
        "\(index)", "2024-0\(index)-01", index % 2 == 0 ? "" : "9999-12-31", "2025-01-0\(index)",
      ]
    }
    func quoted(_ text: String) -> String {
      "\"\(text.replacing("\"", with: "\"\""))\""
    }
    let table = ExportFolder()
    table.write(
      "2025-01-06.csv",
      ([names] + rows).map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\n"))
    #expect(try table.import("2025-01-06.csv").files[0].rowsAccepted == 6)
    let lines = ExportFolder()
    let objects = rows.map { row in
      let members = zip(names, row).map { name, value in
        "\"\(name)\":\"\(value.replacing("\"", with: "\\\""))\""
      }
      return "{\(members.joined(separator: ","))}"
    }
    lines.write("2025-01-06.json", jsonLines(objects))
    try lines.import("2025-01-06.json")
    #expect(
      try table.reading().customers().map { "\($0)" }
        == lines.reading().customers().map { "\($0)" })
  }
}
