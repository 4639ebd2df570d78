import Files
import History
import Reporting
import TestSupport
import Testing

@testable import Analytics

struct SubscriptionsTests {
  /// Four subscriptions; number 3 is suspended in the second week, and number 4 gone in the third.
  private static func sample() throws -> Sample {
    func row(_ number: Int, _ market: String, _ members: [(String, String)] = []) -> String {
      subscriptionRow(
        number, [("customerMarket", "\"\(market)\""), ("licenseCount", "\(number)")] + members)
    }
    let first = [
      row(1, "US"), row(2, "US"), row(3, "FR"), row(4, "FR"), row(5, "JP"), row(6, "JP"),
    ]
    var second = first
    second[2] = row(
      3, "FR", [("status", "\"SUSPENDED\""), ("commitmentEndDate", "\"2026-03-31T00:00:00\"")])
    var third = second
    third.remove(at: 3)
    return try Sample([
      ("subscriptions-2026-01-05.json", envelope(first)),
      ("subscriptions-2026-01-12.json", envelope(second)),
      ("subscriptions-2026-01-19.json", envelope(third)),
    ])
  }

  @Test
  func `what is newest is the same as what was known on a day after all, of one source and of two`()
    throws
  {
    let one = try Self.sample()
    #expect(try one.ask("subscriptions").rows == one.ask("subscriptions", asOf: "2099-01-01").rows)
    let folder = TemporaryFolder()
    let store = try HistoryStore.open(folder["store.sqlite"], for: .importing)
    var generator = SeededGenerator(seed: 7)
    for (source, days) in [
      ("a", ["2026-01-05", "2026-01-12"]), ("b", ["2026-01-06", "2026-01-12", "2026-01-13"]),
    ] {
      for day in days {
        let rows = (1...12).filter { _ in Bool.random(using: &generator) }.map { number in
          let status = ["ACTIVE", "SUSPENDED"].randomElement(using: &generator) ?? "ACTIVE"
          return subscriptionRow(number, [("status", "\"\(status)\"")])
        }
        let file = folder["\(source)-\(day).json"]
        try writeFile(file) { try $0.write(envelope(rows)) }
        let report = try Importer(store).import(paths: [file], source: source)
        #expect(report.failure == nil)
      }
    }
    func answer(_ asOf: CalendarDay?) throws -> AnalyticsAnswer {
      var request = QueryRequest()
      request.asOf = asOf
      let resource = Subscriptions()
      return try resource.answer(
        AnalyticsQuery(request, of: resource), from: AnalyticsSource(history: store))
    }
    let newest = try answer(nil)
    #expect(newest.rows == (try answer(day("2099-01-01")).rows))
    #expect(newest.rows.count > 6)
  }

  @Test func `an answer that is not made by its deadline is given up`() throws {
    let sample = try Sample([
      ("subscriptions-2026-01-05.json", envelope((1...600).map { subscriptionRow($0) })),
      ("usage-2026-01-05.json", envelope([usageRow(1, "2026-01-02", "1")])),
    ])
    func ask(_ name: String, _ deadline: ContinuousClock.Instant) throws -> Int {
      try ask(resource(name), deadline)
    }
    func ask(_ resource: some AnalyticsResource, _ deadline: ContinuousClock.Instant) throws -> Int
    {
      var limits = AnalyticsLimits.none
      limits.deadline = deadline
      return try resource.answer(
        AnalyticsQuery(QueryRequest(), of: resource),
        from: AnalyticsSource(history: sample.history, limits: limits)
      ).totalCount
    }
    #expect(try ask("subscriptions", .now + .seconds(3_600)) == 600)
    #expect(try ask("usage", .now + .seconds(3_600)) == 1)
    for name in ["subscriptions", "usage"] {
      #expect(throws: QueryTimeout.self) { try ask(name, .now - .seconds(1)) }
    }
  }

