package import Features
package import History

/// The rows that a model learns from, and what is to be said about them.
package struct TrainingData: Sendable {
  package let table: FeatureTable
  package let asOf: CalendarDay
  package let lagDays: Int
  package let definition: ChurnDefinition
  /// Rows of the landmarks used that were left out, because their window had not been seen to its end.
  package let immatureRows: Int
  /// Whether landmarks before the first export were used.
  package let usesDatedFacts: Bool
  /// Distinct customers with at least one churned row.
  package let churnedCustomers: Int

  /// Fewer distinct churned customers, and no model is fitted.
  package static let fewestChurnedCustomers = 30
  /// Fewer mature rows, and no model is fitted.
  package static let fewestRows = 500
  /// When nothing tells the reporting lag.
  package static let defaultLagDays = 2

  /// Builds the panel of everything known on `asOf`.
  ///
  /// - Parameters:
  ///   - everything: everything seen; later days than `requested` are not looked at.
  ///   - recipe: which events, which rows.
  ///   - requested: the day of training; nil = the newest observation.
  ///   - lagDays: the reporting lag in days.
  /// - Throws: `RiskModelError` when there is no history, `asOf` lies outside of it, or the horizon is
  ///   shorter than the exports' spacing; and what reading the history throws.
  package init(
    history everything: some HistorySource, recipe: TrainingRecipe, asOf requested: CalendarDay?,
    lagDays: Int
  ) throws {
    let asOf = try HistorySpan(everything.sources).resolve(asOf: requested)
    let history = KnownHistory(everything, on: asOf)
    let sources = history.sources
    let definition = recipe.definition
    if let spacing = Landmarks.medianSpacing(sources, through: asOf),
      definition.horizonDays < spacing
    {
      throw RiskModelError.horizonShorterThanSpacing(
        horizonDays: definition.horizonDays, spacingDays: spacing)
    }
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: recipe.minimumTenureDays)
    let maturity = Maturity(
      sources: sources, definition: definition, lag: lagDays, knownThrough: asOf)
    let observed = Landmarks.observed(sources, through: asOf)
    let mature = observed.filter { day in
      sources.indices.contains { maturity.isMature(day, source: $0) }
    }
    func panel(_ landmarks: [CalendarDay], observedOnly: Bool) throws -> Panel {
      try Panel(
        history: history, landmarks: landmarks, lag: lagDays, rules: rules, definition: definition,
        knownThrough: asOf, observedOnly: observedOnly)
    }
    let spacing = recipe.landmarkEveryDays
    let seen = try panel(
      TrainingLandmarks.thinned(mature, every: spacing), observedOnly: true)
    var table = seen.table
    var immature = seen.immatureRows
    var datedFacts = false
    if Self.isShort(table), let first = observed.first {
      let past = try panel(
        try TrainingLandmarks.beforeExports(
          history, first: first, knownThrough: asOf, every: spacing),
        observedOnly: false)
      datedFacts = past.table.count > 0
      immature += past.immatureRows
      table = past.table
      table.append(seen.table)
    }
    self.table = table
    self.asOf = asOf
    self.lagDays = lagDays
    self.definition = definition
    immatureRows = immature
    usesDatedFacts = datedFacts
    churnedCustomers = Self.churnedCustomers(table)
  }

  /// What is short for a fitted model, in words; nil when there is enough.
  package var shortage: String? {
    var short: [String] = []
    if churnedCustomers < Self.fewestChurnedCustomers {
      short.append(
        "\(churnedCustomers) churned customers whose window has been seen to its end, "
          + "at least \(Self.fewestChurnedCustomers) are needed")
    }
    if table.count < Self.fewestRows {
      short.append("\(table.count) mature rows, at least \(Self.fewestRows) are needed")
    }
    return short.isEmpty ? nil : short.joined(separator: "; ")
  }

  /// The newest landmark with a labelled row.
  package var trainedThrough: CalendarDay? { table.rows.map(\.landmark).max() }

  /// Mean label over the landmarks of the last 365 mature days, or nil without rows.
  package var baseRate: Double? {
    guard let newest = trainedThrough else { return nil }
    var labels = 0.0
    var rows = 0.0
    for (row, label) in zip(table.rows, table.labels) where newest - row.landmark < 365 {
      labels += label
      rows += 1
    }
    return rows > 0 ? labels / rows : nil
  }

  private static func isShort(_ table: FeatureTable) -> Bool {
    table.count < fewestRows || churnedCustomers(table) < fewestChurnedCustomers
  }

  private static func churnedCustomers(_ table: FeatureTable) -> Int {
    Set(zip(table.rows, table.labels).lazy.filter { $0.1 == 1 }.map(\.0.customer)).count
  }
}
