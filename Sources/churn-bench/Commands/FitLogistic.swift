import CommandLineKit
import Files
import ForkJoin
import Learning

/// `logistic FILE`: fits one logistic regression and says how long that took.
struct FitLogistic: Command {
  static let configuration = CommandConfiguration(
    name: "logistic",
    abstract: "Fits a logistic regression to a file of numbers; prints seconds and the gradient.",
    examples: [
      Example(
        command: "churn-bench logistic .build/bench/numbers-v1-500000x60.f32",
        does: "prints one JSON object")
    ])

  /// Of the penalty λ/2‖β‖² beside the mean log-loss.
  static let lambda = 1e-3
  /// The largest component of the gradient that counts as the same work.
  static let gradient = 1e-6

  @Argument(value: "FILE", help: "The numbers.") var file: String
  @Option(
    value: "N", help: "Threads.", whenAbsent: "one per processor", accepting: .within(1...256))
  var threads: Int?

  mutating func run() throws {
    ThreadCount.set(threads ?? 0)
    let numbers = try NumbersFile.read(file)
    let rows = NumbersFile.trainingRows
    let design = Self.standardized(numbers, rows: rows)
    let labels = Array(numbers.knownLabels.prefix(rows))
    let (fit, timing) = try Timing.measure {
      LogisticRegression(lambda: Self.lambda, gradientTolerance: Self.gradient)
        .fit(design, labels: labels)
    }
    let answer: JSONValue = [
      "seconds": .number(timing.seconds), "processorSeconds": .number(timing.processorSeconds),
      "memory": .integer(timing.memory), "gradient": .number(fit.summary.gradientNorm),
      "steps": .integer(fit.summary.iterations), "version": .string(""),
      "call": .string("Newton, \(fit.summary.iterations) steps"),
    ]
    try StandardStream.output.write(answer.serialized(pretty: false) + "\n")
  }

  /// The first rows with mean 0 and deviation 1 in each column, row after row.
  private static func standardized(_ numbers: Dataset, rows: Int) -> Matrix {
    let width = NumbersFile.columns
    var values = [Double](repeating: 0, count: rows * width)
    for (column, cells) in numbers.columns.enumerated() {
      guard case .numeric(let all) = cells else { continue }
      let mean = all.prefix(rows).reduce(0, +) / Double(rows)
      let variance = all.prefix(rows).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let scale = 1 / variance.squareRoot()
      for row in 0..<rows { values[row * width + column] = (all[row] - mean) * scale }
    }
    return Matrix(rowCount: rows, columnCount: width, values: values)
  }
}