  @Test func `an answer shows what was seen on the day, and nothing of later`() throws {
    let sample = try Self.sample()
    #expect(try sample.ask("subscriptions", asOf: "2026-01-04").totalCount == 0)
    #expect(
      try sample.ask("subscriptions", filter: "status eq 'suspended'", asOf: "2026-01-11").rows
        == [])
    let suspended = try sample.ask(
      "subscriptions", filter: "status eq 'suspended'", asOf: "2026-01-12")
    #expect(suspended.column("id") == ["\(guid(3))"])
    #expect(suspended.column("commitmentEndDate") == ["2026-03-31"])
    #expect(try sample.ask("subscriptions").totalCount == 5)
  }

  @Test func `a subscription is there until a complete export no longer shows it`() throws {
    let sample = try Self.sample()
    let gone = "id eq '\(guid(4).description.uppercased())'"
    #expect(try sample.ask("subscriptions", filter: gone, asOf: "2026-01-18").totalCount == 1)
    #expect(try sample.ask("subscriptions", filter: gone, asOf: "2026-01-19").totalCount == 0)
    // An export that lacks pages takes nothing away.
    let partial = try Sample([
      ("subscriptions-2026-01-05.json", envelope([subscriptionRow(1), subscriptionRow(2)])),
      (
        "subscriptions-2026-01-12.json",
        "{\"Value\":[\(subscriptionRow(1))],\"@nextLink\":\"more\",\"TotalCount\":2}"
      ),
    ])
    #expect(try partial.ask("subscriptions").totalCount == 2)
  }

  @Test func `groups are counted and their licences summed, by market and status`() throws {
    let sample = try Self.sample()
    let groups = try sample.ask("subscriptions", groupBy: "customerMarket,status")
    #expect(
      groups.columns.map(\.name) == [
        "customerMarket", "status", "subscriptionCount", "licenseCount",
      ])
    #expect(
      groups.lines == ["FR|SUSPENDED|1|3", "JP|ACTIVE|2|11", "US|ACTIVE|2|3"])
    let ordered = try sample.ask(
      "subscriptions", groupBy: "status", orderBy: "subscriptionCount desc", top: 1)
    #expect(ordered.lines == ["ACTIVE|4|14"])
    #expect(ordered.totalCount == 2 && ordered.nextSkip == 1)
  }

  @Test func `dates are put together by day, month, or all of them into one range`() throws {
    let rows = ["2025-01-31", "2025-02-01", "2025-02-28"].enumerated().map {
      subscriptionRow($0.offset + 1, [("creationDate", "\"\($0.element)T00:00:00\"")])
    }
    let sample = try Sample([
      (
        "subscriptions-2026-01-05.json",
        envelope(rows + [subscriptionRow(9, [("creationDate", "null")])])
      )
    ])
    func lines(_ level: String?) throws -> [String] {
      try sample.ask("subscriptions", groupBy: "creationDate", level: level).lines
    }
    #expect(try lines("month") == ["-|1|-", "2025-01-01|1|-", "2025-02-01|2|-"])
    #expect(try lines("week") == ["-|1|-", "2025-01-27|2|-", "2025-02-24|1|-"])
    #expect(try lines("day").count == 4)
    #expect(try lines("dateRange") == ["2025-01-31/2025-02-28|4|-"])
    #expect(try lines(nil) == lines("dateRange"))
  }

  @Test func `rows come by id, pages follow each other, and nulls come first`() throws {
    let sample = try Self.sample()
    let all = try sample.ask("subscriptions")
    #expect(all.column("id") == [1, 2, 3, 5, 6].map { "\(guid($0))" })
    let pages = try (0..<3).map { try sample.ask("subscriptions", top: 2, skip: 2 * $0) }
    #expect(pages.flatMap(\.rows) == all.rows)
    #expect(pages.map(\.nextSkip) == [2, 4, nil])
    #expect(try sample.ask("subscriptions", skip: 5).rows == [])
    #expect(try sample.ask("subscriptions", skip: .max).nextSkip == nil)
    let ordered = try sample.ask("subscriptions", orderBy: "commitmentEndDate,licenseCount desc")
    #expect(ordered.column("licenseCount") == ["6", "5", "2", "1", "3"])
    let reversed = try sample.ask("subscriptions", orderBy: "commitmentEndDate desc")
    #expect(reversed.column("licenseCount") == ["3", "1", "2", "5", "6"])
  }
}

struct AzureUsageTests {
  /// Two subscriptions, hours and gigabytes; the line of 01-02 is corrected a week later.
  private static func sample() throws -> Sample {
    let vm = "Virtual Machines"
    return try Sample([
      (
        "usage-2026-01-05.json",
        envelope([
          usageRow(1, "2026-01-02", "10"), usageRow(1, "2026-01-03", "20"),
          usageRow(1, "2026-01-03", "5", category: vm, unit: "1 Hour"),
          usageRow(2, "2026-01-03", "1.5"), usageRow(2, "2026-01-05", "2", location: "eastus"),
        ])
      ),
      (
        "usage-2026-02-02.json",
        envelope([
          usageRow(1, "2026-01-02", "12"), usageRow(1, "2026-02-01", "7"),
          usageRow(2, "2026-02-01", "3", category: vm, unit: "1 Hour"),
        ])
      ),
    ])
  }

