import CommandLineKit
import Reporting
import RiskModel
import Words

/// The riskiest subscriptions as a table that fits the terminal.
struct RiskTable {
  let document: AtRiskDocument
  /// What became of earlier lists.
  private let outcome: String

  init(_ document: AtRiskDocument, outcome: String) {
    self.document = document
    self.outcome = outcome
  }

  private var isRules: Bool { document.model.learner == "rules" }
  /// Whether the points decide beside probabilities.
  private var ordersByRule: Bool { !isRules && document.ordersByRule }

  /// The table with a heading and a summary; at most `top` rows.
  ///
  /// The width is that of the terminal, nil when the output goes elsewhere; `path` is where all
  /// scores are.
  func text(top: Int, width: Int?, wroteTo path: String) -> String {
    var text = "Azure subscriptions at risk as of \(document.asOf) "
    text += "(usage through \(document.usageEnds.text))\n"
    text += folded(document.churnText, columns: width) + "\n\n"
    if top > 0, !document.subscriptions.isEmpty {
      let width = width.map { max($0, Self.narrowest) }
      let columns = self.columns(width: width ?? .max)
      var table = Table(columns: columns.map(\.column))
      for row in document.subscriptions.prefix(top) { table.add(columns.map { $0.cell(row) }) }
      text += table.rendered(maximumWidth: width) + "\n"
    }
    let place =
      "All \(counted(document.subscriptions.count, "scored subscription")) with their reasons are in "
      + "\(path)."
    return text
      + (summary + changes + (isRules ? [] : [outcome]) + [place]).map {
        folded($0, columns: width) + "\n"
      }
      .joined()
  }

  private static let narrowest = 80
  /// `No usage for 17 days; its usual gap is 2.5 days`.
  private static let usualReason = 48
  /// Below this width the reason gets the room of the columns that can be read in the file.
  private static let wide = 110

  private typealias Shown = (column: Table.Column, cell: (AtRiskDocument.Row) -> String)

  private func columns(width: Int) -> [Shown] {
    var columns: [Shown] = [
      (Table.Column("#", alignment: .right), { String($0.rank) }),
      (Table.Column(isRules ? "Points" : "Risk", alignment: .right), risk),
    ]
    if ordersByRule {
      columns.append(
        (Table.Column("Points", alignment: .right), { decimals($0.ruleScore ?? 0, 0) }))
    }
    columns += [
      (Table.Column("Band"), { $0.riskBand }),
      (
        Table.Column("Customer", minimumWidth: 14),
        { $0.identity.customerName ?? $0.identity.customerTenantId ?? "" }
      ),
      (
        Table.Column("Subscription", minimumWidth: 12),
        { $0.identity.subscriptionName ?? $0.identity.subscriptionId }
      ),
    ]
    if width >= Self.wide {
      columns.append((Table.Column("Last used"), { $0.identity.lastUsed(in: .en) }))
    }
    let hasChange = document.subscriptions.contains { $0.change != nil }
    if hasChange {
      columns.append((Table.Column("Change"), { $0.change ?? "" }))
    }
    // What the other columns leave when names are cut as far as they may be, but no more than most
    // reasons need: a single long one must not cost every row its names.
    let others =
      52 + (width >= Self.wide ? 12 : 0) + (hasChange ? 14 : 0) + (ordersByRule ? 8 : 0)
    let reason = min(Self.usualReason, max(24, width - others))
    columns.append((Table.Column("Why", minimumWidth: reason), { $0.reasons.first?.text ?? "" }))
    return columns
  }

  private func risk(_ row: AtRiskDocument.Row) -> String {
    isRules
      ? decimals(row.ruleScore ?? 0, 0) : decimals((row.churnProbability ?? 0) * 100, 1) + " %"
  }

  /// How many are listed without a score, and why.
  private var notScored: String {
    let reasons = document.excludedByReason.map {
      "\(grouped($0.count)) \(words(forReason: $0.reason))"
    }
    return "\(grouped(document.excluded.count)) not scored"
      + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))")
  }

  private func words(forReason reason: String) -> String {
    switch reason {
    case "alreadyChurned": "already lost"
    case "missing": "missing from the exports"
    case "tooNew": "too new"
    case "unknownStatus": "of unknown status"
    case "test": "for tests"
    case "other":
      // A dormancy model knows nothing about what was idle all along.
      document.churnEvents.contains("dormant")
        ? "idle for long, ended or never paid" : "ended, never paid or gone for long"
    default: reason
    }
  }

  /// What changed on the lists since the previous scores; nothing without them.
  private var changes: [String] {
    let day = document.subscriptions.lazy.compactMap { $0.previous?.asOf }.first
    let text = ChangeText(document.changesOfLists).text
    guard let day, !text.isEmpty else { return [] }
    let listed = document.subscriptions.count(where: \.isListed)
    return ["\(grouped(listed)) on the lists; since the scores of \(day): \(text)."]
  }

  /// Paragraphs below the table.
  private var summary: [String] {
    let counts =
      "\(grouped(document.count(ofBand: "high"))) high, "
      + "\(grouped(document.count(ofBand: "medium"))) medium, "
      + "\(grouped(document.count(ofBand: "low"))) low; \(notScored)."
    if isRules {
      return [
        counts,
        "Points of the rule score: high from \(decimals(document.high, 0)), medium from "
          + "\(decimals(document.medium, 0)). They are no probabilities.",
      ]
    }
    let rate = document.model.baseRate.map { decimals($0 * 100, 1) + " %" } ?? "unknown"
    if ordersByRule {
      return [
        counts,
        "\(decimals(document.expectedChurn ?? 0, 1)) are expected to be lost within "
          + "\(document.horizonDays) days; base rate \(rate), grade C: nobody is high by the model alone.",
        "Ordered by the points of the rule score, then by the nearest end of a trial or commitment; high "
          + "from \(decimals(RuleScore.bands.high, 0)) points, medium from "
          + "\(decimals(RuleScore.bands.medium, 0)).",
      ]
    }
    return [
      counts,
      "\(decimals(document.expectedChurn ?? 0, 1)) are expected to be lost within "
        + "\(document.horizonDays) days; base rate \(rate), high from "
        + "\(decimals(document.high * 100, 1)) %, medium from \(decimals(document.medium * 100, 1)) %, "
        + "grade \(document.model.grade ?? "none").",
    ]
  }
}
