internal import Reporting

package enum AtRiskSection: PageSection {
  package static let id = "atRisk"
  package static let title = "Azure subscriptions at risk"

  package static func definition(_ input: PageInput) -> String {
    let numbers = input.scores.value
    guard let numbers else {
      return
        "The predicted risk of churn of each Azure subscription, so that somebody can speak with the "
        + "customer in time."
    }
    return
      "The predicted risk of churn of each Azure subscription within \(numbers.horizonDays) days of "
      + "\(numbers.asOf). \(numbers.churnText) High is at least four times the odds of the base rate, medium "
      + "at least twice, unless the recipe or the rule score says otherwise."
  }

  package static func add(_ numbers: AtRiskNumbers, _ input: PageInput, to body: inout SectionBody)
  {
    var figures: [(figure: String, words: String)] = [
      (Shown.count(numbers.counts["high"] ?? 0), "high risk"),
      (Shown.count(numbers.counts["medium"] ?? 0), "medium risk"),
      (Shown.count(numbers.scored), "scored in all"),
      (Shown.count(numbers.notScored), "not scored: lost, missing or excluded"),
    ]
    if let expected = numbers.expectedChurn {
      figures.append((Shown.decimals(expected, 1), "expected to be lost"))
    }
    if let grade = numbers.grade { figures.append((grade, "grade of the model, A is best")) }
    body.add(figures: figures)
    if numbers.learner == "rules" {
      body.add(
        sentence:
          "Losses so far are too few for a model: the rows are ordered by the points of a transparent "
          + "rule, which are no probability.")
    }
    for remark in numbers.attention { body.add(sentence: "Attention: \(remark)") }
    addAgreement(numbers, to: &body)
    guard numbers.atRisk > 0 else {
      return body.add(sentence: "Nobody is at high or medium risk.")
    }
    body.add(heading: "The subscriptions")
    body.add(table(numbers))
  }

  private static func table(_ numbers: AtRiskNumbers) -> PageTable {
    let hasValue = numbers.rows.contains { ($0.value ?? 0) > 0 }
    let hasMicrosoft = numbers.hasMicrosoft
    let hasOwner = numbers.rows.contains { $0.accountManager != nil }
    let hasProbability = numbers.rows.contains { $0.probability != nil }
    var columns = [PageTable.Column("Customer and subscription")]
    if numbers.ordersByRule { columns.append(PageTable.Column("Points", .number)) }
    if hasProbability { columns.append(PageTable.Column("Probability", .number)) }
    columns.append(PageTable.Column("Band"))
    if hasMicrosoft { columns.append(PageTable.Column("Microsoft’s risk")) }
    columns += [PageTable.Column("Why"), PageTable.Column("Last used", .day)]
    if hasValue { columns.append(PageTable.Column("Value", .number)) }
    if hasOwner { columns.append(PageTable.Column("Account manager")) }
    return PageTable(
      "Riskiest first. Reasons are associated with churn and need not be its cause.", columns,
      numbers.rows.map { row in
        var cells: [PageTable.Cell] = [.which(row.which)]
        if numbers.ordersByRule { cells.append(.optional(row.points, 0)) }
        if hasProbability { cells.append(.optional(percent: row.probability)) }
        cells.append(.band(row.band))
        if hasMicrosoft { cells.append(.optional(row.microsoft)) }
        cells += [.list(row.reasons), .day(row.lastUsage, orElse: "never")]
        if hasValue {
          cells.append(row.value.map { .amount($0, unit: unit(row.unit)) } ?? .empty)
        }
        if hasOwner { cells.append(.optional(row.accountManager)) }
        return cells
      }, total: numbers.atRisk)
  }

  private static func unit(_ unit: String?) -> String? {
    unit == "usage" ? "typical usage lines" : unit
  }

  private static func addAgreement(_ numbers: AtRiskNumbers, to body: inout SectionBody) {
    guard numbers.hasMicrosoft else {
      return body.add(
        sentence:
          "The exports hold no risk of Microsoft’s (churnRisk) that ours could be compared with.")
    }
    let names = Set(numbers.agreement.map(\.microsoft)).sorted {
      (rank($0), $0) < (rank($1), $1)
    }
    func count(_ band: String, _ microsoft: String) -> Int {
      numbers.agreement.first { $0.ours == band && $0.microsoft == microsoft }?.count ?? 0
    }
    let both = numbers.agreement.filter { !$0.microsoft.isEmpty }
    let same = both.filter { $0.ours == $0.microsoft.lowercased() }.reduce(0) { $0 + $1.count }
    let compared = both.reduce(0) { $0 + $1.count }
    body.add(heading: "Beside Microsoft’s own risk")
    body.add(
      sentence: "\(Shown.count(compared)) of \(Shown.count(numbers.scored, "scored subscription")) "
        + "have a risk of Microsoft’s; of those \(Shown.count(same)) (\(Shown.percent(same, of: compared))) "
        + "have the same band here. Microsoft publishes neither a definition nor a horizon of its risk."
    )
    body.add(
      PageTable(
        "Scored subscriptions by our band and Microsoft’s risk",
        [PageTable.Column("Our band")]
          + names.map {
            PageTable.Column($0.isEmpty ? "No risk given" : "Microsoft: \($0)", .number)
          },
        AtRiskNumbers.bands.map { band in
          [.band(band)] + names.map { .count(count(band, $0)) }
        }, isNarrow: true, isOrdered: true))
  }

  private static func rank(_ microsoft: String) -> Int {
    switch microsoft.lowercased() {
    case "high": 0
    case "medium": 1
    case "low": 2
    case "": 4
    default: 3
    }
  }
}
