import CommandLineKit
import Files
import History

/// The state of the history, for people and for programs.
struct StatusText {
  let status: StoreStatus

  init(_ status: StoreStatus) { self.status = status }

  var text: String {
    var table = Table(columns: [
      Table.Column("Type"), Table.Column("Status"),
      Table.Column("Subscriptions", alignment: .right),
    ])
    for count in status.subscriptions {
      table.add([count.subscriptionType, count.status, grouped(count.count)])
    }
    var sources = Table(columns: [
      Table.Column("Source"), Table.Column("Exports", alignment: .right),
      Table.Column("Last export"), Table.Column("Complete"),
      Table.Column("Usage files", alignment: .right), Table.Column("Last usage file"),
    ])
    for source in status.sources {
      sources.add([
        source.name, grouped(source.subscriptionExports), day(source.lastSubscriptionExport),
        source.isLastExportComplete.map { $0 ? "yes" : "no" } ?? "",
        grouped(source.usageImports), day(source.lastUsageImport),
      ])
    }
    return table.rendered() + "\n" + sources.rendered() + "\n" + facts + notes
  }

  private var facts: String {
    var lines = [
      "\(grouped(status.customers)) customers, \(grouped(status.imports)) imports.",
      "\(grouped(status.usageLines)) usage lines from \(day(status.firstUsageDay)) to "
        + "\(day(status.lastUsageDay)), \(grouped(status.usageCorrections)) corrections.",
      status.reportingLagDays.map { "Reporting lag: 95 % of usage has arrived after \($0) days." }
        ?? "Reporting lag: not known; it takes four dated usage imports to measure it.",
    ]
    if status.unknownSubscriptions > 0 {
      lines.append(
        "\(grouped(status.unknownSubscriptionLines)) usage lines belong to "
          + "\(grouped(status.unknownSubscriptions)) subscriptions that no export has shown.")
    }
    if !status.usageGaps.isEmpty {
      let gaps = status.usageGaps.prefix(5).map { gap in
        gap.lowerBound == gap.upperBound
          ? "\(gap.lowerBound)" : "\(gap.lowerBound) to \(gap.upperBound)"
      }
      let more = status.usageGaps.count > 5 ? " and \(status.usageGaps.count - 5) more" : ""
      lines.append("Days without usage of anyone: \(gaps.joined(separator: ", "))\(more).")
    }
    if status.rowsRejected + status.rowsIgnored > 0 {
      lines.append(
        "\(grouped(status.rowsRejected)) rows were rejected, \(grouped(status.rowsIgnored)) were of "
          + "no use.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var notes: String {
    status.notes.map { "\($0.kind.rawValue) '\($0.name)' in \(grouped($0.rows)) rows\n" }.joined()
  }

  var json: JSONValue {
    [
      "subscriptions": .array(
        status.subscriptions.map {
          [
            "subscriptionType": .string($0.subscriptionType), "status": .string($0.status),
            "count": .integer($0.count),
          ]
        }),
      "customers": .integer(status.customers), "imports": .integer(status.imports),
      "sources": .array(status.sources.map(Self.json)),
      "usage": [
        "lines": .integer(status.usageLines), "corrections": .integer(status.usageCorrections),
        "firstDay": Self.json(status.firstUsageDay), "lastDay": Self.json(status.lastUsageDay),
        "gaps": .array(
          status.usageGaps.map {
            ["from": Self.json($0.lowerBound), "through": Self.json($0.upperBound)]
          }),
        "unknownSubscriptions": .integer(status.unknownSubscriptions),
        "unknownSubscriptionLines": .integer(status.unknownSubscriptionLines),
        "idMatchShare": status.idMatchShare.map { .number($0) } ?? .null,
      ],
      "reportingLagDays": status.reportingLagDays.map { .integer($0) } ?? .null,
      "stalenessDays": status.stalenessDays.map { .integer($0) } ?? .null,
      "rowsRejected": .integer(status.rowsRejected), "rowsIgnored": .integer(status.rowsIgnored),
      "notes": .array(
        status.notes.map {
          [
            "kind": .string($0.kind.rawValue), "name": .string($0.name), "rows": .integer($0.rows),
          ]
        }),
      "attention": .array(
        status.warnings.map {
          ["code": "history", "severity": "warning", "text": .string($0)]
        }),
    ]
  }

  private static func json(_ source: StoreStatus.SourceStatus) -> JSONValue {
    [
      "name": .string(source.name), "subscriptionExports": .integer(source.subscriptionExports),
      "lastSubscriptionExport": json(source.lastSubscriptionExport),
      "isLastExportComplete": source.isLastExportComplete.map { .bool($0) } ?? .null,
      "usageImports": .integer(source.usageImports),
      "lastUsageImport": json(source.lastUsageImport),
    ]
  }

  private static func json(_ day: CalendarDay?) -> JSONValue {
    day.map { .string("\($0)") } ?? .null
  }

  private func day(_ day: CalendarDay?) -> String { day.map { "\($0)" } ?? "never" }
}
