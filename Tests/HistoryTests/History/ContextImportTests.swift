import TestSupport
import Testing

@testable import History

/// The tables of context: what they keep, what they leave out, and that nothing else notices.
struct ContextImportTests {
  /// The documented example, with the dates of the year 1 and the answer's own spelling.
  private static let reseller = """
    {"partnerTenantId":"AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE","id":"1111111","name":"RESELLER NAME",\
    "market":"US","firstSubscriptionCreationDate":"2016-10-18T19:16:25.107",\
    "latestSubscriptionCreationDate":"2016-10-18T19:16:25.107",\
    "firstSubscriptionEndDate":"2018-11-07T00:00:00","latestSubscriptionEndDate":"2018-11-07T00:00:00",\
    "firstSubscriptionSuspendedDate":"0001-01-01T00:00:00",\
    "latestSubscriptionSuspendedDate":"0001-01-01T00:00:00",\
    "firstSubscriptionDeprovisionedDate":"0001-01-01T00:00:00",\
    "latestSubscriptionDeprovisionedEndDate":"2018-12-01T00:00:00","subscriptionCount":10.0,\
    "licenseCount":"20"}
    """
  private static let search = """
    {"companyName":"my company","contactButtonClicked":false,"keywordCountry":null,\
    "detailsViewed":true,"keywordIndustryFocus":null,"mpnId":2604568,"partnerMarket":"CN",\
    "keywordProduct":null,"referralSubmitted":false,"searchDate":"2018-05-30",\
    "keywordSearchText":" my company"}
    """
  private static let referral = """
    {"id":"112310","status":"Accepted","customerMarket":"US","customerName":"Best Customer Ever",\
    "customerOrgSize":"10to50employees","acceptedDate":"2018-02-07T23:43:19",\
    "acknowledgedDate":"2018-02-07T23:40:50","archivedDate":null,\
    "createdDate":"2018-02-04T23:08:59","wonDate":null,"partnerMarket":"US"}
    """

