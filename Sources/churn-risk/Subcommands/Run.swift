import CommandLineKit
import Files
import Glibc
import RiskModel

/// `run`: the weekly job.
struct Run: Command {
  static let configuration = CommandConfiguration(
    abstract:
      "Does the weekly job: import, train where it is due, score, compare, write the lists.",
    discussion: """
      Reads one configuration, which 'churn-risk init' writes with remarks. Each run has a folder of its \
      own, runs/DAY, with at-risk.json, the lists, manifest.json and the model; runs/latest names the \
      newest run whose data was complete; an incomplete run never replaces a complete one. The model is trained anew when it is some weeks old, when the \
      recipe has changed, or when it no longer fits: when its scores have drifted, or past lists expected \
      many more or fewer losses than came.

      It is safe to repeat, and to start again after it was killed: a run follows from the history, the \
      configuration and the runs before it. Two at once are refused with status 75. It ends with status 2 \
      when something needs a person, and says what.
      """,
    examples: [
      Example(command: "churn-risk run", does: "this week's lists, by churn-risk.json"),
      Example(
        command: "churn-risk run --config /srv/churn-risk/weekly.json --quiet", does: "from a timer"
      ),
    ])

  @Option(value: "FILE", help: "The configuration.") var config = "churn-risk.json"
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    let configuration = try RunConfiguration(contentsOf: config)
    let log = RunLog(RunFolder(configuration.runs).log)
    let result: WeeklyRun.Result
    do {
      result = try WeeklyRun(configuration: configuration, session: session).run()
    } catch {
      log.add(failure: error)
      throw error
    }
    log.add(result)
    try StandardStream.output.write(RunText(result).text(columns: session.outputColumns))
    session.tell(result.attention)
    if result.attention.needsPerson { throw CleanExit(.attention) }
  }
}
