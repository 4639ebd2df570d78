import CommandLineKit
import Files

/// Everything that was found, for people and for programs.
struct Report {
  /// What it was measured on and how, one sentence a line.
  var conditions: [String] = []
  var findings: [Finding] = []
  var limits: [PhysicalLimits] = []
  /// The peers' calls and how their work differs, each once.
  private(set) var notes: [String] = []

  /// Adds a sentence, unless it is there.
  mutating func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  /// The report for people; `width` is the columns of the terminal, nil when it is none.
  func text(width: Int?) -> String {
    let width = width.map { max($0, 100) }
    var text = conditions.map { "\($0)\n" }.joined() + "\n" + findingTable(width)
    text += "Lines: how many, distinct meters, sorted by.\n"
    if findings.contains(where: { !$0.doubts.isEmpty }) {
      text +=
        "In doubt: others used more than \(percent(Series.largestDisturbance)) of the "
        + "processors, or a contender's runs spread by more than "
        + "\(percent(Finding.largestSpread)); both are shown below.\n"
    }
    for problem in problems { text += "Not measured: \(problem).\n" }
    if findings.contains(where: { !$0.measurements.isEmpty }) {
      text += "\n" + measurementTable(width)
    }
    for limit in limits { text += "\n" + limit.text }
    return text + (notes.isEmpty ? "" : "\n") + notes.map { "- \($0)\n" }.joined()
  }

  /// Why figures are missing: each reason once, with what it concerns.
  private var problems: [String] {
    var concerned: [(reason: String, whats: [String])] = []
    for finding in findings {
      guard let reason = finding.problem else { continue }
      let index =
        concerned.firstIndex { $0.reason == reason }
        ?? {
          concerned.append((reason, []))
          return concerned.count - 1
        }()
      if !concerned[index].whats.contains(finding.what) {
        concerned[index].whats.append(finding.what)
      }
    }
    return concerned.map { "\($0.whats.joined(separator: "; ")): \($0.reason)" }
  }

  private func findingTable(_ width: Int?) -> String {
    var table = Table(columns: [
      Table.Column("What", minimumWidth: 30), Table.Column("Lines", minimumWidth: 12),
      Table.Column("Ours", alignment: .right), Table.Column("Other", alignment: .right),
      Table.Column("Figure", alignment: .right), Table.Column("Must", alignment: .right),
      Table.Column("Stretch", alignment: .right), Table.Column("Verdict"),
    ])
    for finding in findings {
      func limit(_ value: KeyPath<Target, Double>) -> String {
        finding.target.map {
          ($0.side == .atLeast ? "≥ " : "≤ ") + finding.unit.text($0[keyPath: value])
        } ?? ""
      }
      func median(_ place: Int) -> String {
        finding.measurements.indices.contains(place)
          ? secondsText(finding.measurements[place].seconds.median) : ""
      }
      table.add([
        finding.what, finding.workload, median(0), median(1),
        finding.figure.map { finding.unit.text($0) } ?? "–", limit(\.must), limit(\.stretch),
        finding.verdict,
      ])
    }
    return table.rendered(maximumWidth: width)
  }

  private func measurementTable(_ width: Int?) -> String {
    var table = Table(columns: [
      Table.Column("Benchmark"), Table.Column("Lines", minimumWidth: 12),
      Table.Column("Who", minimumWidth: 16),
      Table.Column("Runs", alignment: .right), Table.Column("Minimum", alignment: .right),
      Table.Column("Median", alignment: .right), Table.Column("Spread", alignment: .right),
      Table.Column("CPU", alignment: .right), Table.Column("Peak memory", alignment: .right),
      Table.Column("Others", alignment: .right),
    ])
    var shown: Set<Measurement> = []
    for finding in findings {
      for measurement in finding.measurements + finding.slower
      where shown.insert(measurement).inserted {
        table.add([
          finding.benchmark, finding.workload, measurement.name, "\(measurement.runs.count)",
          secondsText(measurement.seconds.minimum), secondsText(measurement.seconds.median),
          percent(measurement.seconds.spread), secondsText(measurement.processorSeconds.median),
          megabytes(measurement.peakMemory), percent(measurement.disturbance),
        ])
      }
    }
    return table.rendered(maximumWidth: width)
  }

  var json: JSONValue {
    [
      "conditions": .array(conditions.map { .string($0) }),
      "findings": .array(findings.map(\.json)), "limits": .array(limits.map(\.json)),
      "notes": .array(notes.map { .string($0) }),
    ]
  }
}
