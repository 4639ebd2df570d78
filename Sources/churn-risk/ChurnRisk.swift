import CommandLineKit
import Reporting

/// The program: one subcommand, one file in `Subcommands`, one line here.
@main
struct ChurnRisk: Command {
  static let configuration = CommandConfiguration(
    name: Product.name,
    abstract:
      "Tells a Cloud Solution Provider which Azure subscriptions are about to leave, and why.",
    discussion: """
      Point it at the exports of Partner Center every week. It keeps the history in one file, learns \
      from it what came before past losses, and scores every Azure subscription: how likely it is to \
      be lost, why, and what it is worth. Everything stays on this machine.
      """,
    examples: [
      Example(command: "churn-risk import exports/", does: "adds a folder of exports"),
      Example(command: "churn-risk train", does: "learns from what happened so far"),
      Example(command: "churn-risk score", does: "prints the riskiest and writes at-risk.json"),
    ],
    version: Product.version,
    subcommands: [
      Import.self, Imports.self, Status.self, Forget.self, Train.self, Score.self, Export.self,
      Query.self, Report.self, Serve.self, Tokens.self, Activity.self, Run.self, Init.self,
      Backtest.self,
      FeaturesCommand.self,
      CrossValidate.self,
      Simulate.self,
      Schema.self,
    ],
    globalOptions: GlobalOptions.self)
}

/// Options that work with every command.
struct GlobalOptions: ParsableGroup {
  static let title = "Global options"

  @Flag(
    short: "q",
    help: "Prints no progress and no notes; results, errors and what needs a person stay.")
  var quiet = false
  @Flag(short: "v", help: "Says more about what is done.") var verbose = false
  @Option(
    help: "Threads to compute with; results do not depend on it.",
    whenAbsent: "all cores", accepting: .within(1...256))
  var threads: Int?
}

/// Where the history is kept.
struct StoreOption: ParsableGroup {
  static let title = "History"

  @Option(
    value: "FILE", help: "The history, one SQLite file.", environment: "CHURN_RISK_STORE")
  var store = "churn-risk.sqlite"
}
