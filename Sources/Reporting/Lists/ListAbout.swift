internal import RiskModel

/// What a reader of a list must know about it: the sheet and the section "About".
struct ListAbout {
  struct Line: Sendable, Hashable {
    let label: String
    let text: String
  }

  struct Section: Sendable, Hashable {
    let title: String
    let lines: [Line]
  }

  /// The product and its version, as every list names its maker.
  static let maker = "churn-risk"

  let sections: [Section]

  init(_ list: RiskList, of document: AtRiskDocument) {
    sections =
      [Self.scope(list, document), Self.meaning(document), Self.model(document)]
      + Self.attention(document) + [Self.reading]
  }

  /// Whom a list is for, as its title says.
  static func title(_ list: RiskList) -> String {
    switch list.kind {
    case .all: "Azure subscriptions at risk: all"
    case .list: "Azure subscriptions at risk: \(list.key ?? "")"
    default: "Azure subscriptions at risk: unassigned"
    }
  }

  private static func scope(_ list: RiskList, _ document: AtRiskDocument) -> Section {
    func count(_ band: String) -> String {
      ShownNumber.grouped(list.rows.count { $0.riskBand == band })
    }
    var lines = [
      Line(label: "List", text: title(list)),
      Line(
        label: "As of", text: "\(document.asOf), with usage through \(document.dataThrough)"),
      Line(
        label: "Subscriptions",
        text: "\(ShownNumber.grouped(list.rows.count)): \(count("high")) high, "
          + "\(count("medium")) medium, \(count("low")) low"),
    ]
    if document.model.learner != "rules" {
      let expected = list.rows.reduce(0) { $0 + ($1.churnProbability ?? 0) }
      lines.append(
        Line(
          label: "Expected to be lost",
          text: "\(ShownNumber.decimals(expected, 1)) of them within \(document.horizonDays) days"))
    }
    return Section(
      title: "This list",
      lines: lines + [
        Line(
          label: "Without usage",
          text: "\(ShownNumber.grouped(list.withoutUsage.count)) were never used, or not for "
            + "\(AtRiskDocument.withoutUsageDays) days and more up to \(document.dataThrough)"),
        Line(
          label: "Lost lately",
          text: "\(ShownNumber.grouped(list.lost.count)) were lost in the last "
            + "\(AtRiskDocument.lostDays) days"),
      ])
  }

  private static func meaning(_ document: AtRiskDocument) -> Section {
    let byRule = document.ordersByRule
    let bands =
      byRule
      ? "By points of the rule score: high from \(ShownNumber.decimals(RuleScore.bands.high, 0)), "
        + "medium from \(ShownNumber.decimals(RuleScore.bands.medium, 0)), low below"
      : "high from \(ShownNumber.percent(document.high)), medium from "
        + "\(ShownNumber.percent(document.medium)), low below"
    let probability =
      document.model.learner == "rules"
      ? "There is none: the history is too short for a model, and points of a published rule order "
        + "the list. Points are no probabilities."
      : "Of ten subscriptions with a probability of 40 %, about four are expected to be lost within "
        + "\(document.horizonDays) days."
    return Section(
      title: "What the figures mean",
      lines: [
        Line(label: "Churn", text: document.churnText),
        Line(label: "Horizon", text: "\(document.horizonDays) days from \(document.asOf)"),
        Line(label: "Probability", text: probability), Line(label: "Risk", text: bands),
        Line(
          label: "Value",
          text:
            "Cost of the trailing year in the currency named; without costs its usage, in typical "
            + "lines of usage, which are no money; without usage its licences."),
        Line(label: "Expected loss", text: "Probability × value, in the same unit"),
        Line(
          label: "Reasons",
          text:
            "Facts that are associated with churn, the weightiest first; they are not its causes."),
      ])
  }

  private static func model(_ document: AtRiskDocument) -> Section {
    let grade: String =
      switch document.model.grade {
      case "A":
        "A: on later days surely better than the base rate and the days since the last "
          + "usage, and the top of the lists held at least three times as many losses as chance"
      case "B":
        "B: on later days surely better than the base rate and the days since the last usage"
      case "C": "C: not surely better than simple baselines; the rule score decides order and risk"
      default: "none: a rule, not a model"
      }
    var lines = [
      Line(label: "Model", text: "\(document.model.name), \(document.model.learner)"),
      Line(label: "Grade", text: grade),
      Line(label: "Trained through", text: document.model.trainedThrough ?? "not trained"),
    ]
    if let rate = document.model.baseRate {
      lines.append(
        Line(label: "Base rate", text: "\(ShownNumber.percent(rate)) are lost in such a time"))
    }
    return Section(title: "How good it is", lines: lines)
  }

  private static func attention(_ document: AtRiskDocument) -> [Section] {
    guard !document.attention.isEmpty else { return [] }
    return [
      Section(
        title: "Needs attention",
        lines: document.attention.map { Line(label: $0.severity, text: $0.text) })
    ]
  }

  private static let reading = Section(
    title: "Made by",
    lines: [
      Line(
        label: "Program", text: "\(maker), on the partner's own machine; no data left it"),
      Line(
        label: "Names", text: "Written by customers; shown as text and never run as formulas"),
    ])
}
