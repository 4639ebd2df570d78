import Testing

@testable import Reporting

/// Other programs rely on the columns of the lists: they are only ever appended.
struct ListColumnTests {
  @Test func `the columns and their order stay as they were published`() {
    let expected =
      "rank, subscriptionId, subscriptionName, customerTenantId, customerName, customerMarket, "
      + "partnerId, partnerName, productName, status, subscriptionStartDate, lastUsageDate, "
      + "churnProbability, riskBand, atRisk, change, previousProbability, firstFlagged, "
      + "weeksFlagged, value, valueBasis, currency, expectedLoss, reason1, reason2, reason3, "
      + "nextDeadline, nextDeadlineKind, autoRenewEnabled, commitmentEndDate, trialStatus, "
      + "microsoftChurnRisk, accountManager, email, asOf, horizonDays, ruleScore, listedBecause, "
      + "listedSince"
    #expect(ListColumn.all.map(\.name).joined(separator: ", ") == expected)
  }

  @Test func `one full row by hand`() throws {
    let lists = try ExportedLists(SampleScores.full)
    let row = try lists.rows("all.csv")[1]
    #expect(
      row == [
        "1", SampleScores.id(1), "subscription 1", SampleScores.id(1_001), "customer 1", "US",
        "123", "Reseller", "Azure plan", "ACTIVE", "2024-02-01", "2026-11-10", "0.5", "high",
        "true", "worse", "0.31", "2026-10-26", "4", "812.5", "cost", "USD", "406.25",
        "No usage for 42 days; its usual gap is 2 days", "Product: Azure plan", "",
        "2026-12-01", "commitmentEnds", "true", "2027-02-01", "converted", "High", "Anna Berg",
        "anna@example.com", "2026-11-16", "91", "", "stays", "2026-10-26",
      ])
  }

  @Test func `unknown values are empty cells`() throws {
    let row = try ExportedLists(SampleScores.full).rows("all.csv")[2]
    #expect(row.count == ListColumn.all.count)
    #expect(
      row.filter { !$0.isEmpty }
        == ["2", SampleScores.id(2), "ACTIVE", "low", "false", "0", "none", "2026-11-16", "91"])
  }
}
