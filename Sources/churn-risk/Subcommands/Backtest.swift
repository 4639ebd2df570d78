import CommandLineKit
import Files
import History
import RiskModel

/// `backtest`: past lists as they would have been, against what happened.
struct Backtest: Command {
  static let configuration = CommandConfiguration(
    abstract: "Shows what each past list would have been worth, from what was known then.",
    discussion: """
      On each day of the range that has an export everything is made anew from what was known that \
      day: the rows, the penalty, the calibration, the grade, the list. Then the list is compared with \
      what happened. Days whose window has not been seen to its end are named and skipped.

      The table has a line per day and one for all of them together; below it the model stands beside \
      two baselines, the base rate as known on the day, and the days since the last usage (their order, \
      and the probability of a model fitted on them alone). Lift, precision and recall are those of the \
      first --capacity rows of each list, as many as you can call. An alert is a place among them: lead \
      time is the weeks from the first alert to the loss, and flips are alerts that came or went from \
      one list to the next. Intervals are 95 % and take the rows of a customer for one observation.

      The file holds all of it; 'churn-risk schema backtest' describes it. 'status --backtest' compares \
      later lists with it.
      """,
    examples: [
      Example(
        command: "churn-risk backtest --from 2026-03-02 --to 2026-08-31",
        does: "a list every four weeks, a quarter ahead"),
      Example(
        command: "churn-risk backtest --recipe cancellation-28d "
          + "--from 2026-03-02 --to 2026-08-31 --every 7 --capacity 50",
        does: "weekly lists of which 50 rows are called"),
    ])

  @Option(
    value: "RECIPE", help: "What to train: \(recipeHelp)",
    whenAbsent: "cancellation-91d")
  var recipe: String?
  @Option(help: "The first day of the range; a day of the history.") var from: CalendarDay
  @Option(help: "The last day of the range; a day of the history.") var to: CalendarDay
  @Option(
    value: "DAYS", help: "How far apart lists are, at least.",
    whenAbsent: "the recipe's landmarkEveryDays, 28", accepting: .within(1...730))
  var every: Int?
  @Option(
    value: "N", help: "How many rows of each list are acted on.",
    whenAbsent: "the recipe's, a tenth of the list",
    accepting: .within(1...1_000_000))
  var capacity: Int?
  @Option(
    value: "DAYS", help: "Days that usage takes to be reported.",
    whenAbsent: "the recipe's, else measured on each day, else 2", accepting: .within(0...60))
  var lag: Int?
  @Option(value: "FILE", help: "Where the figures go; - for standard output, without the table.")
  var output = "backtest.json"
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard from <= to else {
      throw UsageError("--from \(from) lies after --to \(to); give the earlier day as --from.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    try checkFiles()
    session.progress.begin("Reading the history")
    let recipe = try TrainingRecipe.chosen(self.recipe)
    let history = try HistoryStore.open(store.store, for: .reading)
    let range = LandmarkRange(from: from, to: to, everyDays: every ?? recipe.landmarkEveryDays)
    var result: BacktestResult?
    // The file is opened before the work, which takes long: a wrong path is found out at once.
    try writeFile(output) { file in
      let tested = try RiskModel.Backtest(
        recipe: recipe, range: range, capacity: capacity ?? recipe.capacity
      ).run(
        history,
        lag: {
          try ReportingLag(option: lag, recipe: recipe, history: history, on: $0).days
        },
        note: {
          session.progress.begin($0)
          if global.verbose { session.note("\($0).") }
        }, progress: session.report)
      session.progress.begin("Writing \(output)")
      try file.write(tested.json.serialized() + "\n")
      result = tested
    }
    session.progress.end()
    guard let result else { preconditionFailure("a file was written without its body") }
    if output != "-" {
      try StandardStream.output.write(
        BacktestTable(result).text(width: session.outputColumns, wroteTo: output))
    }
    session.tell(result.attention)
    try attention.conclude(result.attention)
  }

  private func checkFiles() throws {
    var files = FileUse()
    files.keeps(store: store.store)
    files.reads(recipe: recipe)
    files.writes(output, by: "--output")
    try files.check()
  }
}
