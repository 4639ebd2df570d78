import Files
import History
import Reporting
import RiskModel
import TestSupport
import Testing

@testable import UsagePage

/// What a page of some subscriptions, or without money and names, holds: in its sections and in its bytes.
struct PageConfinementTests {
  /// Begins every name that a customer chose, and every account manager.
  private static let name = "Zq"
  /// Every amount of money is one of these or their sum, however it is written.
  private static let money = ["79193", "79,193", "158386", "158,386"]
  private static let currency = "XQX"

  /// A partner made up by chance: every third customer has two subscriptions more.
  private struct Partner {
    static let numbers = 1...16
    static let exports = ["2026-01-05", "2026-01-12", "2026-02-02", "2026-03-02"]
    var history: InMemoryHistory
    var scores: AtRiskDocument

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      func chance(_ one: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < one }
      var partner = SmallPartner(exports: Self.exports)
      for number in Self.numbers {
        let tenant = "tenant \(number / 3)"
        let isReservation = chance(1, of: 6)
        let closes = chance(1, of: 4)
        let sold = day("2025-11-01") + Int.random(in: 0...110, using: &random)
        let trial = chance(1, of: 4)
        for (index, export) in Self.exports.enumerated() {
          partner.see(number, of: tenant, on: [export]) {
            $0.customerName = "\(name)customer\(number / 3)\(index < 2 ? "old" : "new")x"
            $0.friendlyName = "\(name)plan\(number)x"
            $0.productName = isReservation ? "Reserved VM Instance" : "Azure plan"
            $0.subscriptionType = isReservation ? "Software" : "Azure"
            $0.creationDate = sold
            $0.partnerId = "10000\(number % 3)"
            $0.partnerName = "Reseller \(number % 3)"
            $0.lastRenewalDate = index == 3 && number.isMultiple(of: 4) ? day("2026-02-10") : nil
            $0.commitmentEndDate = isReservation ? day("2026-03-05") + number : nil
            if trial {
              $0.trialStartDate = sold
              $0.trialEndDate = day("2026-03-20")
            }
            if closes, index == 3 {
              $0.status = .deprovisioned
              $0.deprovisionedDate = day("2026-02-20")
            }
          }
        }
        for date in 1...Int.random(in: 1...9, using: &random) where !chance(1, of: 5) {
          partner.use(
            number, of: tenant, on: ["2026-02-0\(date)"], category: chance(1, of: 2) ? "VM" : "SQL",
            quantity: Double(Int.random(in: 1...9, using: &random)))
        }
        partner.use(
          number, of: tenant, on: ["2026-02-15"], category: "Billed", unit: "1", quantity: 1,
          cost: 79_193, currency: currency)
      }
      // One that only usage speaks of.
      partner.use(99, of: "tenant 0", on: ["2026-02-11"])
      history = partner.history
      scores = UsagePageTests.scores(
        Self.numbers.map { number in
          (
            number, "tenant \(number / 3)", 0.9 - Double(number) / 40,
            number < 8 ? "high" : "low", number.isMultiple(of: 2) ? "High" : nil
          )
        })
      for index in scores.subscriptions.indices {
        let number = index + 1
        scores.subscriptions[index].identity.customerName = "\(name)customer\(number / 3)newx"
        scores.subscriptions[index].identity.subscriptionName = "\(name)plan\(number)x"
        scores.subscriptions[index].identity.accountManager = "\(name)manager\(number)x"
        scores.subscriptions[index].identity.email = "\(name)@example.com"
        scores.subscriptions[index].identity.value = 79_193
        scores.subscriptions[index].identity.currency = currency
        scores.subscriptions[index].expectedLoss = 79_193
      }
      scores.attention = [
        Attention("ownersConflict", "The owners give market 'us' to '\(name)manager'."),
        Attention("noUsage", "The history holds no usage lines."),
      ]
    }

    /// The same where nobody ever had the other subscriptions.
    func without(othersThan kept: Set<GUID>) -> Partner {
      var copy = self
      copy.history.customers = history.customers.compactMap { customer in
        var own = customer
        own.subscriptions.removeAll { !kept.contains($0.id) }
        return own.subscriptions.isEmpty ? nil : own
      }
      copy.scores.subscriptions.removeAll {
        !kept.contains(GUID($0.identity.subscriptionId) ?? .zero)
      }
      return copy
    }

