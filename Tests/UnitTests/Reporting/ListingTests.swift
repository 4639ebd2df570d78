import History
import TestSupport
import Testing

@testable import Reporting

/// Who is on the lists.
struct ListingTests {
  /// Today's row after the one of a week before, decided.
  private func decided(
    _ today: AtRiskDocument.Row, after before: AtRiskDocument.Row?, isFirstRun: Bool = false,
    contacts: [Contact] = [], policy: ListingPolicy = ListingPolicy()
  ) throws -> AtRiskDocument.Row {
    var document = SampleScores.document([today])
    let previous =
      isFirstRun ? nil : SampleScores.document(asOf: "2026-11-09", before.map { [$0] } ?? [])
    try document.compare(with: previous, path: "old.json")
    document.note(ContactLog(contacts))
    document.decideEntries(since: previous, policy: policy)
    document.putAside(by: policy)
    return document.subscriptions[0]
  }

  /// A row in the band that its probability has in `SampleScores` (medium from 4.1 %, high from 7.9 %).
  private func row(
    _ probability: Double, isListed: Bool? = nil, since: String? = nil
  ) -> AtRiskDocument.Row {
    let band = probability >= 0.079 ? "high" : probability >= 0.041 ? "medium" : "low"
    var row = SampleScores.row(1, band: band, probability: probability)
    if row.isAtRisk { row.firstFlagged = since ?? "2026-11-09" }
    row.listing = isListed.map {
      AtRiskDocument.Listing(
        isListed: $0, since: $0 ? since ?? "2026-11-09" : nil, reason: $0 ? .firstRun : .waiting)
    }
    return row
  }

  private func contact(
    _ outcome: ContactOutcome, on date: String, until: String? = nil
  ) throws -> Contact {
    Contact(
      subscriptionId: try #require(GUID(SampleScores.id(1))), day: day(date),
      accountManager: "Kim", outcome: outcome, until: until.map(day))
  }

