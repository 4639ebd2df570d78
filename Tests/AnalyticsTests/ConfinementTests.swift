import Files
import History
import Reporting
import TestSupport
import Testing

@testable import Analytics

/// What a reader of some subscriptions, or without money and names, gets.
struct ConfinementTests {
  private static let partner = ConfinedPartner(seed: 5)
  private static let noMoney = AnalyticsScope(hidden: [.revenue])
  private static let noNames = AnalyticsScope(hidden: [.personal])
  private static let nothingHidden = AnalyticsScope.everything

  private static func ask(
    _ resource: some AnalyticsResource, _ source: (sample: Sample, scores: AtRiskDocument),
    filter: String? = nil, groupBy: String? = nil, orderBy: String? = nil, top: Int? = nil,
    skip: Int? = nil, _ scope: AnalyticsScope, _ limits: AnalyticsLimits = .none
  ) throws -> AnalyticsAnswer {
    var request = QueryRequest()
    request.filter = filter
    request.groupBy = groupBy
    request.orderBy = orderBy
    request.top = top
    request.skip = skip
    return try resource.answer(
      AnalyticsQuery(request, of: resource, scope: scope),
      from: AnalyticsSource(
        history: source.sample.history, scores: source.scores, scope: scope, limits: limits))
  }

  private func refusal(_ body: () throws -> AnalyticsAnswer) -> QueryError? {
    do {
      _ = try body()
      return nil
    } catch { return error as? QueryError }
  }

