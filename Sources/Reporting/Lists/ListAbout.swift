internal import RiskModel
internal import Words

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

  private let document: AtRiskDocument
  private let list: RiskList
  private let language: Language

  private let context: ListContext

  init(_ list: RiskList, of document: AtRiskDocument, _ context: ListContext = ListContext()) {
    self.list = list
    self.document = document
    self.context = context
    language = document.language
  }

  var sections: [Section] { [scope, meaning, model] + attention + [reading] }

  /// Whom a list is for, as its heading says.
  static func name(_ list: RiskList, in language: Language) -> String {
    switch list.kind {
    case .list: list.key ?? ""
    case .unassigned: language.label(.unassigned)
    case .summary: language.label(.summary)
    default: language.label(.allSubscriptions)
    }
  }

  /// The title of a file.
  static func title(_ list: RiskList, in language: Language) -> String {
    language.label(.aboutTitle, numbers: [:], texts: [.text: name(list, in: language)])
  }

  private func section(_ title: LabelKey, _ lines: [Line?]) -> Section {
    Section(title: language.label(title), lines: lines.compactMap { $0 })
  }

  private func line(_ label: LabelKey, _ text: String) -> Line {
    Line(label: language.label(label), text: text)
  }

  private var scope: Section {
    let rows = list.rows
    func count(_ band: String) -> Double { Double(rows.count { $0.riskBand == band }) }
    let horizon = Double(document.horizonDays)
    return section(
      .aboutThisList,
      [
        line(.list, Self.name(list, in: language)), line(.asOf, language.date(document.asOf)),
        line(.dataThrough, document.usageEnds.text(in: language)),
        line(
          .subscriptions,
          language.label(
            .aboutCounts,
            numbers: [
              .rows: Double(rows.count), .high: count("high"), .medium: count("medium"),
              .low: count("low"),
            ])),
        document.model.learner == "rules"
          ? nil
          : line(
            .expectedToBeLost,
            language.label(
              .aboutExpectedLost,
              numbers: [
                .value: rows.reduce(0) { $0 + ($1.churnProbability ?? 0) }, .windowDays: horizon,
              ])),
        line(
          .withoutUsage,
          language.label(
            .aboutWithoutUsage,
            numbers: [
              .rows: Double(list.withoutUsage.count),
              .windowDays: Double(AtRiskDocument.withoutUsageDays),
            ])),
        Line(
          label: language.label(
            .lostLately, numbers: [.windowDays: Double(AtRiskDocument.lostDays)]),
          text: language.grouped(list.lost.count)),
        list.heldOut == 0
          ? nil
          : line(.holdOut, language.label(.aboutHoldOut, numbers: [.count: Double(list.heldOut)])),
        list.rows.allSatisfy(\.isListed)
          ? nil : line(.onTheLists, language.grouped(list.rows.count(where: \.isListed))),
        notListed.map { line(.notListed, $0) },
      ])
  }

  /// Who is not on the list though at risk, by reason; nil when nobody is.
  var notListed: String? {
    let parts = ListingReason.allCases.compactMap { reason in
      context.notListed[reason].map {
        language.label(
          .countOf, numbers: [.count: Double($0)],
          texts: [.text: language.listing(reason.rawValue)])
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  private var meaning: Section {
    let horizon = Double(document.horizonDays)
    let bands: String? =
      document.ordersByRule
      ? language.label(
        .aboutBandsByPoints,
        numbers: [.high: RuleScore.bands.high, .medium: RuleScore.bands.medium])
      : document.isConfined
        ? nil
        : language.label(
          .aboutBands, numbers: [.share: document.high, .mediumShare: document.medium])
    let probability =
      document.model.learner == "rules"
      ? language.label(.aboutNoProbability)
      : language.label(.aboutProbability, numbers: [.windowDays: horizon])
    return section(
      .aboutMeaning,
      [
        line(.churn, document.definition),
        line(
          .horizon,
          language.label(.aboutHorizon, numbers: [.days: horizon], texts: [.date: document.asOf])),
        line(.churnProbability, probability), bands.map { line(.riskBand, $0) },
        line(.value, language.label(.aboutValue)),
        line(.expectedLoss, language.label(.aboutExpectedLoss)),
        line(.reason, language.label(.aboutReasons)),
        list.rows.contains { $0.listing != nil }
          ? line(.listedBecause, language.label(.aboutListing)) : nil,
      ])
  }

  private var model: Section {
    let grade: LabelKey =
      switch document.model.grade {
      case "A": .aboutGradeA
      case "B": .aboutGradeB
      case "C": .aboutGradeC
      default: .aboutNoGrade
      }
    return section(
      .aboutQuality,
      [
        line(.model, "\(document.model.name) · \(document.model.learner)"),
        line(.grade, language.label(grade)),
        line(
          .trainedThrough,
          document.model.trainedThrough.map(language.date) ?? language.label(.notTrained)),
        document.model.baseRate.map { line(.baseRate, language.percent($0)) },
      ])
  }

  private var attention: [Section] {
    let remarks = ListRemarks.shown(of: document, on: list.kind)
    guard !remarks.isEmpty else { return [] }
    return [
      Section(
        title: language.label(.needsAttention),
        lines: remarks.map { remark in
          let severity: LabelKey =
            switch remark.severity {
            case .information: .severityInformation
            case .warning: .severityWarning
            }
          return Line(label: language.label(severity), text: remark.text)
        })
    ]
  }

  private var reading: Section {
    section(
      .aboutMadeBy,
      [
        line(
          .program,
          language.label(
            .aboutOwnMachine, numbers: [:],
            texts: [.text: "\(Product.name) \(Product.version)"])),
        line(.names, language.label(.aboutNames)),
      ])
  }
}
