import Files
import Testing

@testable import churn_bench

struct ReportTests {
  private func measurement(
    _ name: String, _ seconds: [Double], disturbance: Double = 0
  ) -> Measurement {
    Measurement(
      name: name,
      runs: seconds.map {
        Run(
          seconds: $0, processorSeconds: 2 * $0, peakMemory: 95_000_000, disturbance: disturbance)
      })
  }

  private func finding(ours: [Double], theirs: [Double], disturbance: Double = 0) -> Finding {
    Finding(
      benchmark: "json-lines", what: "JSON Lines into a store vs DuckDB", workload: "2 M, 24, day",
      measurements: [
        measurement("churn-risk", ours, disturbance: disturbance), measurement("DuckDB", theirs),
      ], figure: 1.5, target: .atLeast(1.4, stretch: 2))
  }

  @Test func `a quiet figure has a plain verdict`() {
    let finding = finding(ours: [1, 1.1, 1], theirs: [1.5, 1.5, 1.6])
    #expect(finding.doubts.isEmpty)
    #expect(finding.verdict == "must")
  }

  @Test func `a spread above 15 % of any contender puts the figure in doubt`() {
    #expect(finding(ours: [1, 1, 1], theirs: [1.5, 1.5, 1.74]).verdict == "must, in doubt")
    #expect(finding(ours: [1, 1, 1], theirs: [1.5, 1.5, 1.72]).verdict == "must")
  }

  @Test func `others at work put the figure in doubt`() {
    #expect(finding(ours: [1], theirs: [1.5], disturbance: 0.031).verdict == "must, in doubt")
    #expect(finding(ours: [1], theirs: [1.5], disturbance: 0.03).verdict == "must")
  }

  @Test func `the fastest setting of a peer counts, by its median`() {
    var finding = Finding(benchmark: "x", what: "x", workload: "x")
    finding.compare(
      measurement("ours", [1, 2, 3]),
      with: [
        measurement("a", [1, 8, 8]), measurement("b", [6, 6, 6]), measurement("c", [7, 7, 7]),
      ])
    #expect(finding.figure == 3)
    #expect(finding.measurements.map(\.name) == ["ours", "b"])
    #expect(finding.slower.map(\.name) == ["c", "a"])
  }

  @Test func `a missing figure is no verdict`() {
    var finding = finding(ours: [1], theirs: [1.5])
    finding.figure = nil
    #expect(finding.verdict == "not measured")
    finding.figure = 1.39
    #expect(finding.verdict == "MISS")
    finding.target = nil
    #expect(finding.verdict == "")
  }

  @Test func `the tables show figures, targets, medians and conditions`() {
    var report = Report(conditions: ["2 processors."])
    report.findings = [finding(ours: [1, 1.25, 1.1], theirs: [1.6, 1.65, 1.7])]
    let text = report.text(width: nil)
    #expect(text.hasPrefix("2 processors.\n\nWhat "))
    let lines = text.split(separator: "\n").map { $0.split(separator: "  ").map(trimmed) }
    #expect(
      lines.contains([
        "JSON Lines into a store vs DuckDB", "2 M, 24, day", "1.100 s", "1.650 s", "1.50 ×",
        "≥ 1.40 ×", "≥ 2.00 ×", "must, in doubt",
      ]))
    #expect(
      lines.contains([
        "json-lines", "2 M, 24, day", "churn-risk", "3", "1.000 s", "1.100 s", "22.7 %", "2.200 s",
        "95 MB", "0.0 %",
      ]))
  }

  private func trimmed(_ cell: Substring) -> String {
    String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  @Test func `a reason is told once with all that it concerns`() {
    var report = Report()
    for what in ["CSV vs DuckDB", "CSV vs Polars", "CSV vs DuckDB"] {
      report.findings.append(
        Finding(benchmark: "csv", what: what, workload: "x", problem: "it cannot be read"))
    }
    #expect(
      report.text(width: nil).contains(
        "Not measured: CSV vs DuckDB; CSV vs Polars: it cannot be read.\n"))
  }

  @Test func `a note is told once`() {
    var report = Report()
    report.note("a")
    report.note("b")
    report.note("a")
    #expect(report.notes == ["a", "b"])
    #expect(!report.text(width: nil).contains("Peak memory"))
    #expect(report.text(width: nil).hasSuffix("\n- a\n- b\n"))
  }

  @Test func `the JSON has every run`() throws {
    var report = Report()
    report.findings = [finding(ours: [1, 2], theirs: [1.5])]
    let json = report.json["findings"]?[0]
    #expect(json?["figure"]?.double == 1.5)
    #expect(json?["grade"]?.string == "must")
    #expect(json?["must"]?.double == 1.4)
    #expect(json?["measurements"]?[0]?["seconds"]?.array?.count == 2)
    #expect(json?["measurements"]?[0]?["median"]?.double == 1.5)
    #expect(json?["measurements"]?[1]?["name"]?.string == "DuckDB")
  }

  @Test func `units read as people write them`() {
    #expect(Finding.Unit.times.text(1.395) == "1.40 ×")
    #expect(Finding.Unit.bytesPerLine.text(7.083) == "7.08 B/line")
    #expect(Finding.Unit.linesPerSecond.text(41_250_000) == "41.3 M lines/s")
    #expect(Finding.Unit.bytes.text(94_600_000) == "95 MB")
  }

  @Test(arguments: [
    (0.0, 0, "0"), (0.05, 1, "0.1"), (-1.26, 1, "-1.3"), (-0.01, 1, "0.0"), (12.3456, 3, "12.346"),
    (1e13, 2, "unknown"), (.nan, 2, "unknown"),
  ])
  func `decimals are rounded and filled up`(value: Double, count: Int, text: String) {
    #expect(decimals(value, count) == text)
  }

  @Test func `a message does not name the file that it is about`() {
    #expect(
      withoutPath("Error: /a/b: no; /a/b again", "/a/b") == "Error: the file: no; the file again")
    #expect(withoutPath("nothing", "/a/b") == "nothing")
  }
}