  @Test func `quantities are added within a category and a unit, and never across`() throws {
    let sample = try Self.sample()
    let months = try sample.ask("usage", groupBy: "usageDate", level: "month")
    #expect(
      months.columns.map(\.name) == [
        "usageDate", "meterCategory", "meterUnit", "currency", "Quantity", "lineCount", "cost",
      ])
    #expect(
      months.lines == [
        "2026-01-01|Storage|1 GB|-|35.5|4|-", "2026-01-01|Virtual Machines|1 Hour|-|5|1|-",
        "2026-02-01|Storage|1 GB|-|7|1|-", "2026-02-01|Virtual Machines|1 Hour|-|3|1|-",
      ])
    let owners = try sample.ask(
      "usage", groupBy: "customerName,meterUnit", orderBy: "quantity desc")
    #expect(
      owners.lines == [
        "Customer 1|1 GB|Storage|-|39|3|-", "Customer 1|1 Hour|Virtual Machines|-|5|1|-",
        "Customer 2|1 GB|Storage|-|3.5|2|-", "Customer 2|1 Hour|Virtual Machines|-|3|1|-",
      ])
    #expect(
      try sample.ask(
        "usage", filter: "meterCategory eq 'storage'", groupBy: "usageDate", level: "dateRange"
      ).lines == ["2026-01-02/2026-02-01|Storage|1 GB|-|42.5|5|-"])
  }

  @Test func `as of a day a correction is not known yet, nor what no export had shown`() throws {
    let sample = try Self.sample()
    func quantities(_ asOf: String?, lag: Int = 0) throws -> [String] {
      try sample.ask(
        "usage", filter: "subscriptionId eq '\(guid(1))' and meterUnit eq '1 GB'", asOf: asOf,
        lag: lag
      ).column("quantity")
    }
    #expect(try quantities("2026-01-04") == [])
    #expect(try quantities("2026-01-05") == ["10", "20"])
    #expect(try quantities("2026-02-01") == ["10", "20"])
    #expect(try quantities("2026-02-02") == ["12", "20", "7"])
    #expect(try quantities(nil) == ["12", "20", "7"])
    // A dated export has shown it, so that the lag has nothing to add.
    #expect(try quantities("2026-01-05", lag: 31) == ["10", "20"])
  }

  @Test func `usage from long before the first export is known on its day and the lag`() throws {
    let sample = try Sample([("usage-2026-03-02.json", envelope([usageRow(1, "2026-01-10", "1")]))])
    #expect(try sample.ask("usage", asOf: "2026-01-11", lag: 2).totalCount == 0)
    #expect(try sample.ask("usage", asOf: "2026-01-12", lag: 2).totalCount == 1)
  }

  @Test func `rows come by customer, subscription, day and meter, with names`() throws {
    let sample = try Self.sample()
    let rows = try sample.ask(
      "usage", filter: "usageDate le 2026-01-03 or resourceLocation eq 'EASTUS'")
    #expect(
      rows.column("usageDate") == [
        "2026-01-02", "2026-01-03", "2026-01-03", "2026-01-03", "2026-01-05",
      ])
    #expect(rows.column("subscriptionName") == ["Plan 1", "Plan 1", "Plan 1", "Plan 2", "Plan 2"])
    #expect(rows.column("meterUnit") == ["1 GB", "1 GB", "1 Hour", "1 GB", "1 GB"])
    // Empty, and not null, where there is none.
    #expect(rows.column("reservationId") == ["", "", "", "", ""])
    #expect(
      try sample.ask("usage", filter: "contains(subscriptionName,'N 2')").totalCount == 3)
    #expect(
      try sample.ask("usage", orderBy: "quantity desc", top: 2).column("quantity") == ["20", "12"])
  }

  @Test func `costs of billing are added within their currency`() throws {
    let header =
      "SubAccountId,ChargePeriodStart,BilledCost,BillingCurrency,ServiceName,ConsumedQuantity,ConsumedUnit\n"
    let lines = [("10", "EUR"), ("2.5", "EUR"), ("4", "USD")].enumerated().map { index, cost in
      "\(guid(1)),2026-01-0\(index + 1),\(cost.0),\(cost.1),Storage,1,1 GB\n"
    }
    let sample = try Sample([("focus-2026-01-05.csv", header + lines.joined())])
    let sums = try sample.ask("usage", groupBy: "subscriptionId")
    #expect(sums.column("currency") == ["EUR", "USD"])
    #expect(sums.column("cost") == ["12.5", "4"])
    #expect(try sample.ask("usage", filter: "cost gt 3").column("cost") == ["10", "4"])
  }
}

