import History
import RiskModel

/// How many days usage takes to be reported, and how that is known.
struct ReportingLag {
  let days: Int
  /// A clause for people.
  let origin: String

  /// The lag as known on a day: the option, else the recipe, else measured, else the default.
  ///
  /// - Throws: what reading the history throws.
  init(option: Int?, recipe: TrainingRecipe, history: HistoryStore, on day: CalendarDay) throws {
    if let option {
      (days, origin) = (option, "--lag")
    } else if let lagDays = recipe.lagDays {
      (days, origin) = (lagDays, "recipe")
    } else if let measured = try history.estimatedLag(asOf: day) {
      (days, origin) = (measured, "95 % of the usage had arrived by then")
    } else {
      days = TrainingData.defaultLagDays
      origin = "default; fewer than four dated usage imports to measure it on"
    }
  }
}
