import CommandLineKit
import Features
import Files
import History
import Learning
import Reporting
import RiskModel

/// `train`: learns from the history and writes a model folder.
struct Train: Command {
  static let configuration = CommandConfiguration(
    abstract: "Learns from what was known on a day what came before past losses.",
    discussion: """
      Rows are Azure subscriptions on past export days; a row counts as churned when a recorded event \
      (suspended, deprovisioned) fell within the horizon after it. The penalty, the calibration and \
      the grade are decided on later days than were trained on. Below 30 churned customers or 500 \
      rows no model is fitted: the transparent rule score takes its place and says so.

      Writes model.json (read by score), evaluation.json and card.md (for people).
      """,
    examples: [
      Example(command: "churn-risk train", does: "a quarter ahead, from everything known"),
      Example(
        command: "churn-risk train --recipe Training/recipes/cancellation-28d.json",
        does: "four weeks ahead"),
      Example(
        command: "churn-risk train --as-of 2026-06-29 --model model-june",
        does: "as if it were that day"),
    ])

  @Option(
    value: "FILE", help: "What to train; see Training/recipes and 'schema recipe'.",
    whenAbsent: "cancellation-91d")
  var recipe: String?
  @Option(help: "Train from what was known on this day.", whenAbsent: "the newest observation")
  var asOf: CalendarDay?
  @Option(help: "Which learner; auto falls back to rules when there is too little history.")
  var learner: TrainingRecipe.Learner?
  @Option(
    value: "DAYS", help: "Days after the landmark in which an event counts.",
    whenAbsent: "the recipe's, 91", accepting: .within(1...730))
  var horizon: Int?
  @Option(
    value: "DAYS", help: "Days that usage takes to be reported.",
    whenAbsent: "the recipe's, else measured, else 2", accepting: .within(0...60))
  var lag: Int?
  @Option(value: "DIR", help: "The folder for the model.") var model = "model"
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    var recipe = try self.recipe.map { try TrainingRecipe(file: $0) } ?? TrainingRecipe()
    if let horizon, horizon != recipe.horizonDays {
      // The grace follows the horizon unless the recipe sets it.
      recipe.horizonDays = horizon
      recipe.name = "\(recipe.name) at \(horizon) days"
    }
    if let learner { recipe.learner = learner }
    guard recipe.learner != .boosting else {
      throw UsageError("The boosting learner is not available yet. Use auto or logistic.")
    }
    let history = try HistoryStore.open(store.store, for: .reading)
    let asOf = try HistorySpan(history.sources).resolve(asOf: self.asOf)
    let (lagDays, origin) = try reportingLag(recipe: recipe, history: history, asOf: asOf)
    session.note("Reporting lag: \(lagDays) days (\(origin)).")
    let result = try Trainer(recipe: recipe).train(history, asOf: asOf, lagDays: lagDays) {
      session.progress.begin($0)
      if global.verbose { session.note("\($0).") }
    }
    session.progress.end()
    try write(result)
    try StandardStream.output.write(summary(of: result))
    for attention in result.model.attention { session.warn(attention.text) }
  }

  /// The lag and where it comes from: option, recipe, measurement, default.
  private func reportingLag(
    recipe: TrainingRecipe, history: HistoryStore, asOf: CalendarDay
  ) throws -> (days: Int, origin: String) {
    if let lag { return (lag, "--lag") }
    if let days = recipe.lagDays { return (days, "recipe") }
    if let days = try history.estimatedLag(asOf: asOf) {
      return (days, "95 % of the usage had arrived by then")
    }
    return (
      TrainingData.defaultLagDays, "default; fewer than four dated usage imports to measure it on"
    )
  }

  /// model.json last: with it the folder is complete.
  private func write(_ result: TrainingResult) throws {
    let (sealed, text) = result.model.sealed()
    try makeFolder(model)
    try writeFile("\(model)/evaluation.json") {
      try $0.write(result.evaluation(sha256: sealed.sha256).serialized() + "\n")
    }
    try writeFile("\(model)/card.md") { try $0.write(result.card(sha256: sealed.sha256)) }
    try writeFile("\(model)/model.json") { try $0.write(text) }
  }

  private func summary(of result: TrainingResult) -> String {
    let trained = result.model
    var text = ""
    switch trained.learner {
    case .rules: text += "No model was fitted; the rule score will be used.\n"
    default:
      text +=
        "Trained a \(trained.learner.rawValue) model on \(grouped(trained.rows)) rows of days through \(day(trained.trainedThrough)): "
        + "\(grouped(trained.churnedRows)) churned rows of "
        + "\(grouped(trained.churnedCustomers)) customers.\n"
    }
    if let judgement = result.judgement {
      let shown = judgement.metrics.compactMap { metric in
        metric.value.map { "\(metric.name) \(decimals($0, 4))" }
      }
      text += "On days it had not seen: \(shown.joined(separator: ", ")).\n"
      text += "Grade \(trained.grade?.rawValue ?? "none"). "
    }
    return text + "The model is in \(model)/model.json, its card in \(model)/card.md.\n"
  }

  private func day(_ day: CalendarDay?) -> String { day.map { "\($0)" } ?? "never" }
}

extension TrainingRecipe.Learner: ParsableValue {}
