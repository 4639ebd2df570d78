import CommandLineKit
import Files
import Learning
import RiskModel

/// `cross-validate`: judges the learners on any table.
struct CrossValidate: Command {
  static let configuration = CommandConfiguration(
    abstract: "Judges the learners on a table of your own, fold by fold.",
    discussion: """
      TABLE has a line of column names and a row per case, separated by commas, semicolons or tabs, \
      plain or gzipped. Columns of numbers are numeric, columns of text categorical; an empty cell, \
      NA, NaN or null is unknown. A column of numbers with a misprint is an error; one that mixes \
      numbers and text throughout is categorical, and a note says so.

      Each fold from 0 is predicted by a model trained on all other rows of fold -1 and above; fold \
      -1 only trains, and fold -2 is never used. Without --fold-column there are five stratified \
      folds, with exact duplicates and the rows of a group in one fold. Preparation, penalty and \
      calibration are chosen inside the training rows: with --time on later rows than were trained \
      on, or where there are too few of them at times not trained on; otherwise by five folds more. Times are ordered as numbers or as days (2026-11-16), \
      failing both as text.

      The table printed has a line per fold: rows, log-loss, area under the ROC curve (AUC), average \
      precision (AP), Brier score, lift in the riskiest tenth, calibration slope (1 is right, less \
      is too extreme) and seconds; then the means and their standard errors, and the calibration \
      slope of all rows with its 95 % interval, for which the rows of a group count as one. Rows with an exact twin \
      among the rows trained on reward memorizing; if there are any, the rest is judged once more.
      """,
    examples: [
      Example(
        command: "churn-risk cross-validate customers.csv --label churn", does: "five folds"),
      Example(
        command: "churn-risk cross-validate telco.csv.gz --label Churn --positive Yes "
          + "--ignore customerID --predictions predictions.csv",
        does: "keeps the predicted probabilities"),
      Example(
        command: "churn-risk cross-validate panel.csv --label churn --fold-column fold "
          + "--group customer --time landmark --metrics metrics.json",
        does: "weekly rows of the same customers, split in time"),
    ])

  @Option(value: "COLUMN", help: "The column to predict; it has two values.") var label: String
  @Option(
    value: "VALUE", help: "The label's value that is the event.",
    whenAbsent: "1, true, yes or y")
  var positive: String?
  @Option(
    value: "COLUMN", help: "The column of folds; whole numbers from -2.",
    whenAbsent: "five stratified folds")
  var foldColumn: String?
  @Option(
    value: "COLUMN", help: "Rows with the same value here belong together, such as a customer's.")
  var group: String?
  @Option(value: "COLUMN", help: "When a row was: numbers, days or text.") var time: String?
  @Option(value: "COLUMN,…", help: "Columns to leave out.", whenAbsent: "none")
  var ignore: CommaList<String> = []
  @Option(value: "COLUMN,…", help: "Columns of numbers that are names.", whenAbsent: "none")
  var categorical: CommaList<String> = []
  @Option(
    help: """
      Which learner; auto chooses inside the training rows of each fold. Trees take fewer than \
      16,777,216 training rows: with more, boosting is refused and auto is the linear model.
      """) var learner =
    LearnerChoice.auto
  @Option(help: "Deals the folds.", accepting: .within(0...(1 << 53 - 1))) var seed: UInt64 = 1
  @Option(
    value: "FILE",
    help: "Writes row,fold,probability as CSV; rows from 0 in the order of the table.")
  var predictions: String?
  @Option(value: "FILE", help: "Writes every metric of every fold as JSON.") var metrics: String?
  @OptionGroup var global: GlobalOptions
  @Argument(value: "TABLE", help: "A CSV or TSV file, also gzipped; - for standard input.")
  var table: String

  func validate() throws {
    if let (column, first, second) = roles.contradiction {
      throw UsageError("Both \(first) and \(second) name the column '\(column)'; give it one role.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    var files = FileUse()
    files.reads(table, by: "TABLE")
    files.writes(predictions, by: "--predictions")
    files.writes(metrics, by: "--metrics")
    try files.check()
    session.progress.begin("Reading \(table)")
    let labelled = try LabelledTable(contentsOf: table, roles: roles)
    var attention = Self.attention(labelled.notes)
    session.tell(attention)
    let folds = try labelled.folds(seed: seed)
    try labelled.check(learner.learner.request, folds: folds)
    var text = ""
    // The files are opened before the work, so that a wrong path is not found out after it.
    try writing(predictions) { predictionsFile in
      try writing(metrics) { metricsFile in
        session.progress.begin("Training and predicting fold by fold")
        let result = CrossValidation(
          learner.learner.request, seed: seed
        ).run(labelled.dataset, folds: folds) { done, all in
          session.progress.update(
            fraction: Double(done) / Double(all), count: done, unit: "of \(counted(all, "fold"))")
        }
        session.progress.end()
        let report = CrossValidationReport(
          table: labelled, folds: folds, result: result, seed: seed)
        let remarks = Self.attention(report.notes)
        session.tell(remarks)
        attention += remarks
        if let predictionsFile { try report.writePredictions(to: predictionsFile) }
        if var metricsFile {
          var metrics = report.metrics.object ?? [:]
          metrics["attention"] = attention.json
          try metricsFile.write(JSONValue.object(metrics).serialized() + "\n")
        }
        let table = FoldTable(report, label: label, group: group)
        if global.verbose { session.note(table.choices) }
        text = table.text(width: session.outputColumns)
      }
    }
    if predictions != "-", metrics != "-" { try StandardStream.output.write(text) }
  }

  private static func attention(_ notes: [TableNote]) -> [Attention] {
    notes.map { Attention("table", "\($0)", severity: .information) }
  }

  private var roles: ColumnRoles {
    var roles = ColumnRoles(label: label)
    roles.positive = positive
    roles.fold = foldColumn
    roles.group = group
    roles.time = time
    roles.ignored = ignore.values
    roles.categorical = categorical.values
    return roles
  }

  /// Opens a file that is written whole when `body` ends well; without a path there is none.
  private func writing(_ path: String?, _ body: (OutputFile?) throws -> Void) throws {
    guard let path else { return try body(nil) }
    try writeFile(path) { try body($0) }
  }
}
