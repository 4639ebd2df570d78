import CommandLineKit
import Features
import Files
import History
import RiskModel

/// The options of `features` that write the labelled panel.
struct PanelOptions: ParsableGroup {
  static let title = "The panel"

  /// What the panel is, for the command's help.
  static let discussion = """
    A row of the panel is an Azure subscription on a landmark, a past day with an export: \
    subscriptionId, landmark, the features as they were known on that day, churn (1 when it was lost \
    within the horizon, else 0) and fold. Rows whose window has not been seen to its end are left out.

    Folds run forward in time. Fold 0 is to be predicted: its landmarks lie on the split or later. Fold \
    -1 trains: the outcome of its rows was known on the split, because horizon, grace and reporting lag \
    had passed. Fold -2 is in neither part: rows between the two, and rows to train on with an exact twin \
    in fold 0, which would reward memorizing. So nothing of a landmark, and no customer of it, is on \
    both sides. 'cross-validate' reads the table as it is, and so does any other tool.
    """

  static let examples = [
    Example(
      command: "churn-risk features --from 2025-06-02 --to 2026-08-31 --output panel.csv.gz",
      does: "a landmark every four weeks, a quarter ahead"),
    Example(
      command: "churn-risk features --recipe dormancy-28d "
        + "--from 2026-03-02 --to 2026-08-31 --every 7 --output panel.csv.gz",
      does:
        "weekly, who falls silent; then 'cross-validate panel.csv.gz --label churn --fold-column fold "
        + "--group subscriptionId --time landmark' judges the learners on it"),
  ]

  @Option(help: "The first landmark's day at the earliest; a day of the history.")
  var from: CalendarDay?
  @Option(help: "The last landmark's day at the latest; a day of the history.")
  var to: CalendarDay?
  @Option(
    value: "DAYS", help: "How far apart landmarks are, at least.",
    whenAbsent: "the recipe's landmarkEveryDays, 28", accepting: .within(1...730))
  var every: Int?
  @Option(
    value: "RECIPE", help: "Labels, rows and features: \(recipeHelp)",
    whenAbsent: "cancellation-91d")
  var recipe: String?
  @Option(
    value: "DAYS", help: "Days that usage takes to be reported.",
    whenAbsent: "the recipe's, else measured, else 2", accepting: .within(0...60))
  var lag: Int?
  @Option(
    value: "DAY", help: "The first day of fold 0.",
    whenAbsent: "the day that leaves nearest to three training rows for a judged one")
  var split: CalendarDay?
  @Option(
    value: "FILE",
    help: "Where the panel goes: CSV, gzipped when the name ends in .gz; - for standard output.")
  var output: String?

  /// Whether a panel is asked for, by any of its options.
  var isWanted: Bool { from != nil || to != nil || output != nil }

  func validate() throws {
    guard isWanted else {
      if every != nil || recipe != nil || lag != nil || split != nil {
        throw UsageError("The panel needs --from, --to and --output.")
      }
      return
    }
    guard let from, let to, output != nil else {
      throw UsageError("The panel needs all of --from, --to and --output.")
    }
    guard from <= to else {
      throw UsageError("--from \(from) lies after --to \(to); give the earlier day as --from.")
    }
  }

  /// Writes the panel of a history.
  func write(_ session: Session, store: String) throws {
    guard let from, let to, let output else { return }
    var files = FileUse()
    files.keeps(store: store)
    files.reads(recipe: recipe)
    files.writes(output, by: "--output")
    try files.check()
    session.progress.begin("Reading the history")
    let recipe = try TrainingRecipe.chosen(self.recipe)
    let history = try HistoryStore.open(store, for: .reading)
    let today = try HistorySpan(history.sources).last
    let lag = try ReportingLag(option: lag, recipe: recipe, history: history, on: today)
    session.note("Reporting lag: \(counted(lag.days, "day")) (\(lag.origin)).")
    var written: LabelledPanel?
    try writeFile(output, gzip: output.hasSuffix(".gz")) { file in
      session.progress.begin("Building features of every subscription on past days")
      let panel = try LabelledPanel(
        history: history, recipe: recipe,
        range: LandmarkRange(from: from, to: to, everyDays: every ?? recipe.landmarkEveryDays),
        lagDays: lag.days, origin: split, progress: session.report)
      session.progress.begin("Writing \(output)")
      try panel.write(to: file)
      written = panel
    }
    session.progress.end()
    guard let written else { preconditionFailure("a file was written without its body") }
    if output != "-" { try StandardStream.output.write(text(of: written, in: output)) }
    session.tell(written.attention)
  }

  private func text(of panel: LabelledPanel, in output: String) -> String {
    func rows(_ fold: Int32) -> String { grouped(panel.fold.folds.count { $0 == fold }) }
    let lost = panel.table.labels.count { $0 == 1 }
    return
      "\(counted(panel.table.count, "row")) of \(counted(panel.landmarks.count, "landmark")) with "
      + "\(counted(panel.featureNames.count, "feature")), \(grouped(lost)) of them lost, are in \(output).\n"
      + (panel.fold.origin.map {
        "Fold 0 begins on \($0): \(rows(0)) rows; \(rows(-1)) rows of fold -1 train for it, and "
          + "\(rows(-2)) of fold -2 lie between or have a twin.\n"
      } ?? "")
  }
}
