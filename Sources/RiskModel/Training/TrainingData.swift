package import Features
package import History

/// The rows that a model learns from, and what is to be said about them.
package struct TrainingData: Sendable {
  package let table: FeatureTable
  package let asOf: CalendarDay
  package let lagDays: Int
  package let definition: ChurnDefinition
  /// Rows of the landmarks used that were left out, because what came of them was not seen.
  package let immatureRows: Int
  /// Azure subscriptions that were lost in the 91 days through `asOf`, seen to the end or not.
  package let lostLately: Int
  /// Exports up to `asOf`, and those of them that are incomplete: they end no window.
  package let exports: (all: Int, incomplete: Int)
  /// Whether landmarks before the first export were used.
  package let usesDatedFacts: Bool
  /// The median number of days between exports; nil with one export.
  let exportSpacing: Int?
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
    let exportSpacing = Landmarks.medianSpacing(sources, through: asOf)
    if let exportSpacing, definition.horizonDays < exportSpacing {
      throw RiskModelError.horizonShorterThanSpacing(
        horizonDays: definition.horizonDays, spacingDays: exportSpacing)
    }
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: recipe.minimumTenureDays, today: asOf)
    let maturity = Maturity(
      sources: sources, definition: definition, lag: lagDays, knownThrough: asOf)
    let observed = Landmarks.observed(sources, through: asOf)
    let mature = observed.filter { day in
      sources.indices.contains { maturity.isMature(day, source: $0) }
    }
    func panel(_ landmarks: [CalendarDay]) throws -> Panel {
      try Panel(
        history: history, landmarks: landmarks, lag: lagDays, rules: rules, definition: definition,
        knownThrough: asOf)
    }
    let spacing = TrainingLandmarks.spacing(
      recipe.landmarkEveryDays, horizonDays: definition.horizonDays, exportsEvery: exportSpacing)
    var seen: Panel?
    var landmarks: [CalendarDay] = []
    // Closer landmarks of what was seen say more than what the dates of later rows tell.
    for closer in TrainingLandmarks.spacings(from: spacing) {
      let days = TrainingLandmarks.thinned(mature, every: closer)
      guard seen == nil || days != landmarks else { continue }
      let next = try panel(days)
      (seen, landmarks) = (next, days)
      if !Self.isShort(next.table) { break }
    }
    var table = seen?.table ?? FeatureTable()
    var immature = seen?.immatureRows ?? 0
    var datedFacts = false
    if Self.isShort(table), let first = observed.first {
      let past = try panel(
        try TrainingLandmarks.beforeExports(
          history, first: first, knownThrough: asOf, every: spacing))
      datedFacts = past.table.count > 0
      immature += past.immatureRows
      let later = table
      table = past.table
      table.append([later])
    }
    self.table = table
    self.asOf = asOf
    self.lagDays = lagDays
    self.definition = definition
    immatureRows = immature
    lostLately = seen?.lostLately ?? 0
    let days = sources.flatMap(\.days)
    exports = (days.count, days.count { !$0.isComplete })
    self.exportSpacing = exportSpacing
    usesDatedFacts = datedFacts
    churnedCustomers = Self.churnedCustomers(table)
  }

  /// What is short for a fitted model, in words; nil when there is enough.
  package var shortage: String? {
    var short: [String] = []
    if churnedCustomers < Self.fewestChurnedCustomers {
      short.append(
        "\(counted(churnedCustomers, "churned customer")) whose window has been seen to its end, "
          + "at least \(Self.fewestChurnedCustomers) are needed")
    }
    if table.count < Self.fewestRows {
      short.append("\(counted(table.count, "mature row")), at least \(Self.fewestRows) are needed")
    }
    return short.isEmpty ? nil : short.joined(separator: "; ")
  }

  /// The newest landmark with a labelled row.
  package var trainedThrough: CalendarDay? { table.rows.map(\.landmark).max() }

  /// Mean label over the landmarks of the last 365 mature days, or nil without rows.
  ///
  /// Where nobody churned in that time (or everybody) it is the mean over all rows: against odds of 0
  /// everyone would be at high risk.
  package var baseRate: Double? {
    if let recent = recentRate, recent > 0, recent < 1 { return recent }
    return rate
  }

  /// Mean label over all rows, or nil without rows: what a model without any feature foretells.
  package var rate: Double? {
    table.count > 0 ? table.labels.reduce(0, +) / Double(table.count) : nil
  }

  /// Whether the base rate is that of all rows, because the last 365 mature days tell nothing.
  package var baseRateIsOfAllRows: Bool { recentRate == 0 || recentRate == 1 }

  private var recentRate: Double? {
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
