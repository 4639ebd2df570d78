import Files
import History
import Reporting
import TestSupport
import Testing

@testable import UsagePage

/// The figures of each section, counted by hand on small partners.
struct NumbersTests {
  private let exports = ["2026-01-05", "2026-01-12", "2026-02-02", "2026-03-02"]

  /// Three customers.
  ///
  /// contoso: 1 is used, 2 was sold in February and never used. fabrikam: 3 is deprovisioned in
  /// February. litware: 4 was used in January only.
  private var partner: SmallPartner {
    var partner = SmallPartner(exports: exports)
    partner.see(1, on: exports) { $0.creationDate = day("2025-05-01") }
    partner.see(2, on: ["2026-03-02"]) { $0.creationDate = day("2026-02-10") }
    partner.see(3, of: "fabrikam", on: ["2026-01-05", "2026-01-12", "2026-02-02"]) {
      $0.creationDate = day("2025-07-01")
    }
    partner.see(3, of: "fabrikam", on: ["2026-03-02"]) {
      $0.creationDate = day("2025-07-01")
      $0.status = .deprovisioned
      $0.deprovisionedDate = day("2026-02-20")
    }
    partner.see(4, of: "litware", on: exports) { $0.effectiveStartDate = day("2026-01-03") }
    partner.use(1, on: ["2026-02-03", "2026-02-04", "2026-02-28"], quantity: 2)
    partner.use(3, of: "fabrikam", on: ["2026-02-05"], quantity: 5)
    partner.use(4, of: "litware", on: ["2026-01-04", "2026-01-20"], quantity: 1)
    return partner
  }

  @Test func `sold: by creation, else by start, inside of the period`() throws {
    #expect(SoldNumbers(try partner.input("2026-02-01", "2026-03-02")).total == 1)
    let year = SoldNumbers(try partner.input("2026-01-01", "2026-03-02"))
    // Weeks from 1 January: 3 January lies in the first, 10 February in the sixth.
    #expect(year.sold == [1, 0, 0, 0, 0, 1, 0, 0, 0] && year.undated == 0)
    // Both ends belong to the period.
    #expect(SoldNumbers(try partner.input("2026-02-10", "2026-02-10")).total == 1)
    #expect(SoldNumbers(try partner.input("2026-02-11", "2026-03-02")).total == 0)
  }

  @Test func `customers with and without usage; closed before the period is neither`() throws {
    let february = CustomerUsageNumbers(try partner.input("2026-02-01", "2026-02-28"))
    #expect(february.withUsage == 2 && february.withoutUsage == 1)
    #expect(february.byDate.reduce(0, +) == 4, "on four days one customer each")
    // fabrikam closed on 20 February.
    let march = CustomerUsageNumbers(try partner.input("2026-03-01", "2026-03-02"))
    #expect(march.withUsage == 0 && march.withoutUsage == 2)
    let none = CustomerUsageNumbers(try SmallPartner.unused.input())
    #expect(none.absence?.contains("No usage is known") == true)
  }

  @Test func `the export's own day of last usage counts where no lines were imported`() throws {
    var partner = SmallPartner(exports: exports)
    partner.see(1, on: ["2026-02-02"], lastUsage: "2026-01-31")
    partner.see(1, on: ["2026-03-02"], lastUsage: "2026-02-14")
    let input = try partner.input("2026-02-01", "2026-02-28")
    #expect(CustomerUsageNumbers(input).withUsage == 1)
    #expect(input.facts.lastUsage == day("2026-02-14"))
    #expect(WithoutUsageNumbers(try partner.input("2026-02-15", "2026-02-28")).total == 1)
  }