  @Test func `in the first run everyone at risk enters`() throws {
    let listing = try decided(row(0.05), after: nil, isFirstRun: true).listing
    #expect(
      listing == AtRiskDocument.Listing(isListed: true, since: "2026-11-16", reason: .firstRun))
    #expect(try decided(row(0.04), after: nil, isFirstRun: true).listing?.reason == .lowRisk)
  }

  @Test(arguments: [
    // Below the band a week ago and in it now: enters. At risk then, too, doubled: likewise. Low: not at all.
    (0.041, 0.040, ListingReason.clearRisk), (0.044, 0.042, .twoWeeks), (0.080, 0.040, .jump),
    (0.079, 0.040, .clearRisk), (0.040, 0.045, .lowRisk),
  ])
  func `entry by hand`(now: Double, before: Double, expected: ListingReason) throws {
    let listing = try decided(row(now), after: row(before, isListed: false)).listing
    #expect(listing?.reason == expected)
    #expect(listing?.isListed == [.twoWeeks, .clearRisk, .jump].contains(expected))
  }

  @Test(arguments: [UInt64](1...20))
  func `who is at risk never waits, whatever the week before was`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func rows() -> [AtRiskDocument.Row] {
      (1...60).map { number in
        var row = row(
          .random(in: 0.01...0.1, using: &generator), isListed: .random(using: &generator))
        row.identity.subscriptionId = SampleScores.id(number)
        return row
      }
    }
    let before = SampleScores.document(asOf: "2026-11-09", rows())
    var today = SampleScores.document(
      rows().sorted { ($0.churnProbability ?? 0) > ($1.churnProbability ?? 0) })
    try today.compare(with: before, path: "old.json")
    today.decideEntries(since: before)
    let atRisk = today.subscriptions.filter(\.isAtRisk)
    #expect(!atRisk.isEmpty)
    let waiting = atRisk.filter { !$0.isListed }
    #expect(waiting.isEmpty)
  }

  @Test func `who was not there before does not wait`() throws {
    #expect(try decided(row(0.05), after: nil).listing?.reason == .newRow)
  }

  @Test func `two runs on two days are not two weeks`() throws {
    func ruled(since day: String?) -> AtRiskDocument.Row {
      var row = row(0.044, isListed: false, since: day)
      row.ruleScore = 35
      return row
    }
    var document = SampleScores.document([ruled(since: nil)])
    document.model.learner = "rules"
    var yesterday = SampleScores.document(asOf: "2026-11-15", [ruled(since: "2026-11-15")])
    yesterday.model.learner = "rules"
    try document.compare(with: yesterday, path: "old.json")
    document.decideEntries(since: yesterday)
    #expect(document.subscriptions[0].listing?.reason == .waiting)
  }

  @Test func `a deadline within 30 days enters at once`() throws {
    func reason(_ date: String) throws -> ListingReason? {
      var today = row(0.04)
      today.deadlines = [AtRiskDocument.Deadline(kind: "trialEnds", date: date, text: "…")]
      return try decided(today, after: row(0.04, isListed: false)).listing?.reason
    }
    #expect(try reason("2026-12-16") == .deadline)
    #expect(try reason("2026-12-17") == .lowRisk)
  }

  @Test func `a deadline needs no opinion of the model`() throws {
    var today = row(0.01)
    today.deadlines = [
      AtRiskDocument.Deadline(kind: "commitmentEnds", date: "2026-12-16", text: "…")
    ]
    let entered = try decided(today, after: row(0.01, isListed: false))
    #expect(
      entered.listing
        == AtRiskDocument.Listing(isListed: true, since: "2026-11-16", reason: .deadline))
    #expect(try decided(today, after: nil, isFirstRun: true).listing?.reason == .deadline)
    #expect(try decided(today, after: nil).listing?.reason == .deadline)
    // Once the day has passed it leaves.
    var before = today
    before.listing = entered.listing
    #expect(try decided(row(0.01), after: before).listing?.reason == .lowRisk)
  }

  @Test(arguments: [
    // Odds of a quarter of 0.041/0.959 are a probability of 0.01058.
    (0.0106, 0.0105, true), (0.0105, 0.0106, true), (0.0105, 0.0105, false),
  ])
  func `a listed row stays until its risk was clearly lower in two lists running`(
    now: Double, then: Double, stays: Bool
  ) throws {
    let before = row(then, isListed: true, since: "2026-10-05")
    let listing = try decided(row(now), after: before).listing
    #expect(listing?.isListed == stays)
    #expect(listing?.since == (stays ? "2026-10-05" : nil))
    #expect(listing?.reason == (stays ? .stays : .lowRisk))
  }

  @Test(arguments: [
    (ContactOutcome.called, "2026-11-03", true), (.called, "2026-11-02", false),
    (.saved, "2026-10-20", true), (.saved, "2026-10-19", false),
    (.falseAlarm, "2026-09-22", true), (.falseAlarm, "2026-09-21", false),
    (.called, "2026-11-17", false),
  ])
  func `who was spoken with is spared for a while`(
    outcome: ContactOutcome, on date: String, isSpared: Bool
  ) throws {
    let row = try decided(
      row(0.05), after: row(0.05, isListed: true), contacts: [try contact(outcome, on: date)])
    #expect(row.listing?.reason == (isSpared ? .contacted : .stays))
    #expect(row.isListed == !isSpared)
    #expect(row.contact?.date == (date > "2026-11-16" ? nil : date))
  }

  @Test func `a jump ends the cool-down, but not a snooze`() throws {
    let called = try contact(.called, on: "2026-11-10")
    let snoozed = try contact(.snoozed, on: "2026-11-11", until: "2026-11-16")
    let before = row(0.05, isListed: true)
    #expect(try decided(row(0.2), after: before, contacts: [called]).listing?.reason == .jump)
    #expect(
      try decided(row(0.2), after: before, contacts: [called, snoozed]).listing?.reason == .snoozed)
    let over = try contact(.snoozed, on: "2026-11-09", until: "2026-11-15")
    #expect(try decided(row(0.05), after: before, contacts: [over]).listing?.reason == .stays)
  }

  @Test func `a deadline ends the cool-down once, when it comes near after the contact`() throws {
    func reason(_ date: String, contact day: String) throws -> ListingReason? {
      var today = row(0.05)
      today.deadlines = [AtRiskDocument.Deadline(kind: "trialEnds", date: date, text: "…")]
      return try decided(
        today, after: row(0.05, isListed: true), contacts: [try contact(.saved, on: day)]
      ).listing?.reason
    }
    // Of 12 December, the 12 November is the 30th day before.
    #expect(try reason("2026-12-12", contact: "2026-11-15") == .contacted)
    #expect(try reason("2026-12-12", contact: "2026-11-12") == .contacted)
    #expect(try reason("2026-12-12", contact: "2026-11-11") == .stays)
    #expect(try reason("2026-12-17", contact: "2026-11-11") == .contacted)
  }

  @Test func `a spared row comes back as the case that it was`() throws {
    var before = row(0.05)
    before.listing = AtRiskDocument.Listing(
      isListed: false, since: "2026-10-05", reason: .contacted)
    let listing = try decided(row(0.05), after: before).listing
    #expect(
      listing == AtRiskDocument.Listing(isListed: true, since: "2026-10-05", reason: .stays))
  }

  @Test func `other contacts can be put on scores that are decided`() throws {
    var document = SampleScores.document([
      try decided(
        row(0.05), after: row(0.05, isListed: true),
        contacts: [try contact(.called, on: "2026-11-10")])
    ])
    #expect(!document.subscriptions[0].isListed)
    document.note(ContactLog())
    document.putAside()
    #expect(document.subscriptions[0].isListed && document.subscriptions[0].contact == nil)
  }

  @Test func `under rules points decide`() throws {
    func ruled(_ score: Double, isListed: Bool) -> AtRiskDocument.Row {
      let band = score >= 60 ? "high" : score >= 35 ? "medium" : "low"
      var row = SampleScores.row(1, band: band, probability: nil)
      row.ruleScore = score
      row.listing = AtRiskDocument.Listing(isListed: isListed, reason: .stays)
      return row
    }
    func reason(_ now: Double, _ before: Double, isListed: Bool) throws -> ListingReason? {
      var document = SampleScores.document([ruled(now, isListed: false)])
      document.model.learner = "rules"
      var previous = SampleScores.document(
        asOf: "2026-11-09", [ruled(before, isListed: isListed)])
      previous.model.learner = "rules"
      try document.compare(with: previous, path: nil)
      document.decideEntries(since: previous)
      return document.subscriptions[0].listing?.reason
    }
    #expect(try reason(60, 30, isListed: false) == .jump)
    #expect(try reason(59, 30, isListed: false) == .clearRisk)
    // Points come in large steps: 35 after 15 is no jump below the high band, and barely in the medium one.
    #expect(try reason(35, 15, isListed: false) == .waiting)
    #expect(try reason(40, 15, isListed: false) == .clearRisk)
    #expect(try reason(60, 15, isListed: false) == .jump)
    // 0.4 × 35 points = 14.
    #expect(try reason(14, 40, isListed: true) == .stays)
    #expect(try reason(13, 40, isListed: true) == .stays)
    #expect(try reason(13, 13, isListed: true) == .lowRisk)
  }

  @Test func `lists hold what is listed, also where the band is low`() throws {
    var waiting = SampleScores.row(1, band: "high", manager: "Ann")
    waiting.listing = AtRiskDocument.Listing(isListed: false, reason: .waiting)
    var staying = SampleScores.row(2, band: "low", manager: "Ann")
    staying.listing = AtRiskDocument.Listing(
      isListed: true, since: "2026-11-02", reason: .stays)
    let undecided = SampleScores.row(3, band: "medium", manager: "Ann")
    let lists = SampleScores.document([waiting, staying, undecided])
      .lists(by: .accountManager, capacity: nil)
    #expect(lists.first { $0.key == "Ann" }?.rows.map(\.rank) == [2, 3])
  }
}
