import CommandLineKit
import Files
import ForkJoin
import Learning

/// `trees TASK FILE`: learns, scores or explains once and says how long that took.
struct GrowTrees: Command {
  static let configuration = CommandConfiguration(
    name: "trees",
    abstract: "Does one task of boosted trees on a file of numbers; prints seconds and memory.",
    examples: [
      Example(
        command: "churn-bench trees training .build/bench/numbers-v1-500000x60.f32",
        does: "prints one JSON object")
    ])

  @Argument(value: "TASK", help: "What is timed.") var task: TreeTask
  @Argument(value: "FILE", help: "The numbers.") var file: String
  @Option(
    value: "FOLD", help: "Which fifth of the rows is scored, 0 to 4; the others are learned from.",
    accepting: .within(0...4))
  var fold = 4
  @Option(
    value: "N", help: "Threads.", whenAbsent: "one per processor", accepting: .within(1...256))
  var threads: Int?

  mutating func run() throws {
    ThreadCount.set(threads ?? 0)
    let numbers = try NumbersFile.read(file)
    var settings = BoostingSettings()
    settings.rounds = TreeTask.trees
    settings.maximumLeaves = TreeTask.leaves
    let (training, scored) = NumbersFile.split(fold: fold)
    let learning = GradientBoosting(settings: settings, seed: 1)
    let model: BoostedTrees
    let timing: Timing
    /// What the task is made of: additions to histograms, questions of nodes or additions of contributions.
    let work: Int
    switch task {
    case .training:
      (model, timing) = try Timing.measure {
        learning.fit(numbers, rows: training).model
      }
      work = model.trees.reduce(0) { $0 + $1.histogramRows } * NumbersFile.columns
    case .scoring:
      let fitted = learning.fit(numbers, rows: Array(0..<TreeTask.rowsOfModel)).model
      timing = try Timing.measure { fitted.logOdds(numbers, rows: scored) }.timing
      model = fitted
      work = scored.count * fitted.trees.reduce(0) { $0 + $1.nodeCount }
    case .attributions:
      let fitted = learning.fit(numbers, rows: Array(0..<TreeTask.rowsOfModel)).model
      let explained = Array(scored.prefix(TreeTask.explainedRows))
      timing = try Timing.measure { fitted.contributions(numbers, rows: explained) }.timing
      model = fitted
      work = explained.count * fitted.contributionAdditions
    }
    let labels = numbers.knownLabels
    let loss = zip(scored, model.logOdds(numbers, rows: scored)).reduce(0.0) {
      $0 + Logistic.loss(logOdds: $1.1, label: labels[$1.0])
    }
    let answer: JSONValue = [
      "seconds": .number(timing.seconds), "processorSeconds": .number(timing.processorSeconds),
      "memory": .integer(timing.memory), "logLoss": .number(loss / Double(scored.count)),
      "work": .integer(work),
      "version": .string(""),
      "call": .string("GradientBoosting: \(TreeTask.trees) trees, \(TreeTask.leaves) leaves"),
    ]
    try StandardStream.output.write(answer.serialized(pretty: false) + "\n")
  }
}

extension Tree {
  /// Rows whose words are added to histograms while it grows: those of the root, and of the smaller child of
  /// every node that has been split; the other's come by subtraction.
  fileprivate var histogramRows: Int {
    guard nodeCount > 0 else { return 0 }
    return Int(
      nodeCover[0]
        + (0..<nodeCount).reduce(0) { $0 + min(cover(leftChild[$1]), cover(rightChild[$1])) })
  }
}