  @Test func `a sales agent's rows, counts and sums are of the own subscriptions`() throws {
    let source = try Self.partner.source(of: Set(ConfinedPartner.subscriptions))
    let own = AnalyticsScope(subscriptions: [guid(2), guid(3)])
    let rows = try Self.ask(Subscriptions(), source, own)
    #expect(rows.column("id") == ["\(guid(2))", "\(guid(3))"] && rows.totalCount == 2)
    #expect(
      try Self.ask(Subscriptions(), source, groupBy: "subscriptionType", own).lines[0]
        .hasPrefix("Azure|2|"))
    #expect(
      try Self.ask(Risk(), source, own).column("rank") == ["2", "3"], "ranks are those of all")
    #expect(try Self.ask(Risk(), source, filter: "rank eq 1", own).totalCount == 0)
    let usage = try Self.ask(AzureUsage(), source, own)
    #expect(Set(usage.column("subscriptionId")) == ["\(guid(2))", "\(guid(3))"])
    #expect(usage.totalCount == usage.rows.count)
    #expect(
      try Self.ask(
        AzureUsage(), source, filter: "subscriptionId eq '\(guid(1))' or quantity gt 0", own
      ).column("subscriptionId").allSatisfy { $0 != "\(guid(1))" })
    // Whoever owns nothing sees nothing, which is no error.
    let nobody = AnalyticsScope(subscriptions: [])
    for resource in [Subscriptions(), AzureUsage(), Risk()] as [any AnalyticsResource] {
      let empty = try Self.ask(resource, source, nobody)
      #expect(empty.rows.isEmpty && empty.totalCount == 0 && !empty.isRedacted)
      #expect(try empty.json().hasPrefix("{\n  \"Value\": [],"))
    }
  }

  @Test func `what tells of the partner as a whole is forbidden to a sales agent`() throws {
    let source = try Self.partner.source(of: [1])
    let about = analyticsResources.filter { $0.isAboutPartner }.map { $0.name }
    #expect(about == ["resellers", "searches", "referrals"])
    for name in about {
      let error = refusal {
        try Self.ask(resource(name), source, AnalyticsScope(subscriptions: [guid(1)]))
      }
      #expect(error?.isForbidden == true && error?.resource == name)
      #expect(
        error?.description.hasPrefix("\(name): \(name) tells of the partner as a whole") == true)
      #expect(error?.message.contains("subscriptions, usage or risk") == true)
      // All subscriptions without money are another matter.
      #expect(try Self.ask(resource(name), source, Self.noMoney).totalCount == 0)
    }
  }

  @Test func `hidden fields are no columns, and the answer says so`() throws {
    let source = try Self.partner.source(of: Set(ConfinedPartner.subscriptions))
    func names(
      _ resource: some AnalyticsResource, _ scope: AnalyticsScope, groupBy: String? = nil
    ) throws -> Set<String> {
      let everything = try Self.ask(resource, source, groupBy: groupBy, Self.nothingHidden)
      #expect(!everything.isRedacted)
      #expect(try !everything.json().contains("dataRedacted"))
      let answer = try Self.ask(resource, source, groupBy: groupBy, scope)
      let missing = Set(everything.columns.map(\.name)).subtracting(answer.columns.map(\.name))
      #expect(answer.isRedacted == !missing.isEmpty)
      let keys = try JSONValue(parsing: Array(answer.json().utf8), path: "-").object?.members
        .map(\.key)
      #expect(
        keys == ["Value", "@nextLink", "TotalCount"] + (missing.isEmpty ? [] : ["dataRedacted"]))
      let header = try answer.csv().split(separator: "\n")[0].split(separator: ",").map(String.init)
      #expect(header == answer.columns.map(\.name))
      #expect(answer.rows.allSatisfy { $0.count == header.count })
      return missing
    }
    #expect(try names(Subscriptions(), Self.noMoney) == [])
    #expect(try names(Subscriptions(), Self.noNames) == ["customerName", "friendlyName"])
    #expect(try names(Subscriptions(), Self.noNames, groupBy: "status") == [])
    #expect(try names(AzureUsage(), Self.noMoney) == ["cost", "currency"])
    #expect(try names(AzureUsage(), Self.noMoney, groupBy: "usageDate") == ["cost", "currency"])
    #expect(try names(AzureUsage(), Self.noNames) == ["customerName", "subscriptionName"])
    #expect(try names(AzureUsage(), Self.noNames, groupBy: "usageDate") == [])
    #expect(
      try names(Risk(), Self.noMoney) == ["value", "valueBasis", "currency", "expectedLoss"])
    #expect(
      try names(Risk(), Self.noNames) == ["subscriptionName", "customerName", "accountManager"])
    #expect(try names(Risk(), Self.noNames, groupBy: "status") == [])
    #expect(
      try names(
        Risk(), AnalyticsScope(subscriptions: [guid(1)], hidden: [.revenue, .personal])
      ).count == 7)
    #expect(try names(Referrals(), Self.noNames) == ["customerName"])
  }

  @Test func `whoever sees no currency gets no groups split by it`() throws {
    let source = try Self.partner.source(of: Set(ConfinedPartner.subscriptions))
    let whole = try Self.ask(AzureUsage(), source, groupBy: "meterCategory", Self.nothingHidden)
    #expect(Set(whole.column("currency")) == ["EUR", "USD", "-"])
    let groups = try Self.ask(AzureUsage(), source, groupBy: "meterCategory", Self.noMoney)
    #expect(groups.columns.map(\.name) == ["meterCategory", "meterUnit", "Quantity", "lineCount"])
    #expect(groups.column("meterCategory") == ["SQL", "Storage", "VM"])
    #expect(
      groups.column("lineCount").compactMap { Int($0) }.reduce(0, +)
        == whole.column("lineCount").compactMap { Int($0) }.reduce(0, +))
  }

  @Test(arguments: [
    ("risk", "value"), ("risk", "expectedLoss"), ("risk", "currency"), ("risk", "customerName"),
    ("risk", "accountManager"), ("usage", "cost"), ("usage", "CURRENCY"),
    ("usage", "subscriptionName"), ("subscriptions", "friendlyName"),
    ("subscriptions", "customername"), ("referrals", "customerName"),
  ])
  func `a hidden field is refused wherever a query names it`(name: String, field: String) throws {
    let source = try Self.partner.source(of: [1, 2])
    let resource = resource(name)
    let scope = AnalyticsScope(hidden: [.revenue, .personal])
    let found = try #require(
      resource.fields.first { $0.name.lowercased() == field.lowercased() })
    let literal = found.type == .number ? "gt 1" : "eq 'a'"
    func expectRefusal(
      _ parameter: QueryParameter, column: Int, _ body: () throws -> AnalyticsAnswer
    ) {
      let error = refusal(body)
      #expect(error?.isForbidden == true && error?.parameter == parameter)
      #expect(error?.column == column && error?.resource == nil)
      #expect(error?.message.hasPrefix("\(found.name) tells of ") == true)
      #expect(error?.message.contains("the role of this reader may not see") == true)
    }
    let open = try #require(
      resource.fields.first { scope.shows($0) && $0.isGroupable && $0.type.isText }
    ).name
    expectRefusal(.filter, column: open.count + 13) {
      try Self.ask(resource, source, filter: "\(open) eq 'x' and \(field) \(literal)", scope)
    }
    if found.type.isText {
      expectRefusal(.filter, column: 10) {
        try Self.ask(resource, source, filter: "contains(\(field),'a')", scope)
      }
    }
    expectRefusal(.groupBy, column: open.count + 2) {
      try Self.ask(resource, source, groupBy: "\(open),\(field)", scope)
    }
    expectRefusal(.orderBy, column: 1) {
      try Self.ask(resource, source, orderBy: "\(field) desc", scope)
    }
    expectRefusal(.orderBy, column: 1) {
      try Self.ask(resource, source, groupBy: open, orderBy: field, scope)
    }
    // Somebody else may.
    #expect(
      try Self.ask(
        resource, source, filter: "\(open) eq 'x' and \(field) \(literal)", Self.nothingHidden
      ).totalCount == 0)
  }

  @Test func `no message names a hidden field that was not asked for`() throws {
    let source = try Self.partner.source(of: [1])
    let scope = AnalyticsScope(hidden: [.revenue, .personal])
    let attempts: [(any AnalyticsResource, String)] = [
      (Risk(), "customerNam eq 'x'"), (Risk(), "valu gt 1"), (Risk(), "nothingLikeIt eq 1"),
      (Risk(), ""), (Risk(), "contains(rank,'1')"), (Risk(), "contains"),
      (AzureUsage(), "cos gt 1"),
      (Subscriptions(), "friendlyNam eq 'x'"), (Subscriptions(), "eq"),
    ]
    for (resource, filter) in attempts {
      let error = try #require(
        refusal { try Self.ask(resource, source, filter: filter, scope) }, "\(filter)")
      for field in resource.fields where !scope.shows(field) {
        #expect(
          error.message.firstRange(of: try Regex("\\b\(field.name)\\b")) == nil,
          "\(filter): \(error.message)")
      }
      #expect(!error.isForbidden)
    }
    let grouped = refusal { try Self.ask(Risk(), source, groupBy: "rank", scope) }
    #expect(grouped?.message.contains("customerName") == false)
    let ordered = refusal { try Self.ask(AzureUsage(), source, orderBy: "cos", scope) }
    #expect(ordered?.message.contains("cost") == false)
  }
}