    func input(_ scope: PageScope) throws -> PageInput {
      let last = day("2026-03-02")
      return PageInput(
        facts: try PartnerFacts(
          history,
          period: PagePeriod(
            from: day("2026-01-01"), to: nil, asOf: last, firstObservation: day("2026-01-05"),
            lastObservation: last), scope: scope), scores: .value(scores),
        evaluation: .absent("No model."), backtest: .absent("No backtest."))
    }
  }

  private static func text(_ page: UsagePage) -> String {
    String(decoding: page.bytes, as: UTF8.self)
  }

  /// Sections that tell of the model, which readers of some subscriptions do not get.
  private static let ofAll: Set<String> = ["reliability", "gain", "backtest", "drift"]

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a confined page is that of a partner who never had the rest`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let partner = Partner(seed: seed)
    let all = Set(Partner.numbers.map(guid) + [guid(99)])
    for _ in 0..<8 {
      let kept = Set(
        all.shuffled(using: &random).prefix(Int.random(in: 0...all.count, using: &random)))
      let scope = PageScope(
        subscriptions: kept, includesMoney: Bool.random(using: &random),
        includesNames: Bool.random(using: &random))
      let page = UsagePage(try partner.input(scope), library: PageTests.library)
      let twin = UsagePage(
        try partner.without(othersThan: kept).input(
          PageScope(includesMoney: scope.includesMoney, includesNames: scope.includesNames)),
        library: nil)
      for section in UsagePageCatalog.sections where !Self.ofAll.contains(section.id) {
        #expect(
          page.numbers["sections"]?[section.id] == twin.numbers["sections"]?[section.id],
          "\(section.id) of \(kept.count)")
      }
      #expect(page.numbers["lastUsage"] == twin.numbers["lastUsage"])
      let text = Self.text(page)
      if !scope.includesNames { #expect(!text.contains(Self.name)) }
      if !scope.includesMoney {
        for amount in Self.money + [Self.currency] { #expect(!text.contains(amount)) }
      }
      for id in all.subtracting(kept) { #expect(!text.contains(id.description)) }
      for number in Partner.numbers where !kept.contains(guid(number)) {
        #expect(!text.contains("\(Self.name)plan\(number)x"))
        #expect(!text.contains("\(Self.name)manager\(number)x"))
        // A customer is unknown to whoever has none of its subscriptions, and so are its old names.
        let own = Partner.numbers.filter { $0 / 3 == number / 3 && kept.contains(guid($0)) }
        if own.isEmpty, !(number / 3 == 0 && kept.contains(guid(99))) {
          #expect(!text.contains("\(Self.name)customer\(number / 3)"))
          #expect(
            !text.contains("tenant \(number / 3)<") && !text.contains("tenant \(number / 3)\""))
        }
      }
    }
    // Whoever may see it all finds names, old names, money and its currency on the page.
    let whole = Self.text(UsagePage(try partner.input(PageScope()), library: PageTests.library))
    for wanted in ["\(Self.name)plan1x", "\(Self.name)customer1oldx", "79,193", Self.currency] {
      #expect(whole.contains(wanted), "\(wanted)")
    }
    #expect(whole.contains("\(Self.name)manager1x") && whole.contains("158,386"))
  }

  @Test func `two account managers of a customer each get the customer with their own`() throws {
    var partner = SmallPartner(exports: Partner.exports)
    for number in 1...2 { partner.see(number, on: Partner.exports) }
    partner.use(1, on: ["2026-02-03"], quantity: 5)
    partner.use(2, on: ["2026-02-03"], quantity: 7)
    for (number, quantity) in [(1, 5.0), (2, 7.0)] {
      let input = try partner.input(scope: PageScope(subscriptions: [guid(number)]))
      #expect(input.facts.customers.map(\.customerTenantId) == ["contoso"])
      #expect(CustomerUsageNumbers(input).withUsage == 1)
      #expect(ChurnNumbers(input).active.last == 1)
      #expect(TopCustomersNumbers(input).groups.first?.top.map(\.amount) == [quantity])
      let page = UsagePage(input, library: PageTests.library)
      #expect(
        page.remarks.last
          == "All figures are of your customers alone: 1 Azure subscription of 1 customer.")
    }
  }

  @Test func `remarks on the scores stay where they name nobody`() throws {
    let partner = Partner(seed: 1)
    func attention(_ scope: PageScope) throws -> [String] {
      AtRiskNumbers(try partner.input(scope)).attention
    }
    #expect(try attention(PageScope()).count == 2)
    #expect(
      try attention(PageScope(includesNames: false)) == ["The history holds no usage lines."])
    #expect(try attention(PageScope(subscriptions: [guid(1)])) == [])
  }

  @Test
  func `a page of a service links to the account and asks for a period, and is the same otherwise`()
    throws
  {
    let input = try Partner(seed: 2).input(PageScope())
    let plain = Self.text(UsagePage(input, library: PageTests.library))
    let account = UsagePage.Account(path: "/account?a=1&b=\"2\"", label: "Ann <Account>")
    let linked = Self.text(UsagePage(input, library: PageTests.library, account: account))
    let link = "<a href=\"/account?a=1&amp;b=&quot;2&quot;\">Ann &lt;Account&gt;</a>"
    #expect(linked.contains("<header>\n<p class=\"mu\">churn-risk · \(link)</p>\n<h1>"))
    let form = try #require(
      linked.firstMatch(of: #/<form method="get" class="tools"[^>]*>(.|\n)*?<\/form>\n/#)?.output.0)
    #expect(form.contains("name=\"from\"") && form.contains("name=\"asOf\""))
    let rest = linked.replacing(" · \(link)", with: "").replacing(form, with: "")
    #expect(rest.replacing("form-action 'self'", with: "form-action 'none'") == plain)
  }
}
