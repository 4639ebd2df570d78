package import Features

/// What to train: the churn definition, the rows, the learner.
///
/// Read from JSON, validated, complete.
/// Every key is optional; the defaults are those of `cancellation-91d`.
package struct TrainingRecipe: Sendable, Hashable {
  package enum Learner: String, Sendable, Hashable, CaseIterable { case auto, logistic, boosting }

  /// The name that model files and lists show; default `cancellation-91d`.
  package var name = "cancellation-91d"
  /// When to use the recipe, for people.
  package var comment = ""
  /// Which recorded events are churn; default suspended and deprovisioned.
  package var events: Set<ChurnDefinition.Event> = [.suspended, .deprovisioned]
  /// Days after the landmark in which the event counts, 1 … 730; default 91.
  package var horizonDays = 91
  /// Other horizons that the probability is told for besides, 1 … 730 days each; default 28, 56, 91 and 182.
  ///
  /// Told are those that enough rows were followed for; of dormancy none.
  package var furtherHorizonsDays: [Int]?
  /// Days within which a suspended subscription may be back as if nothing had been, 0 … 90.
  ///
  /// Default 30 for horizons of 56 days and more, else 0.
  package var reactivationGraceDays: Int?
  /// Dormancy: a row needs usage within this many days before the landmark, 1 … 365; default 28.
  package var activeWithinDays = 28
  /// Whether a trial that ends unpaid is churn; default no: it is a competing event.
  package var trialNeverPaidIsChurn = false
  /// Younger subscriptions are listed as too new, 0 … 365 days; default 0: everyone is scored.
  package var minimumTenureDays = 0
  /// Reporting lag of usage, 0 … 60 days; default: measured from dated usage imports, else 2.
  package var lagDays: Int?
  /// Days between training landmarks, 1 … 182; default 28.
  ///
  /// Closer landmarks repeat the same churners.
  package var landmarkEveryDays = 28
  /// The features to use; default: all.
  package var features: [String]?
  /// Features to leave out; default none.
  package var withoutFeatures: [String] = []
  /// How many rows of each list somebody acts on, 1 … 1,000,000; default: a tenth of the list.
  ///
  /// The grade asks for the lift of these rows, and a backtest judges them.
  package var capacity: Int?
  /// Which learner; default auto.
  package var learner = Learner.auto
  /// Odds, as a multiple of the base rate's odds, from which a row is high; > medium; default 4.
  package var highOddsRatio = 4.0
  /// The same for medium; > 1; default 2.
  package var mediumOddsRatio = 2.0
  /// Seed of everything random; default 1.
  package var seed = 1

  package init() {}

  /// The recipe with the default that depends on another key, the grace, written out.
  package var resolved: TrainingRecipe {
    var recipe = self
    recipe.reactivationGraceDays = definition.reactivationGraceDays
    return recipe
  }

  /// The names among `names` that the recipe uses, in their order.
  func featureNames(among names: [String]) -> [String] {
    let used = features.map(Set.init)
    let left = Set(withoutFeatures)
    return names.filter { used?.contains($0) ?? true && !left.contains($0) }
  }

  package var definition: ChurnDefinition {
    ChurnDefinition(
      events: events, horizonDays: horizonDays,
      // Nobody comes back from a silence: it is over when there is usage.
      reactivationGraceDays: reactivationGraceDays
        ?? (horizonDays >= 56 && !events.contains(.dormant) ? 30 : 0),
      activeWithinDays: activeWithinDays, trialNeverPaidIsChurn: trialNeverPaidIsChurn)
  }
}
