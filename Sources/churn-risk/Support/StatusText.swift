import CommandLineKit
import Files
import History
import RiskModel

/// The state of the history, for people and for programs.
struct StatusText {
  let status: StoreStatus
  /// Earlier lists against the backtest.
  var live: [LiveCheck] = []

  init(_ status: StoreStatus) { self.status = status }

  /// The text for a terminal of `width` columns; nil: nothing is cut.
  func text(width: Int?) -> String {
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
    // Lists that a partner keeps, such as owners, come from no export.
    for source in status.sources where source.subscriptionExports + source.usageImports > 0 {
      sources.add([
        source.name, grouped(source.subscriptionExports), day(source.lastSubscriptionExport),
        source.isLastExportComplete.map { $0 ? "yes" : "no" } ?? "",
        grouped(source.usageImports), day(source.lastUsageImport),
      ])
    }
    let quality = QualityText(status.quality).text(width: width, all: "churn-risk status --json")
    return table.rendered() + "\n" + sources.rendered() + "\n" + facts + notes
      + live.map { $0.sentence + "\n" }.joined()
      + (quality.isEmpty ? "" : "\n" + quality)
  }

  /// What a person should look at.
  var attention: [Attention] {
    status.warnings.map { warning in
      let sentence = warning.prefix(1).uppercased() + warning.dropFirst()
      return Attention("history", sentence.hasSuffix(".") ? sentence : sentence + ".")
    }
      // What the warnings tell already is not told twice.
      + QualityText.attention(
        status.quality.filter { !["usageGap", "usageIdMatch"].contains($0.name) })
      + live.compactMap(\.attention)
  }

  private var facts: String {
    var lines = [
      "\(counted(status.customers, "customer")), \(counted(status.imports, "import")).",
      status.usageLines == 0
        ? "No usage lines."
        : "\(counted(status.usageLines, "usage line")) from \(day(status.firstUsageDay)) to "
          + "\(day(status.lastUsageDay)), \(counted(status.usageCorrections, "correction")).",
      status.reportingLagDays.map {
        "Reporting lag: 95 % of usage has arrived after \(counted($0, "day"))."
      }
        ?? "Reporting lag: not known; it takes four dated usage imports to measure it.",
    ]
    if status.unknownSubscriptions > 0 {
      lines.append(
        "\(counted(status.unknownSubscriptionLines, "usage line")) of "
          + "\(counted(status.unknownSubscriptions, "subscription")) that no export has shown.")
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
        "Rows of the imports: \(grouped(status.rowsRejected)) rejected, "
          + "\(grouped(status.rowsIgnored)) of no use.")
    }
    if !status.proposedExclusions.isEmpty {
      lines.append(
        "Proposed exclusions: \(grouped(status.proposedExclusions.count)), none of them applied; "
          + "--json lists them as lines for an exclusions file.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var notes: String {
    status.notes.map { note in
      let rows = counted(note.rows, "row")
      return note.kind == .unknownColumn
        ? "Unknown column '\(note.name)' in \(rows), not read.\n"
        : "Unknown value '\(note.name)' in \(rows), kept as unknown.\n"
    }.joined()
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
      "quality": QualityText(status.quality).json,
      "proposedExclusions": .array(status.proposedExclusions.map(Self.json)),
      "live": .array(live.map(\.json)),
      "attention": attention.json,
    ]
  }

  private static func json(_ proposed: ProposedExclusion) -> JSONValue {
    let exclusion = proposed.exclusion
    return [
      "subscriptionId": exclusion.subscriptionId.map { .string("\($0)") } ?? .null,
      "customerTenantId": exclusion.customerTenantId.map { .string($0) } ?? .null,
      "reason": .string(exclusion.reason.rawValue), "from": json(exclusion.from),
      "why": .string(proposed.cause.sentence),
    ]
  }

  private static func json(_ source: StoreStatus.SourceStatus) -> JSONValue {
    [
      "name": .string(source.name), "cloud": .string(source.cloud.rawValue),
      "subscriptionExports": .integer(source.subscriptionExports),
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
