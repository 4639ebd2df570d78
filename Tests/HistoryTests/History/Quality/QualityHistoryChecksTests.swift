import TestSupport
import Testing

@testable import History

/// Checks that judge the history: for each the smallest one that it finds something in, and one where not.
struct QualityHistoryChecksTests {
  private let folder = ExportFolder()

  private func findings(_ name: String) throws -> [QualityFinding] {
    try folder.reading().status().quality.filter { $0.name == name }
  }

  private func summary(_ findings: [QualityFinding]) -> [String] {
    findings.map { "\($0.severity) \($0.count)" }
  }

  private func importUsage(_ day: String, _ rows: [String], source: String? = nil) throws {
    folder.write("\(day)-\(source ?? "").jsonl", jsonLines(rows))
    try folder.import("\(day)-\(source ?? "").jsonl", source: source)
  }

  private func importSubscriptions(_ day: String, _ rows: [String], source: String? = nil) throws {
    folder.write("\(day)-\(source ?? "").json", envelope(rows))
    try folder.import("\(day)-\(source ?? "").json", source: source)
  }

  @Test func `the id match is an error below 50 %, a warning below 90 %, else a fact`() throws {
    try importSubscriptions("2025-01-06", (1...9).map { subscriptionRow($0) })
    try importUsage("2025-01-06", (1...10).map { usageRow($0, "2025-01-05", "1") })
    #expect(summary(try findings("usageIdMatch")) == ["info 1"])
    try importUsage("2025-01-07", [usageRow(11, "2025-01-05", "1")])
    #expect(summary(try findings("usageIdMatch")) == ["warning 2"])
    try importUsage("2025-01-08", (12...20).map { usageRow($0, "2025-01-05", "1", tenant: $0) })
    let found = try findings("usageIdMatch")
    #expect(summary(found) == ["error 11"])
    #expect(found[0].details.hasPrefix("only 9 of 20 subscriptions with usage (45 %)"))
    // The unknown ones belong to customers that no export knows.
    #expect(try findings("idSpaceMixUp").isEmpty)
  }

  @Test func `unknown ids of known customers are a mix-up of ids`() throws {
    try importSubscriptions("2025-01-06", [subscriptionRow(1), subscriptionRow(2, tenant: 2)])
    try importUsage(
      "2025-01-06", [usageRow(11, "2025-01-05", "1"), usageRow(12, "2025-01-05", "1", tenant: 2)])
    let found = try findings("idSpaceMixUp")
    #expect(summary(found) == ["error 2"])
    #expect(found[0].details.contains("EntitlementId"))
  }

  @Test func `usage of subscriptions of another type may carry ids of plans`() throws {
    let office = subscriptionRow(1).replacing("\"Azure\"", with: "\"Office\"")
    try importSubscriptions("2025-01-06", [office, subscriptionRow(2)])
    try importUsage("2025-01-06", [usageRow(1, "2025-01-05", "1")])
    #expect(summary(try findings("idSpaceMixUp")) == ["warning 1"])
    try importUsage("2025-01-07", [usageRow(2, "2025-01-05", "1")])
    #expect(try findings("idSpaceMixUp").isEmpty)
  }

  @Test func `days without usage of anyone, and a month of them is an error`() throws {
    try importUsage(
      "2025-04-01",
      [
        usageRow(1, "2025-01-01", "1"), usageRow(2, "2025-01-02", "1"),
        usageRow(1, "2025-01-04", "1"), usageRow(1, "2025-02-01", "1"),
        usageRow(1, "2025-03-02", "1"),
      ])
    let found = try findings("usageGap")
    #expect(summary(found) == ["error 28", "warning 27", "warning 1"])
    #expect(found[2].details == "no usage of any customer on 2025-01-03")
    #expect(found[0].details.contains("from 2025-02-02 to 2025-03-01"))
  }

  @Test func `usage every day has no gap, and of many gaps the longest stand by themselves`() throws
  {
    try importUsage("2025-04-01", (1...9).map { usageRow($0, "2025-01-0\($0)", "1") })
    #expect(try findings("usageGap").isEmpty)
    var days = QualityFacts()
    // 12 gaps of 1 … 12 days.
    var next = day("2025-01-01")
    for length in 0...12 {
      next = next + length + 1
      days.usageDays.append(next)
    }
    let found = UsageGaps().findings(in: days)
    #expect(found.map(\.count) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3])
  }

  @Test func `days that nobody ever uses anything on are no gap, a longer silence is one`() {
    var facts = QualityFacts()
    let monday = day("2025-01-06")
    facts.usageDays = (0..<100).filter { $0 % 7 < 5 }.map { monday + $0 }
    var found = UsageGaps().findings(in: facts)
    #expect(summary(found) == ["info 28"])
    #expect(found[0].details.contains("up to 3 days"))
    // A week without usage, between its weekends.
    facts.usageDays.removeAll { (monday + 35...monday + 39).contains($0) }
    found = UsageGaps().findings(in: facts)
    #expect(summary(found) == ["warning 9", "info 24"])
  }