  @Test func `keeps an indirect reseller as the documentation shows it`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/r.json", Self.reseller)
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.format, file.rowsAccepted) == ("indirect resellers analytics", 1))
    #expect(file.notes.isEmpty)
    let row = try #require(try folder.reading().contextRows(.indirectResellers).first)
    #expect(row.source == "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")
    #expect(row.observedOn == day("2025-01-06"))
    #expect(row.text("id") == "1111111")
    #expect(row.day("firstSubscriptionCreationDate") == day("2016-10-18"))
    #expect(row["firstSubscriptionSuspendedDate"] == nil)
    #expect(row.day("latestSubscriptionDeprovisionedDate") == day("2018-12-01"))
    #expect((row.count("subscriptionCount"), row.count("licenseCount")) == (10, 20))
    #expect(row["indirectResellerCount"] == nil)
  }

  @Test func `keeps a search whose partner id is a number, and one whose is a text`() throws {
    let folder = ExportFolder()
    let other = Self.search.replacing("2604568", with: "\"\(guid(1).description.uppercased())\"")
    folder.write("2025-01-06/s.jsonl", jsonLines([Self.search, other]))
    try folder.import("2025-01-06")
    let rows = try folder.reading().contextRows(.searches)
    #expect(rows.map { $0.text("mpnId") } == ["2604568", "\(guid(1))"])
    #expect(rows[0].boolean("detailsViewed") == true)
    #expect(rows[0].boolean("referralSubmitted") == false)
    #expect(rows[0].text("keywordSearchText") == "my company")
    #expect(rows[0].day("searchDate") == day("2018-05-30"))
  }

  @Test func `keeps a referral, and does not take it for a subscription`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/r.json", envelope([Self.referral]))
    #expect(try folder.import("2025-01-06").files[0].format == "referral analytics")
    let store = try folder.reading()
    let row = try #require(try store.contextRows(.referrals).first)
    #expect(row.text("customerOrgSize") == "10to50employees")
    #expect(row.day("acceptedDate") == day("2018-02-07"))
    #expect(row["wonDate"] == nil)
    #expect(try store.status().subscriptions.isEmpty)
  }

  @Test func `keeps licence usage and deployment, whichever way the answers spell them`() throws {
    let folder = ExportFolder()
    let workload = """
      "workloadCode":"SPO","workloadName":"SharePoint","serviceCode":"o365","serviceName":"Office",\
      "channel":"reseller"
      """
    folder.write(
      "2025-01-06/usage.json",
      envelope([
        """
        {"processedDateTime":"2018-10-14T00:00:00",\(workload),\
        "customerTenantId":"0112A436-B14E-4888-967B-CA4BB2CF1234","customerName":"TEST COMPANY",\
        "productId":"6FD2C87F-B296-42F0-B197-1E91E994B900","licenseActive":3,"licensesQualified":4}
        """,
        "{\(workload),\"licensesActive\":\"5\",\"licensesQualified\":6}",
      ]))
    folder.write(
      "2025-01-06/customer.json",
      """
      {"totalCount":1,"items":[{"customerName":"TEST COMPANY","productName":"OFFICE","licensesActive":0,\
      "licensesQualified":1,"usagePercent":0.5,"workloadName":"Exchange",\
      "processedDateTime":"2017-03-09T00:00:00+00:00","serviceName":"o365","channel":"reseller",\
      "attributes":{"objectType":"CustomerLicensesUsageInsights"}}],\
      "attributes":{"objectType":"Collection"}}
      """)
    folder.write(
      "2025-01-06/deployment.csv",
      """
      serviceCode,serviceName,channel,customerTenantId,customerName,productId,productName,\
      licensesDeployed,licensesSold,processedDateTime
      crm,Microsoft Dynamics,reseller,0112A436-B14E-4888-967B-CA4BB2CF1234,TEST,54B8,DYNAMICS,0,9,\
      2018-10-14T00:00:00

      """)
    let report = try folder.import("2025-01-06")
    #expect(report.failure == nil)
    #expect(report.files.allSatisfy { $0.notes.isEmpty })
    let store = try folder.reading()
    let usage = try store.contextRows(.licenseUsage)
    #expect(Set(usage.map { $0.count("licensesActive") }) == [3, 5, 0])
    #expect(
      usage.compactMap { $0.text("customerTenantId") }
        == ["0112a436-b14e-4888-967b-ca4bb2cf1234"])
    #expect(usage.compactMap { $0.number("usagePercent") } == [0.5])
    let deployment = try store.contextRows(.licenseDeployment)
    #expect(deployment.map { $0.count("licensesSold") } == [9])
    #expect(deployment.map { $0.text("productId") } == ["54B8"])
  }

  @Test func `loads sums of aggregated answers where the reference has counts for them`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/resellers.json",
      envelope([
        "{\"market\":\"US\",\"indirectResellerCount\":\"3\",\"subscriptionCount\":\"63\",\"licenseCount\":0}"
      ]))
    folder.write(
      "2025-01-06/searches.json",
      envelope(["{\"keywordCountry\":\"US\",\"searchResultPageViews\":7,\"contactClicks\":1}"]))
    folder.write(
      "2025-01-06/referrals.json", envelope(["{\"customerOrgSize\":\"10to50employees\"}"]))
    let report = try folder.import("2025-01-06")
    let store = try folder.reading()
    #expect(try store.contextRows(.indirectResellers).map { $0.count("subscriptionCount") } == [63])
    #expect(try store.contextRows(.searches).map { $0.count("searchResultPageViews") } == [7])
    guard case .skipped(let reason) = report.files[0].outcome else {
      Issue.record("referrals without an id were imported")
      return
    }
    #expect(reason.contains("groupby"))
  }

  @Test func `notes a value that cannot be read and keeps the rest of its row`() throws {
    let folder = ExportFolder()
    let bad = Self.reseller.replacing("2018-11-07T00:00:00", with: "soon")
      .replacing("\"20\"", with: "\"many\"").replacing("10.0", with: "10.5")
    folder.write("2025-01-06/r.json", bad)
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (1, 0))
    #expect(
      file.notes.map(\.name) == [
        "firstSubscriptionEndDate=(not a date)", "latestSubscriptionEndDate=(not a date)",
        "licenseCount=many", "subscriptionCount=10.5",
      ])
    let row = try #require(try folder.reading().contextRows(.indirectResellers).first)
    #expect(row.text("name") == "RESELLER NAME")
    #expect(row["licenseCount"] == nil)
  }

  @Test func `says how to read dates whose order nothing tells`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/r.json", Self.reseller.replacing("2018-11-07T00:00:00", with: "07/11/2018"))
    let notes = try folder.import("2025-01-06").files[0].notes.map(\.name)
    #expect(notes.count == 2 && notes.allSatisfy { $0.contains("--date-order") }, "\(notes)")
  }

  @Test func `rejects a row of which nothing tells what it is about`() throws {
    let folder = ExportFolder()
    let undated = Self.search.replacing("\"2018-05-30\"", with: "null")
    let impossible = Self.search.replacing("2018-05-30", with: "2018-02-30")
    let nested = Self.search.replacing("\"2018-05-30\"", with: "{}")
    folder.write("2025-01-06/s.jsonl", jsonLines([Self.search, undated, impossible, nested]))
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (1, 3))
    #expect(
      file.rejections.map(\.reason) == [
        "the row has none of searchDate, searchResultPageViews, contactClicks, referralCount, "
          + "profileViews",
        "the date is impossible or not a date", "the date is impossible or not a date",
      ])
  }

  @Test func `hands rows out source by source, the newest import first`() throws {
    let folder = ExportFolder()
    for (name, market, source) in [
      ("2025-01-06", "US", "a"), ("2025-01-20", "DE", "a"), ("2025-01-13", "FR", "a"),
      ("2025-01-27", "JP", "b"),
    ] {
      folder.write("\(name)/r.json", Self.referral.replacing("\"US\"", with: "\"\(market)\""))
      try folder.import(name, source: source)
    }
    let rows = try folder.reading().contextRows(.referrals)
    #expect(rows.map { $0.text("customerMarket") } == ["DE", "FR", "US", "JP"])
    #expect(rows.map(\.source) == ["a", "a", "a", "b"])
  }

  @Test func `leaves everything that is said of subscriptions as it was`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/s.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "4") + "\n")
    try folder.import("2025-01-06")
    let before = try folder.reading()
    folder.write("2025-02-03/r.json", Self.referral)
    folder.write("2025-02-03/s.json", Self.search)
    try folder.import("2025-02-03")
    let after = try folder.reading()
    #expect(after.sources == before.sources)
    #expect(try after.customers() == before.customers())
    #expect(try after.status().sources == before.status().sources)
    #expect(try after.status().stalenessDays == before.status().stalenessDays)
    #expect(try after.status().reportingLagDays == before.status().reportingLagDays)
    #expect(try after.status().warnings == before.status().warnings)
  }

  @Test func `an import that is taken back takes its rows with it`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/r.json", Self.reseller)
    folder.write("2025-01-06/s.json", Self.search)
    try folder.import("2025-01-06")
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    for row in try store.imports() { try store.remove(importId: row.id) }
    for table in ContextTable.all {
      #expect(try store.connection.integer("SELECT count(*) FROM \(table.sqlName)") == 0)
    }
  }

  @Test func `every table is about something of its own`() {
    #expect(Set(ContextTable.all.map(\.resource)).count == ContextTable.all.count)
    #expect(Set(ContextTable.all.map(\.sqlName)).count == ContextTable.all.count)
    #expect(ContextTable.all.allSatisfy { HistoryStore.tablesOfAnImport.contains($0.sqlName) })
  }
}
