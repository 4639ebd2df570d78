import Features
import History
import Reporting
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

  /// The scores that the week is compared with.
  struct Previous {
    var run: PastRun?
    var document: AtRiskDocument?
    /// Which runs could not be used.
    var attention: [Attention] = []
  }

  /// Reads the scores of the newest complete run that has any.
  ///
  /// Damaged ones, or those of another version of the program, are passed over: to compare with the week
  /// before is better than to let everybody enter the lists anew, and either is better than no list.
  func readPrevious() -> Previous {
    var result = Previous()
    for run in past.reversed() where run.isComplete {
      do {
        let document = try AtRiskDocument(contentsOf: run.scores)
        if document.asOf == run.day.description, document.horizonDays == run.horizonDays,
          document.churnEvents.sorted() == run.events
        {
          result.run = run
          result.document = document
          break
        }
        result.attention.append(Self.unusable(run, "It tells of another day or question."))
      } catch {
        result.attention.append(Self.unusable(run, "\(error)"))
      }
    }
    if result.document == nil, let last = result.attention.indices.last {
      result.attention[last].text +=
        " No earlier run is left: everybody at risk enters the lists anew."
    }
    return result
  }

  private static func unusable(_ run: PastRun, _ problem: String) -> Attention {
    Attention(
      "previousUnusable",
      "The scores of the run of \(run.day) cannot be used for comparison. \(problem)")
  }
}
