import Files
import Testing

@testable import Reporting

/// What changed since the previous scores.
struct AtRiskChangeTests {
  /// One row today and one a week before, compared.
  private func compared(
    _ today: AtRiskDocument.Row, _ before: AtRiskDocument.Row?, sameModel: Bool = true
  ) throws -> AtRiskDocument.Row {
    var document = SampleScores.document([today])
    var previous = SampleScores.document(asOf: "2026-11-09", before.map { [$0] } ?? [])
    if !sameModel { previous.model.sha256 = String(repeating: "b", count: 64) }
    try document.compare(with: previous, path: "old.json")
    return document.subscriptions[0]
  }

  private func row(_ band: String, logOdds: Double?) -> AtRiskDocument.Row {
    // Rows of the low band are far below where rows leave their lists, at a probability of 2.5 %.
    var row = SampleScores.row(1, band: band, probability: band == "low" ? 0.01 : 0.5)
    row.logOdds = logOdds
    return row
  }

  @Test(arguments: [
    // Odds by less than a tenth are the same: ln 1.1 = 0.0953.
    ("high", 0.0, "high", 0.0, "same"), ("high", 0.095, "high", 0, "same"),
    ("high", 0.096, "high", 0, "worse"), ("high", 0, "high", 0.096, "better"),
    ("low", 0, "low", 0, "same"), ("high", 2, "medium", 1, "worse"),
    ("medium", 1, "high", 2, "better"),
    ("high", 1, "low", 0, "new"), ("low", 0, "high", 1, "better"),
  ])
  func `each change by hand`(
    band: String, logOdds: Double, oldBand: String, oldLogOdds: Double, expected: String
  ) throws {
    let change = try compared(row(band, logOdds: logOdds), row(oldBand, logOdds: oldLogOdds)).change
    #expect(change == expected)
  }

  @Test func `who was not there before is new`() throws {
    let row = try compared(row("low", logOdds: 0), nil)
    #expect(row.change == "new" && row.previous == nil)
  }

