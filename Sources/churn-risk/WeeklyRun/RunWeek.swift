import Features
import History
import RiskModel

/// What a run is about: its day, its question, and the runs before it that answer the same one.
struct RunWeek {
  let asOf: CalendarDay
  let recipe: TrainingRecipe
  /// What counts as churn, by name.
  let events: [String]
  /// Where the run is written until it is finished.
  let folder: String
  /// Earlier runs of the same question, ascending.
  let past: [PastRun]
  /// The newest of them whose data was complete.
  var previous: PastRun? { past.last(where: \.isComplete) }

  /// - Throws: `RiskModelError.noObservations`, and what reading the recipe throws.
  init(_ configuration: RunConfiguration, history: HistoryStore, runs: RunFolder) throws {
    let asOf = try HistorySpan(history.sources).last
    recipe = try TrainingRecipe.chosen(
      configuration.recipe, horizonDays: configuration.horizonDays,
      learner: configuration.learner)
    let horizonDays = recipe.horizonDays
    let events = recipe.definition.events.map(\.rawValue).sorted()
    past = runs.finished(before: asOf).filter {
      $0.horizonDays == horizonDays && $0.events == events
    }
    folder = runs.unfinished(of: asOf)
    self.asOf = asOf
    self.events = events
  }
}
