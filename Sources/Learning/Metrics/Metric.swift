/// A number that judges predicted probabilities against labels.
///
/// One metric is one file of this folder, in an extension, and one line of `all`; a test fails when
/// a file is not in the list. `evaluate` gives nil where the metric is not defined, for instance
/// ranking metrics when all labels are equal; nil is "not known", never 0.
package struct Metric: Sendable {
  /// Which values are good.
  package enum Direction: String, Sendable, Codable {
    /// Smaller is better.
    case lower
    /// Larger is better.
    case higher
    /// Nearer to 1 is better.
    case nearOne
    /// Nearer to 0 is better.
    case nearZero
  }

  /// Name in files, camel case.
  package let name: String

  /// One line for people.
  package let abstract: String

  /// Which values are good.
  package let direction: Direction

  /// Smallest and largest possible value.
  package let range: ClosedRange<Double>

  private let body: @Sendable ([Double], [Double]) -> Double?

  init(
    name: String, abstract: String, direction: Direction, range: ClosedRange<Double>,
    _ body: @escaping @Sendable (_ probabilities: [Double], _ labels: [Double]) -> Double?
  ) {
    self.name = name
    self.abstract = abstract
    self.direction = direction
    self.range = range
    self.body = body
  }

  /// The metric of some rows.
  ///
  /// - Parameters:
  ///   - probabilities: In [0, 1], one per row.
  ///   - labels: 0 or 1, one per row.
  /// - Returns: The value; nil where the metric is not defined, which includes no rows.
  package func evaluate(probabilities: [Double], labels: [Double]) -> Double? {
    precondition(
      probabilities.count == labels.count,
      "Learning: \(probabilities.count) probabilities for \(labels.count) labels")
    precondition(
      probabilities.allSatisfy { $0 >= 0 && $0 <= 1 },
      "Learning: a probability lies outside 0 ... 1")
    return labels.isEmpty ? nil : body(probabilities, labels)
  }

  /// Every metric, in the order of reports.
  package static let all: [Metric] = [
    .logLoss, .brierScore, .areaUnderROC, .averagePrecision, .liftAtTenPercent,
    .calibrationSlope, .calibrationIntercept, .observedExpectedRatio,
    .expectedCalibrationError,
  ]
}