  @Test func `under another model log-odds are not compared, the list still is`() throws {
    #expect(
      try compared(row("high", logOdds: 3), row("high", logOdds: 0), sameModel: false).change
        == "modelChanged")
    #expect(
      try compared(row("low", logOdds: 0), row("low", logOdds: 0), sameModel: false).change
        == "modelChanged")
    #expect(
      try compared(row("high", logOdds: 3), row("low", logOdds: 0), sameModel: false).change
        == "new")
    var fallen = row("low", logOdds: 0)
    fallen.firstFlagged = "2026-10-26"
    #expect(
      try compared(row("low", logOdds: 0), fallen, sameModel: false).change == "recovered")
  }

  @Test(arguments: [(40.0, 35.0, "worse"), (35, 40, "better"), (40, 40, "same")])
  func `under rules points are compared`(now: Double, then: Double, expected: String) throws {
    var today = row("medium", logOdds: nil)
    var before = row("medium", logOdds: nil)
    today.ruleScore = now
    before.ruleScore = then
    #expect(try compared(today, before).change == expected)
  }

  @Test func `the previous row is told`() throws {
    var before = row("high", logOdds: 0)
    before.rank = 7
    before.churnProbability = 0.31
    let previous = try compared(row("high", logOdds: 1), before).previous
    #expect(
      previous
        == AtRiskDocument.Previous(
          asOf: "2026-11-09", churnProbability: 0.31, riskBand: "high", rank: 7))
  }

  @Test func `a flag lasts from its first list on`() throws {
    var before = row("high", logOdds: 0)
    before.firstFlagged = "2026-10-26"
    let kept = try compared(row("medium", logOdds: 0), before)
    // Flagged since 2026-10-26, on 2026-11-16 for the fourth week.
    #expect(kept.firstFlagged == "2026-10-26" && kept.weeksFlagged == 4)
    let fresh = try compared(row("high", logOdds: 0), row("low", logOdds: 0))
    #expect(fresh.firstFlagged == "2026-11-16" && fresh.weeksFlagged == 1)
    var fallen = row("low", logOdds: 0)
    fallen.firstFlagged = "2026-10-26"
    let gone = try compared(row("low", logOdds: 0), fallen)
    #expect(gone.firstFlagged == nil && gone.weeksFlagged == 0)
    // A flag that was interrupted begins anew.
    var interrupted = before
    interrupted.riskBand = "low"
    interrupted.firstFlagged = nil
    #expect(
      try compared(row("high", logOdds: 0), interrupted).firstFlagged == "2026-11-16")
  }

  @Test func `a flag lasts until the risk was clearly below the medium band in two lists`() throws {
    // Odds of a quarter of 0.041/0.959 are a probability of 0.01058.
    var before = row("medium", logOdds: 0)
    before.firstFlagged = "2026-10-26"
    var today = row("low", logOdds: -0.5)
    today.churnProbability = 0.0106
    let kept = try compared(today, before)
    #expect(kept.change == "better")
    #expect(kept.firstFlagged == "2026-10-26" && kept.weeksFlagged == 4)
    today.churnProbability = 0.0105
    let first = try compared(today, before)
    #expect(first.change == "better" && first.firstFlagged == "2026-10-26")
    var fallen = before
    (fallen.riskBand, fallen.churnProbability) = ("low", 0.0105)
    let gone = try compared(today, fallen)
    #expect(gone.change == "recovered" && gone.firstFlagged == nil && gone.weeksFlagged == 0)
    // Back in the band it is no new row, unless it had left.
    var lower = before
    (lower.riskBand, lower.churnProbability) = ("low", 0.0251)
    let back = try compared(row("medium", logOdds: 1), lower)
    #expect(back.change == "worse" && back.firstFlagged == "2026-10-26")
    lower.firstFlagged = nil
    #expect(try compared(row("medium", logOdds: 1), lower).change == "new")
    // Who never was at risk is not flagged for coming near it.
    today.churnProbability = 0.0409
    let near = try compared(today, row("low", logOdds: 0))
    #expect(near.firstFlagged == nil && near.change == "better")
  }

  @Test func `a deadline within 30 days flags a row of any band`() throws {
    func flagged(_ date: String) throws -> AtRiskDocument.Row {
      var today = row("low", logOdds: 0)
      today.deadlines = [AtRiskDocument.Deadline(kind: "commitmentEnds", date: date, text: "…")]
      return try compared(today, row("low", logOdds: 0))
    }
    let near = try flagged("2026-12-16")
    #expect(near.change == "new" && near.firstFlagged == "2026-11-16" && near.weeksFlagged == 1)
    let far = try flagged("2026-12-17")
    #expect(far.change == "same" && far.firstFlagged == nil)
  }

  @Test func `previous rows that are lost now are told as churned`() throws {
    func lost(_ number: Int, _ reason: String) -> AtRiskDocument.ExcludedRow {
      var row = AtRiskDocument.ExcludedRow()
      row.identity = SampleScores.row(number).identity
      row.reason = reason
      row.since = "2026-11-12"
      return row
    }
    var document = SampleScores.document([row("high", logOdds: 0)])
    document.excluded = [
      lost(2, "alreadyChurned"), lost(3, "alreadyChurned"), lost(4, "missing"),
    ]
    var previous = SampleScores.document(
      asOf: "2026-11-09",
      [row("high", logOdds: 1), SampleScores.row(2, band: "low"), SampleScores.row(4)])
    previous.excluded = [lost(3, "alreadyChurned")]
    try document.compare(with: previous, path: nil)
    #expect(document.excluded.map(\.change) == ["churned", nil, nil])
    #expect(document.changesOfLists["churned"] == 1 && document.changesOfLists["better"] == 1)
    let json = try JSONValue(parsing: Array(SampleScores.text(document).utf8), path: "")
    let changes: JSONValue = [
      "new": 0, "worse": 0, "same": 0, "better": 1, "recovered": 0, "modelChanged": 0, "churned": 1,
    ]
    #expect(json["summary"]?["changes"] == changes)
    #expect(json["excluded"]?.array?.first?["change"] == "churned")
    // Compared with nothing, nothing changed.
    try document.compare(with: nil, path: nil)
    #expect(document.excluded.allSatisfy { $0.change == nil })
  }

  @Test func `without previous scores nothing changed and flags begin today`() throws {
    var document = SampleScores.document([
      row("high", logOdds: 0), row("low", logOdds: 0),
    ])
    try document.compare(with: nil, path: nil)
    #expect(document.subscriptions.map(\.change) == [nil, nil])
    #expect(document.subscriptions.map(\.firstFlagged) == ["2026-11-16", nil])
    #expect(document.subscriptions.map(\.weeksFlagged) == [1, 0])
  }

  @Test func `without previous scores a list that was kept tells since when a row is flagged`()
    throws
  {
    var before = SampleScores.row(1, band: "high")
    before.firstFlagged = "2026-10-26"
    var document = SampleScores.document([
      row("high", logOdds: 0), SampleScores.row(2, band: "medium"),
    ])
    try document.compare(
      with: nil, path: nil, flaggedIn: SampleScores.document(asOf: "2026-11-09", [before]))
    #expect(document.subscriptions.map(\.firstFlagged) == ["2026-10-26", "2026-11-16"])
    #expect(document.subscriptions.map(\.weeksFlagged) == [4, 1])
    // Nothing was compared.
    #expect(document.subscriptions.allSatisfy { $0.change == nil && $0.previous == nil })
  }

  private func families(_ parts: [(String, Double)]) -> [AtRiskDocument.Family] {
    parts.map {
      AtRiskDocument.Family(family: $0.0, contribution: $0.1, probabilityWithout: 0.25)
    }
  }

  @Test func `families tell their change, also those that fell silent`() throws {
    var today = row("high", logOdds: 1)
    today.families = families([("renewal", 0.5), ("trial", -0.25)])
    var before = row("high", logOdds: 1)
    before.families = families([("usageRecency", 0.75), ("renewal", 1.5)])
    let compared = try compared(today, before).families
    #expect(compared.map(\.family) == ["usageRecency", "renewal", "trial"])
    #expect(compared.map(\.contribution) == [0, 0.5, -0.25])
    #expect(compared.map(\.changeSincePrevious) == [-0.75, -1, -0.25])
    // Without a family that says nothing the probability is that of the row.
    #expect(compared.map(\.probabilityWithout) == [today.churnProbability, 0.25, 0.25])
  }

  @Test func `without families before, or under another model, their change is unknown`() throws {
    var today = row("high", logOdds: 1)
    today.families = families([("renewal", 0.5)])
    var before = today
    #expect(
      try compared(today, before, sameModel: false).families.map(\.changeSincePrevious) == [nil])
    #expect(try compared(today, nil).families.map(\.changeSincePrevious) == [nil])
    before.families = []
    #expect(try compared(today, before).families.map(\.changeSincePrevious) == [nil])
  }

  @Test func `scores of another question are refused`() {
    func refusal(_ change: (inout AtRiskDocument) -> Void) -> FileError? {
      var previous = SampleScores.document(asOf: "2026-11-09")
      change(&previous)
      var document = SampleScores.document()
      do throws(FileError) {
        try document.compare(with: previous, path: "old.json")
        return nil
      } catch { return error }
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.horizonDays = 28 }?.description.contains("28 days") ?? false)
    #expect(refusal { $0.churnEvents = ["dormant"] }?.description.contains("dormant") ?? false)
    for day in ["2026-11-16", "2026-11-17"] {
      let error = refusal { $0.asOf = day }
      #expect(error?.kind == .unusable)
      #expect(error?.description.contains("expected a day before 2026-11-16") ?? false)
    }
  }
}