struct ContextResourcesTests {
  @Test func `resellers are those of the newest export; sums of grouped answers are none`() throws {
    func row(_ id: Int, _ count: Int, _ market: String) -> String {
      "{\"id\":\"\(id)\",\"name\":\"Reseller \(id)\",\"market\":\"\(market)\",\"subscriptionCount\":\(count),\"licenseCount\":2,\"firstSubscriptionEndDate\":\"0001-01-01T00:00:00\",\"firstSubscriptionCreationDate\":\"2025-03-0\(id)T00:00:00\"}"
    }
    let sample = try Sample([
      ("r-2026-01-05.json", envelope([row(1, 3, "US"), row(2, 4, "US"), row(3, 5, "FR")])),
      (
        "r-2026-01-12.json",
        envelope([
          row(1, 7, "US"),
          "{\"market\":\"US\",\"indirectResellerCount\":9,\"subscriptionCount\":99}",
        ])
      ),
    ])
    let before = try sample.ask("resellers", groupBy: "market", asOf: "2026-01-05")
    #expect(before.lines == ["FR|1|2|5", "US|2|4|7"])
    let now = try sample.ask("resellers")
    #expect(now.column("subscriptionCount") == ["7", "4", "5"])
    #expect(now.column("firstSubscriptionEndDate") == ["-", "-", "-"])
    #expect(
      try sample.ask("resellers", groupBy: "firstSubscriptionCreationDate", level: "month").lines
        == ["2025-03-01|3|6|16"])
  }

  @Test func `searches of a day are those of the newest export that has it`() throws {
    func row(_ day: String, _ text: String, _ clicked: Bool) -> String {
      "{\"searchDate\":\"\(day)\",\"keywordSearchText\":\"\(text)\",\"contactButtonClicked\":\(clicked),\"detailsViewed\":true,\"referralSubmitted\":false,\"mpnId\":2604568}"
    }
    let sample = try Sample([
      (
        "s-2026-01-05.json",
        envelope([row("2026-01-04", "a", false), row("2026-01-05", "b", false)])
      ),
      (
        "s-2026-01-12.json",
        envelope([row("2026-01-05", "b", false), row("2026-01-05", "c", true)])
      ),
    ])
    #expect(try sample.ask("searches").column("keywordSearchText") == ["a", "b", "c"])
    #expect(
      try sample.ask("searches", asOf: "2026-01-11").column("keywordSearchText") == ["a", "b"])
    #expect(
      try sample.ask("searches", groupBy: "searchDate").lines
        == ["2026-01-04|1|0|0|1", "2026-01-05|2|1|0|2"])
    #expect(try sample.ask("searches", filter: "mpnId eq 2604568").totalCount == 3)
  }

  @Test func `a referral is as the newest export has it`() throws {
    func row(_ id: Int, _ status: String) -> String {
      "{\"id\":\"\(id)\",\"status\":\"\(status)\",\"customerOrgSize\":\"10to50employees\",\"createdDate\":\"2026-01-02T10:00:00\",\"wonDate\":null}"
    }
    let sample = try Sample([
      ("f-2026-01-05.json", envelope([row(1, "New"), row(2, "New")])),
      ("f-2026-01-12.json", envelope([row(1, "Accepted")])),
    ])
    #expect(try sample.ask("referrals").column("status") == ["Accepted", "New"])
    #expect(
      try sample.ask("referrals", groupBy: "status", asOf: "2026-01-05").lines == ["New|2"])
  }
}

struct RiskTests {
  @Test func `scores are filtered, grouped and ordered like everything else`() throws {
    var document = AtRiskDocument()
    document.asOf = "2026-01-05"
    for (rank, (probability, band)) in [(0.5, "high"), (0.25, "medium"), (0.125, "low")]
      .enumerated()
    {
      var row = AtRiskDocument.Row()
      row.rank = rank + 1
      row.identity.subscriptionId = "\(guid(rank))"
      row.identity.status = "ACTIVE"
      row.churnProbability = probability
      row.riskBand = band
      document.subscriptions.append(row)
    }
    func ask(_ filter: String?, _ groupBy: String? = nil) throws -> AnalyticsAnswer {
      var request = QueryRequest()
      request.filter = filter
      request.groupBy = groupBy
      let risk = Risk()
      return try risk.answer(
        AnalyticsQuery(request, of: risk), from: AnalyticsSource(scores: document))
    }
    #expect(try ask(nil).column("rank") == ["1", "2", "3"])
    #expect(try ask("churnProbability ge 0.25").column("riskBand") == ["high", "medium"])
    #expect(try ask("atRisk eq true").totalCount == 2)
    #expect(try ask(nil, "status").lines == ["ACTIVE|3|2|0.875"])
  }
}
