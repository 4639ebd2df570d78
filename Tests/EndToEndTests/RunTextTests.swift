import History
import Reporting
import Testing

@testable import churn_risk

/// What a run prints about its lists.
struct RunTextTests {
  private func row(_ number: Int, _ change: String, _ reason: ListingReason) -> AtRiskDocument.Row {
    var row = AtRiskDocument.Row()
    row.identity.subscriptionId = "\(number)"
    row.riskBand = "high"
    row.change = change
    row.listing = AtRiskDocument.Listing(isListed: reason == .stays, reason: reason)
    return row
  }

  private func text(_ document: AtRiskDocument) throws -> String {
    let day = CalendarDay(daysSinceEpoch: 20_000)
    return RunText(
      WeeklyRun.Result(
        asOf: day, folder: "runs/day", isComplete: true, isKept: false, attention: [], entries: [],
        document: document, modelDay: day, trainedBecause: nil, previous: day, outcome: "",
        withoutRows: [],
        snoozesOfThoseWhoLeft: 0)
    ).text(columns: nil)
  }

  @Test func `who was lost is counted, and who found no room on a full list`() throws {
    var document = AtRiskDocument()
    document.subscriptions = [
      row(1, "worse", .stays), row(2, "worse", .overCapacity), row(3, "same", .overCapacity),
    ]
    var lost = AtRiskDocument.ExcludedRow()
    lost.change = "churned"
    document.excluded = [lost, lost, AtRiskDocument.ExcludedRow()]
    let text = try text(document)
    #expect(text.contains("3 subscriptions scored, 1 on the lists (1 worse, 2 lost);"))
    #expect(text.contains("near a deadline: 2 beyond the capacity of their list."))
  }
}