  @Test
  func `months that stand on their first or last day are no gaps, a month that is missing is one`()
  {
    var facts = QualityFacts()
    for days in [
      ["2025-01-31", "2025-02-28", "2025-03-31"], ["2025-01-01", "2025-02-01", "2025-03-01"],
    ] {
      facts.usageDays = days.map { day($0) }
      #expect(UsageGaps().findings(in: facts).isEmpty)
      facts.usageDays.remove(at: 1)
      #expect(summary(UsageGaps().findings(in: facts)) == ["error 58"])
    }
    // Months first, days later.
    facts.usageDays = ["2025-01-31", "2025-02-28", "2025-03-01", "2025-03-02"].map { day($0) }
    #expect(UsageGaps().findings(in: facts).isEmpty)
    // Days on both sides: October is missing but for its last day.
    facts.usageDays = ["2025-09-29", "2025-09-30", "2025-10-31", "2025-11-01"].map { day($0) }
    #expect(summary(UsageGaps().findings(in: facts)) == ["error 30"])
  }

  @Test func `an export that is late by the source's own rhythm`() throws {
    for day in ["06", "13", "20", "27"] {
      try importSubscriptions("2025-01-\(day)", [subscriptionRow(1)])
    }
    try importSubscriptions("2025-02-10", [subscriptionRow(1)])
    #expect(try findings("exportGap").isEmpty)
    try importSubscriptions("2025-02-25", [subscriptionRow(1)])
    #expect(summary(try findings("exportGap")) == ["recommendation 15"])
    try importSubscriptions("2025-05-01", [subscriptionRow(1)])
    // By now a fortnight is usual.
    #expect(summary(try findings("exportGap")) == ["warning 65"])
  }

  @Test func `two exports far apart have no rhythm to fall out of`() throws {
    for day in ["2024-01-01", "2025-01-01"] { try importSubscriptions(day, [subscriptionRow(1)]) }
    #expect(try findings("exportGap").isEmpty)
  }

  @Test func `one source's old usage is told although another's is fresh`() throws {
    for source in ["a", "b"] {
      try importSubscriptions(
        "2025-03-03", [subscriptionRow(source == "a" ? 1 : 2)], source: source)
    }
    try importUsage("2025-03-03", [usageRow(1, "2025-03-02", "1")], source: "a")
    try importUsage("2025-02-20", [usageRow(2, "2025-02-20", "1")], source: "b")
    let found = try findings("staleSource")
    #expect(summary(found) == ["warning 11"])
    #expect(
      found[0].details.hasPrefix(
        "the usage of b ends on 2025-02-20, 11 days before the newest observation, 2025-03-03"))
    #expect(try folder.reading().status().warnings.contains(found[0].details))
    try importUsage("2025-02-22", [usageRow(2, "2025-02-21", "1")], source: "b")
    #expect(try findings("staleSource").isEmpty)
    #expect(try !folder.reading().status().warnings.contains { $0.hasPrefix("the usage of b") })
  }

  @Test func `a usage file that was copied long after makes nothing stale`() throws {
    try importSubscriptions("2025-01-06", [subscriptionRow(1)])
    folder.write("all/usage.jsonl", usageRow(1, "2025-01-05", "1") + "\n")
    folder.setModificationDay("all/usage.jsonl", day("2026-01-01"))
    try folder.import("all/usage.jsonl")
    #expect(try findings("staleSource").isEmpty)
  }

  @Test func `a source whose subscriptions are no longer exported`() throws {
    try importSubscriptions("2025-01-06", [subscriptionRow(1)], source: "a")
    try importSubscriptions("2025-01-16", [subscriptionRow(2)], source: "b")
    #expect(try findings("staleSource").isEmpty)
    try importSubscriptions("2025-01-17", [subscriptionRow(2)], source: "b")
    #expect(summary(try findings("staleSource")) == ["warning 11"])
  }

  @Test func `usage more than a day before the start`() throws {
    func row(_ id: Int) -> String {
      subscriptionRow(
        id, "\"creationDate\":\"2025-01-20\"", "\"effectiveStartDate\":\"2025-02-01\"")
    }
    try importSubscriptions("2025-02-10", [row(1), row(2), row(3), subscriptionRow(4)])
    try importUsage(
      "2025-02-10",
      [
        usageRow(1, "2025-01-19", "1"), usageRow(2, "2025-01-18", "1"),
        usageRow(3, "2024-12-31", "1"), usageRow(4, "2024-01-01", "1"),
      ])
    let found = try findings("usageBeforeStart")
    #expect(summary(found) == ["warning 2"])
    #expect(found[0].details.hasPrefix("2 of 3 subscriptions (66.7 %"))
  }

  @Test func `few early ones are a fact, and none is nothing`() throws {
    var facts = QualityFacts()
    facts.earlyUsage = QualityFacts.EarlyUsage(subscriptions: 100, early: 4)
    #expect(UsageBeforeStart().findings(in: facts).map(\.severity) == [.info])
    facts.earlyUsage = QualityFacts.EarlyUsage(subscriptions: 100, early: 0)
    #expect(UsageBeforeStart().findings(in: facts).isEmpty)
  }

  @Test func `subscriptions that only usage knows`() throws {
    try importSubscriptions("2025-01-06", (1...9).map { subscriptionRow($0) })
    try importUsage("2025-01-06", (1...9).map { usageRow($0, "2025-01-05", "1") })
    #expect(try findings("usageOnlySubscriptions").isEmpty)
    try importUsage("2025-01-07", [usageRow(10, "2025-01-05", "1")])
    #expect(summary(try findings("usageOnlySubscriptions")) == ["info 1"])
    try importUsage("2025-01-08", [usageRow(11, "2025-01-05", "1")])
    #expect(summary(try findings("usageOnlySubscriptions")) == ["warning 2"])
  }
}
