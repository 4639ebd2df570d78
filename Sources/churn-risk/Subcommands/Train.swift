import CommandLineKit
import Files
import History
import RiskModel

/// `train`: learns from the history and writes a model folder.
struct Train: Command {
  static let configuration = CommandConfiguration(
    abstract: "Learns from what was known on a day what came before past losses.",
    discussion: """
      Rows are Azure subscriptions on past export days; a row counts as churned when a recorded event \
      (suspended, deprovisioned) fell within the horizon after it. The learner, the calibration and \
      the grade are decided on later days than were trained on. Below 30 churned customers or 500 \
      rows no model is fitted: the transparent rule score takes its place and says so.

      Writes model.json (read by score), evaluation.json and card.md (for people).
      """,
    examples: [
      Example(command: "churn-risk train", does: "a quarter ahead, from everything known"),
      Example(
        command: "churn-risk train --recipe cancellation-28d",
        does: "four weeks ahead"),
      Example(
        command: "churn-risk train --as-of 2026-06-29 --model model-june",
        does: "as if it were that day"),
    ])

  @Option(
    value: "RECIPE", help: "What to train: \(recipeHelp)",
    whenAbsent: "cancellation-91d")
  var recipe: String?
  @Option(help: "Train from what was known on this day.", whenAbsent: "the newest observation")
  var asOf: CalendarDay?
  @Option(
    help: """
      Which learner; auto takes the best of logistic regression, boosted trees and their mean on days \
      that none has seen, and falls back to the rule score when there is too little history. Trees take \
      fewer than 16,777,216 rows: with more, boosting is refused and auto is the linear model.
      """,
    whenAbsent: "the recipe's, auto")
  var learner: LearnerChoice?
  @Option(
    value: "DAYS",
    help: """
      Days after the landmark in which an event counts. Unless the recipe says otherwise, a suspension \
      that ends within 30 days is none, and below 56 days every suspension counts.
      """,
    whenAbsent: "the recipe's, 91", accepting: .within(1...730))
  var horizon: Int?
  @Option(
    value: "DAYS", help: "Days that usage takes to be reported.",
    whenAbsent: "the recipe's, else measured, else 2", accepting: .within(0...60))
  var lag: Int?
  @Option(value: "DIR", help: "The folder for the model.") var model = "model"
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    let folder = ModelFolder(model)
    try checkFiles(folder)
    session.progress.begin("Reading the history")
    let recipe = try TrainingRecipe.chosen(
      self.recipe, horizonDays: horizon, learner: learner)
    let history = try HistoryStore.open(store.store, for: .reading)
    let asOf = try HistorySpan(history.sources).resolve(asOf: self.asOf)
    let measured = try ReportingLag(option: lag, recipe: recipe, history: history, on: asOf)
    let lagDays = measured.days
    session.note("Reporting lag: \(counted(lagDays, "day")) (\(measured.origin)).")
    let result = try folder.write {
      try Trainer(recipe: recipe).train(
        history, asOf: asOf, lagDays: lagDays,
        note: {
          session.progress.begin($0)
          if global.verbose { session.note("\($0).") }
        }, progress: session.report)
    }
    session.progress.end()
    try StandardStream.output.write(
      TrainingText(result, in: folder).text(columns: session.outputColumns))
    session.tell(result.model.attention)
    try attention.conclude(result.model.attention)
  }

  private func checkFiles(_ folder: ModelFolder) throws {
    var files = FileUse()
    files.keeps(store: store.store)
    files.reads(recipe: recipe)
    for path in [folder.model, folder.evaluation, folder.card] { files.writes(path, by: "--model") }
    try files.check()
  }
}