  @Test func `top five: units and currencies apart, the sixth left out, ties by tenant`() throws {
    var partner = SmallPartner(exports: exports)
    for (number, quantity) in zip(1..., [3.0, 9, 1, 9, 4, 2, 0]) {
      partner.see(number, of: "tenant \(number)", on: exports) { $0.productName = "Azure plan" }
      partner.use(number, of: "tenant \(number)", on: ["2026-02-03"], quantity: quantity)
    }
    partner.use(1, of: "tenant 1", on: ["2026-02-03"], unit: "10,000s", quantity: 50)
    partner.use(1, of: "tenant 1", on: ["2026-02-03"], quantity: 0, cost: 10, currency: "EUR")
    partner.use(2, of: "tenant 2", on: ["2026-02-03"], quantity: 0, cost: 7, currency: "EUR")
    partner.use(2, of: "tenant 2", on: ["2026-02-04"], quantity: 0, cost: 5, currency: "EUR")
    partner.use(2, of: "tenant 2", on: ["2026-02-04"], quantity: 0, cost: 5, currency: "USD")
    let numbers = TopCustomersNumbers(try partner.input("2026-02-01", "2026-02-28"))
    func group(
      _ kind: TopCustomersNumbers.Kind, _ measure: TopCustomersNumbers.Measure, _ unit: String
    ) throws -> TopCustomersNumbers.Group {
      try #require(
        numbers.groups.first {
          $0.category.kind == kind && $0.category.measure == measure && $0.category.unit == unit
        })
    }
    let gigabytes = try group(.meterCategory, .quantity, "1 GB")
    #expect(gigabytes.top.map(\.customer.tenant) == [2, 4, 5, 1, 6].map { "tenant \($0)" })
    #expect(gigabytes.top.map(\.amount) == [9, 9, 4, 3, 2])
    #expect(gigabytes.total == 28 && gigabytes.customerCount == 6)
    #expect(try group(.meterCategory, .quantity, "10,000s").top.map(\.amount) == [50])
    #expect(try group(.meterCategory, .cost, "EUR").top.map(\.amount) == [12, 10])
    #expect(try group(.meterCategory, .cost, "USD").top.map(\.amount) == [5])
    #expect(try group(.productName, .quantity, "1 GB").total == 28)
    let poor = TopCustomersNumbers(
      try partner.input("2026-02-01", "2026-02-28", scope: PageScope(includesMoney: false)))
    #expect(!poor.groups.contains { $0.category.measure == .cost } && poor.groups.count == 4)
  }

  @Test func `without usage: active at the end, never used first`() throws {
    let numbers = WithoutUsageNumbers(try partner.input("2026-02-01", "2026-03-02"))
    #expect(numbers.rows.map(\.which.id) == [guid(2).description, guid(4).description])
    #expect(numbers.rows.map(\.lastUsage) == [nil, day("2026-01-20")])
    #expect(numbers.total == 2 && numbers.active == 3 && numbers.neverUsed == 1)
  }

  @Test func `churn: active at the end of each part, losses by their day`() throws {
    let numbers = ChurnNumbers(try partner.input("2026-02-01", "2026-02-28"))
    let active = numbers.active.compactMap(\.self)
    #expect(numbers.activeBefore == 3 && active.first == 3 && active.last == 3)
    // Number 2 came on 10 February, 3 went on the 20th.
    #expect(active[9] == 4 && active[18] == 4 && active[19] == 3)
    #expect(numbers.deprovisioned.enumerated().filter { $0.element > 0 }.map(\.offset) == [19])
    #expect(numbers.suspended.allSatisfy { $0 == 0 } && numbers.lostSubscriptions == 1)
    let before = ChurnNumbers(try partner.input("2025-12-01", "2026-01-04"))
    #expect(before.active.allSatisfy { $0 == nil } && before.activeBefore == nil)
  }

  @Test func `who complete exports no longer show is not active`() throws {
    var partner = SmallPartner(exports: exports)
    partner.see(1, on: exports)
    partner.see(2, on: ["2026-01-05", "2026-01-12"])
    let numbers = ChurnNumbers(try partner.input("2026-01-12", "2026-02-10"))
    let active = numbers.active.compactMap(\.self)
    // Missing from the export of 2 February on.
    #expect(active.first == 2 && active[20] == 2 && active[21] == 1 && active.last == 1)
    #expect(numbers.lostSubscriptions == 0)
  }

  @Test func `new customers by their first sale`() throws {
    var partner = partner
    // A second subscription makes no new customer.
    partner.see(9, of: "litware", on: ["2026-03-02"]) { $0.creationDate = day("2026-02-15") }
    let numbers = CustomerCountNumbers(try partner.input("2026-01-01", "2026-03-02"))
    #expect(numbers.total == 1 && numbers.new[0] == 1)
    #expect(numbers.active.last == 2, "contoso and litware")
  }

  @Test func `renewals: each day once, as often as one was shown`() throws {
    var partner = SmallPartner(exports: exports)
    for (export, renewal) in zip(exports, ["2025-12-20", "2025-12-20", "2026-01-20", "2026-02-20"])
    {
      partner.see(1, on: [export]) { $0.lastRenewalDate = day(renewal) }
    }
    partner.see(2, on: exports) { $0.lastRenewalDate = day("2026-02-01") }
    let numbers = RenewalNumbers(try partner.input("2026-01-01", "2026-03-02"))
    #expect(numbers.renewals.reduce(0, +) == 3 && numbers.subscriptions == 2)
    let early = RenewalNumbers(try partner.input("2026-01-01", "2026-02-02", asOf: "2026-02-02"))
    #expect(early.renewals.reduce(0, +) == 2)
  }

  @Test func `cohorts: months since the first export, cells as far as all can be followed`() throws
  {
    var partner = SmallPartner(exports: exports + ["2026-05-04"])
    let days = exports + ["2026-05-04"]
    partner.see(1, on: days) { $0.creationDate = day("2026-01-10") }
    partner.see(2, on: days) { $0.creationDate = day("2026-01-31") }
    partner.see(3, on: ["2026-01-12", "2026-02-02"]) { $0.creationDate = day("2026-01-06") }
    partner.see(3, on: ["2026-03-02", "2026-05-04"]) {
      $0.creationDate = day("2026-01-06")
      $0.status = .deprovisioned
      $0.deprovisionedDate = day("2026-02-20")
    }
    // Before the first export only survivors are known.
    partner.see(4, on: days) { $0.creationDate = day("2026-01-04") }
    partner.see(5, on: ["2026-05-04"]) { $0.creationDate = day("2026-04-30") }
    let cohorts = CohortNumbers(try partner.input()).cohorts
    #expect(cohorts.map(\.month) == ["2026-01", "2026-04"])
    #expect(cohorts[0].size == 3 && cohorts[0].lost == 1)
    // 45 days after its start number 3 was lost; from 31 January to 4 May there are 93 days.
    let left = 1 - 1.0 / 3
    #expect(cohorts[0].retained == [1, 1, left, left])
    #expect(cohorts[1].retained == [1])
  }

  @Test func `survival: truncation, censoring, what is no loss`() throws {
    var partner = partner
    partner.exclusions = [Exclusion(subscriptionId: guid(1), reason: .test)]
    let subjects = try partner.facts().azure.compactMap { SurvivalSubject($0.subscription) }
    // 2 is seen for 20 days from its start; 3 enters at 188 days and is lost at 234; 4 enters at 2 days.
    #expect(
      subjects == [
        SurvivalSubject(entryAge: -1, exitAge: 20, isLost: false, start: day("2026-02-10")),
        SurvivalSubject(entryAge: 188, exitAge: 234, isLost: true, start: day("2025-07-01")),
        SurvivalSubject(entryAge: 2, exitAge: 58, isLost: false, start: day("2026-01-03")),
      ])
    var moved = partner
    moved.exclusions = [
      Exclusion(subscriptionId: guid(3), reason: .transferred, from: day("2026-02-15"))
    ]
    let third = try moved.facts().azure.compactMap { SurvivalSubject($0.subscription) }
      .first { $0.start == day("2025-07-01") }
    #expect(third?.isLost == false && third?.exitAge == 229)
  }

  @Test(arguments: [
    (-31, nil), (-30, ReservationNumbers.Group.expiredInLast30Days), (-1, .expiredInLast30Days),
    (0, .within7Days), (7, .within7Days), (8, .within15Days), (15, .within15Days),
    (16, .within30Days), (30, .within30Days), (31, .beyond30Days),
  ]) func `reservations by the days that are left`(
    days: Int, group: ReservationNumbers.Group?
  ) throws {
    var partner = SmallPartner(exports: exports)
    partner.see(1, on: exports) {
      $0.productName = "Reserved VM Instance, 1 year"
      $0.subscriptionType = "Software"
      $0.commitmentEndDate = day("2026-03-02") + days
      $0.licenseCount = 4
    }
    let numbers = ReservationNumbers(try partner.input())
    #expect(numbers.rows.map(\.group) == (group.map { [$0] } ?? []))
    #expect(numbers.rows.allSatisfy { $0.daysLeft == days && $0.quantity == 4 })
    #expect((numbers.absence == nil) == (group != nil))
  }

  @Test func `trials: begun, not paid, ending within thirty days`() throws {
    var partner = SmallPartner(exports: exports)
    for (number, end) in zip(1..., ["2026-03-02", "2026-04-01", "2026-04-02", "2026-03-01"]) {
      partner.see(number, on: exports) {
        $0.trialStartDate = day("2026-01-02")
        $0.trialEndDate = day(end)
        $0.autoRenewEnabled = number == 1
      }
    }
    partner.see(5, on: exports) {
      $0.trialStartDate = day("2026-01-02")
      $0.trialEndDate = day("2026-03-10")
      $0.trialToPaidConversionDate = day("2026-02-01")
    }
    let numbers = TrialNumbers(try partner.input())
    #expect(
      numbers.rows.map(\.daysLeft) == [0, 30] && numbers.rows.map(\.renews) == [true, false])
    #expect(numbers.ending == 2 && numbers.running == 3)
  }

  @Test func `resellers: each customer once, lost once`() throws {
    var partner = SmallPartner(exports: exports)
    for number in 1...3 {
      partner.see(number, of: number < 3 ? "contoso" : "fabrikam", on: exports) {
        $0.partnerId = "1000001"
        $0.partnerName = "Reseller"
        $0.creationDate = day("2026-02-0\(number)")
      }
    }
    partner.see(4, on: exports)
    partner.use(1, on: ["2026-02-10"])
    let numbers = ResellerNumbers(try partner.input("2026-02-02", "2026-02-28"))
    #expect(numbers.total == 1 && numbers.rows.map(\.partnerId) == ["1000001", nil])
    let row = numbers.rows[0]
    #expect(
      row.customers == 2 && row.active == 3 && row.sold == 2 && row.used == 1 && row.lost == 0)
  }

  @Test func `at risk: bands, agreement with Microsoft, own customers only`() throws {
    let document = scores([
      (1, "contoso", 0.6, "high", "High"), (3, "fabrikam", 0.2, "medium", "High"),
      (4, "litware", 0.1, "medium", nil), (2, "contoso", 0.01, "low", "Medium"),
    ])
    let numbers = AtRiskNumbers(try partner.input(scores: document))
    #expect(numbers.counts == ["high": 1, "medium": 2, "low": 1] && numbers.atRisk == 3)
    #expect(
      numbers.rows.map(\.rank) == [1, 2, 3] && abs((numbers.expectedChurn ?? 0) - 0.91) < 1e-12)
    #expect(
      numbers.agreement == [
        AtRiskNumbers.Cell(ours: "high", microsoft: "High", count: 1),
        AtRiskNumbers.Cell(ours: "medium", microsoft: "", count: 1),
        AtRiskNumbers.Cell(ours: "medium", microsoft: "High", count: 1),
        AtRiskNumbers.Cell(ours: "low", microsoft: "Medium", count: 1),
      ])
    #expect(numbers.rows[0].value == 100 && !numbers.ordersByRule && numbers.notScored == 0)
    let own = AtRiskNumbers(
      try partner.input(
        scope: PageScope(
          subscriptions: [guid(1), guid(2)], includesMoney: false, includesNames: false),
        scores: document))
    #expect(own.scored == 2 && own.rows.count == 1 && own.grade == nil)
    #expect(own.rows[0].value == nil && own.rows[0].which.customer.name == nil)
  }

  @Test func `families: mean size over all rows, first reasons of those at risk`() throws {
    let numbers = FamilyNumbers(
      try partner.input(
        scores: scores([
          (1, "contoso", 0.6, "high", nil), (2, "contoso", 0.2, "low", nil),
        ])))
    #expect(numbers.families.map(\.family) == ["usageRecency", "renewal"])
    #expect(numbers.families.map(\.meanAbsolute) == [0.4, 0.25])
    #expect(numbers.families.map(\.firstReasons) == [1, 0])
  }

  @Test func `a reader of some subscriptions gets figures of those alone`() throws {
    let scope = PageScope(subscriptions: [guid(3)])
    let input = try partner.input("2026-01-01", "2026-03-02", scope: scope)
    #expect(input.facts.customers.map(\.customerTenantId) == ["fabrikam"])
    #expect(SoldNumbers(input).total == 0 && ChurnNumbers(input).lostSubscriptions == 1)
    #expect(CustomerUsageNumbers(input).withUsage == 1)
    #expect(ReliabilityNumbers(input).absence?.contains("left out for readers") == true)
    let nobody = try partner.input(scope: PageScope(subscriptions: []))
    #expect(nobody.facts.customers.isEmpty && ChurnNumbers(nobody).absence != nil)
  }

  @Test func `as of a past day nothing of later is known`() throws {
    var partner = partner
    // A correction and a line that came late.
    partner.use(1, on: ["2026-01-30"], quantity: 7, knownFrom: "2026-02-02")
    partner.use(1, on: ["2026-01-30"], quantity: 70, knownFrom: "2026-03-02")
    let then = try partner.input("2026-01-01", "2026-02-02", asOf: "2026-02-02")
    #expect(SoldNumbers(then).total == 1 && ChurnNumbers(then).lostSubscriptions == 0)
    #expect(then.facts.lastUsage == day("2026-01-30"))
    func january(_ input: PageInput) -> Double {
      TopCustomersNumbers(input).groups.first?.top.first { $0.customer.tenant == "contoso" }?.amount
        ?? 0
    }
    #expect(january(then) == 7)
    #expect(january(try partner.input("2026-01-01", "2026-02-02")) == 70)
    #expect(january(try partner.input("2026-01-01", "2026-01-31", asOf: "2026-01-31")) == 0)
    // Scores and a model of later were not known either.
    let scored = PageInput(
      facts: then.facts, scores: .value(scores(asOf: "2026-03-02", [])),
      evaluation: .value(["asOf": "2026-03-02"]), backtest: .value(["knownThrough": "2026-03-02"]))
    #expect(scored.scores.absence?.contains("were not known on 2026-02-02") == true)
    #expect(scored.evaluation.value == nil && scored.backtest.value == nil)
  }

  @Test func `older scores and scores of another history are remarked on`() throws {
    let old = try partner.input(
      scores: scores(asOf: "2026-02-02", [(1, "contoso", 0.5, "high", nil)]))
    #expect(old.remarks.count == 1 && old.remarks[0].contains("older than this page"))
    let other = try partner.input(scores: scores([(77, "contoso", 0.5, "high", nil)]))
    #expect(other.remarks.count == 1 && other.remarks[0].contains("not in this history"))
    #expect(
      try partner.input(scores: scores([(1, "contoso", 0.5, "high", nil)])).remarks.isEmpty)
  }

  @Test func `names of before stay known, the newest first`() throws {
    var partner = SmallPartner(exports: exports)
    for (export, name) in zip(exports, ["Old Ltd", "Middle Ltd", "Middle Ltd", "New Ltd"]) {
      partner.see(1, on: [export]) { $0.customerName = name }
    }
    let customer = try partner.facts().customers[0]
    #expect(customer.name == "New Ltd" && customer.earlierNames == ["Middle Ltd", "Old Ltd"])
    #expect(try partner.facts(asOf: "2026-01-12").customers[0].name == "Middle Ltd")
  }

  @Test func `one day, and a partner without Azure`() throws {
    let one = try partner.input("2026-02-05", "2026-02-05")
    #expect(ChurnNumbers(one).active == [3] && CustomerUsageNumbers(one).withUsage == 1)
    var office = SmallPartner(exports: exports)
    office.see(1, on: exports) { $0.subscriptionType = "Office" }
    let input = try office.input()
    #expect(ChurnNumbers(input).absence == "No export shows an Azure subscription.")
    #expect(SoldNumbers(input).total == 0 && CohortNumbers(input).absence != nil)
    #expect(SurvivalNumbers(input).absence != nil && TopCustomersNumbers(input).absence != nil)
    #expect(ReservationNumbers(input).absence != nil && TrialNumbers(input).absence != nil)
    #expect(ResellerNumbers(input).absence != nil && RenewalNumbers(input).absence != nil)
  }
}

extension SmallPartner {
  /// One subscription that nobody uses.
  static var unused: SmallPartner {
    var partner = SmallPartner(exports: ["2026-01-05", "2026-01-12"])
    partner.see(1, on: ["2026-01-05", "2026-01-12"])
    return partner
  }
}
