internal import Features
internal import Learning

/// Which horizons a model tells of besides its own, and what was seen of its rows for them.
///
/// A horizon is told when at least as many rows and churned customers were seen that far as a model of
/// its own would need, and when it is no shorter than the exports' spacing.
struct TrainingHorizons {
  /// What a model tells of unless its recipe says otherwise.
  static let standard = [28, 56, 91, 182]
  /// The hazard changes no more often, but for the horizons themselves.
  static let periodDays = 28

  /// The model's own horizon.
  let headline: Int
  /// Ascending, `headline` among them; alone where there is no other.
  let days: [Int]
  /// One for each row.
  let exposures: [Exposure]

  init(_ rows: TrainingData, recipe: TrainingRecipe) {
    let definition = rows.definition
    let exposures = rows.table.followUps.map {
      Exposure(seenDays: $0.seenDays, endDay: $0.endDays, endsInEvent: $0.isChurn)
    }
    headline = definition.horizonDays
    self.exposures = exposures
    let further = definition.isDormancy ? [] : recipe.furtherHorizonsDays ?? Self.standard
    let told = Set(further).filter { $0 >= rows.exportSpacing ?? 1 }.union([headline]).sorted()
    days = Self.seen(
      told, headline: headline, exposures, customers: rows.table.rows.map(\.customer))
  }

  /// The ends of the hazard's periods: every four weeks, and the horizons.
  var periodEnds: [Int] {
    let last = days.last ?? headline
    return Set(stride(from: Self.periodDays, to: last, by: Self.periodDays)).union(days).sorted()
  }

  /// Those of some horizons that enough was seen of, and the model's own.
  ///
  /// - Parameters:
  ///   - days: ascending.
  ///   - headline: the model's own, one of them.
  ///   - exposures: what was seen of some rows.
  ///   - customers: of each of these rows.
  ///   - fewestRows: that must have been seen that far.
  ///   - fewestChurned: customers of them that must have churned within it.
  /// - Returns: of `days`, in their order.
  static func seen(
    _ days: [Int], headline: Int, _ exposures: [Exposure], customers: [Int32],
    fewestRows: Int = TrainingData.fewestRows,
    fewestChurned: Int = TrainingData.fewestChurnedCustomers
  ) -> [Int] {
    days.filter { day in
      guard day != headline else { return true }
      let rows = exposures.indices.filter { exposures[$0].seenDays >= day }
      let churned = Set(rows.filter { exposures[$0].hasEvent(within: day) }.map { customers[$0] })
      return rows.count >= fewestRows && churned.count >= fewestChurned
    }
  }
}
