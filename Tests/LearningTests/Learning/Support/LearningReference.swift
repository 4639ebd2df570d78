import Foundation
import Learning

/// Values of independent tools, written by Training/reference/learning.py.
struct LearningReference: Decodable {
  struct LogisticProblem: Decodable, CustomStringConvertible {
    let name: String
    let seed: UInt64
    let rows: Int
    let columns: Int
    let mixing: Double
    let penalty: Double
    /// Of the penalty, what counts absolute coefficients; nil = ridge.
    let share: Double?
    let labels: String
    let coefficients: [Double]
    let intercept: Double

    var description: String { name }

    var design: Matrix {
      LearningReference.design(seed: seed, rows: rows, columns: columns, mixing: mixing)
    }
  }

  struct MetricCase: Decodable {
    let probabilities: [Double]
    let labels: String
    let logLoss: Double
    let brierScore: Double
    let areaUnderROC: Double
    let averagePrecision: Double
    let calibrationSlope: Double
    let calibrationIntercept: Double
    let observedExpectedRatio: Double
  }

  struct CalibrationCase: Decodable {
    let logOdds: [Double]
    let labels: String
    let plattObjective: Double
    let platt: [Double]
    let betaObjective: Double
    let beta: [Double]
    let tiedScores: [Double]
    let grid: [Double]
    let isotonic: [Double]
  }

  struct PreparationCase: Decodable {
    let columns: [[Double?]]
    let trainRows: Int
    let counts: [Int]
    let design: [[Double]]
    let designRows: [Int]
    let skewness: [Double]
  }

  /// Figures of clustered rows, each with its value and its cluster-robust standard error.
  struct IntervalCase: Decodable {
    let probabilities: [Double]
    let labels: String
    let groups: [Int32]
    let logLoss: [Double]
    let calibrationSlope: [Double]
    let calibrationIntercept: [Double]
    let logObservedExpected: [Double]
    let areaUnderROC: [Double]
  }

  /// The values at scores of isotonic regressions with one row more, of label 0 and of label 1.
  struct VennAbersCase: Decodable {
    let logOdds: [Double]
    let labels: String
    let grid: [Double]
    let low: [Double]
    let high: [Double]
  }

  /// A fit to a table with a row for each period that a subject was seen in.
  struct HazardCase: Decodable {
    let seed: UInt64
    let rows: Int
    let penalty: Double
    let ends: [Int]
    /// Of each row: days seen, the day of its end (0: none), and whether that was the event.
    let exposures: [[Int32]]
    let periodRows: [Int]
    let periodEvents: [Int]
    let coefficients: [Double]
    let intercepts: [Double]

    var design: Matrix {
      LearningReference.design(seed: seed, rows: rows, columns: 3, mixing: 0.3)
    }
  }

  /// The script's design matrix, by its generator and formula, bit for bit.
  static func design(seed: UInt64, rows: Int, columns: Int, mixing: Double) -> Matrix {
    var generator = SplitMix64(seed: seed)
    var matrix = Matrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        matrix[row, column] = 2 * generator.nextUnit() - 1
        if column > 0 { matrix[row, column] += mixing * matrix[row, 0] }
      }
    }
    return matrix
  }

  let logistic: [LogisticProblem]
  let metrics: [MetricCase]
  let calibration: [CalibrationCase]
  let preparation: PreparationCase
  let intervals: [IntervalCase]
  let hazard: [HazardCase]
  let vennAbers: [VennAbersCase]
  let elasticNet: [LogisticProblem]

  /// Reads Training/reference/learning.json of this repository.
  static func load() throws -> LearningReference {
    let root = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent()
    }
    let file = root.appending(path: "Training/reference/learning.json")
    return try JSONDecoder().decode(LearningReference.self, from: Data(contentsOf: file))
  }
}

/// "0110" as numbers.
func learningLabels(_ bits: String) -> [Double] { bits.map { $0 == "1" ? 1 : 0 } }
