import CommandLineKit
import Files
import History
import RiskModel

/// The quality report, for people and for programs.
struct QualityText {
  private let findings: [QualityFinding]

  /// - Parameter findings: the worst first.
  init(_ findings: [QualityFinding]) { self.findings = findings }

  /// Lines of the table; the rest is left to `--json`.
  private static let mostLines = 10

  /// The worst findings as a table.
  ///
  /// - Parameters:
  ///   - width: of the terminal; nil: nothing is cut.
  ///   - all: the command that shows every finding.
  /// - Returns: lines; nothing when there is nothing but information.
  func text(width: Int?, all: String) -> String {
    let shown = findings.filter { $0.severity != .info }.prefix(Self.mostLines)
    guard !shown.isEmpty else { return "" }
    var table = Table(columns: [
      Table.Column("Severity"), Table.Column("Finding"), Table.Column("Count", alignment: .right),
      Table.Column("File", minimumWidth: 10), Table.Column("Details", minimumWidth: 24),
    ])
    for finding in shown {
      table.add([
        finding.severity.rawValue, finding.name, grouped(finding.count),
        finding.file.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } ?? "",
        finding.details,
      ])
    }
    let rest = findings.count - shown.count
    let more =
      rest == 0
      ? "'\(all)' shows these findings in full.\n"
      : "\(counted(rest, "more finding")): '\(all)' shows every one, in full.\n"
    return "Quality of the data\n" + table.rendered(maximumWidth: width.map { max($0, 80) }) + more
  }

  /// What rests on these data is wrong until somebody has looked: that takes a person.
  static func attention(_ findings: [QualityFinding]) -> [Attention] {
    findings.filter { $0.severity == .error }.map { finding in
      let place = finding.file.map { "\($0): " } ?? ""
      let details =
        finding.file == nil
        ? finding.details.prefix(1).uppercased() + finding.details.dropFirst() : finding.details
      return Attention("quality", "\(place)\(details).")
    }
  }

  var json: JSONValue {
    .array(
      findings.map { finding in
        [
          "name": .string(finding.name), "severity": .string(finding.severity.rawValue),
          "column": finding.column.map { .string($0) } ?? .null,
          "file": finding.file.map { .string($0) } ?? .null, "count": .integer(finding.count),
          "details": .string(finding.details),
        ]
      })
  }
}
