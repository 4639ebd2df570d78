import Foundation
import Learning
import TestSupport
import Testing

struct MetricTests {
  private func value(_ metric: Metric, _ p: [Double], _ y: [Double]) -> Double? {
    metric.evaluate(probabilities: p, labels: y)
  }

  @Test func `log-loss and Brier score by hand`() throws {
    let loss = try #require(value(.logLoss, [0.5, 0.25], [1, 0]))
    // (ln 2 + ln 4/3) / 2
    #expect(abs(loss - 0.4904146265058631) < 1e-15)
    #expect(value(.brierScore, [0.5, 0.25], [1, 0]) == (0.25 + 0.0625) / 2)
  }

  @Test func `area under the curve by hand, ties counting half`() {
    // Pairs (0.8 > 0.5), (0.8 > 0.3), (0.5 = 0.5), (0.5 > 0.3): 3.5 of 4.
    #expect(value(.areaUnderROC, [0.8, 0.5, 0.5, 0.3], [1, 1, 0, 0]) == 0.875)
    #expect(value(.areaUnderROC, [0.4, 0.4, 0.4], [1, 0, 0]) == 0.5)
  }

  @Test func `area under the curve equals counting pairs`() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<20 {
      let p = (0..<40).map { _ in Double(generator.next() % 12) / 12 }
      let y = (0..<40).map { Double($0 % 3 == 0 ? 1 : 0) }
      var wins = 0.0
      var pairs = 0.0
      for i in 0..<40 where y[i] == 1 {
        for j in 0..<40 where y[j] == 0 {
          pairs += 1
          wins += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0
        }
      }
      #expect(value(.areaUnderROC, p, y) == wins / pairs)
    }
  }

  @Test func `average precision by hand`() throws {
    // Positives at ranks 1 and 3: (1/1 + 2/3) / 2.
    let ap = try #require(value(.averagePrecision, [0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]))
    #expect(abs(ap - 5.0 / 6) < 1e-15)
  }

  @Test func `lift by hand, ties sharing the places`() throws {
    // 20 rows, k = 2, base rate 0.2. Highest: one positive; then four tied rows, two positive, for
    // one place: (1 + 2/4) / 2 / 0.2.
    let p = [0.9, 0.8, 0.8, 0.8, 0.8] + [Double](repeating: 0.1, count: 15)
    let y = [1.0, 1, 1, 0, 0, 1] + [Double](repeating: 0, count: 14)
    let lift = try #require(value(.liftAtTenPercent, p, y))
    #expect(abs(lift - 3.75) < 1e-12)
    // One row of one: the place is rounded up.
    #expect(value(.liftAtTenPercent, [0.5], [1]) == 1)
  }

  @Test func `calibration of the truth is 1 and 0`() throws {
    // Two groups of 100 rows at .2 and .6 with exactly 20 and 60 positives.
    let p = (0..<200).map { $0 < 100 ? 0.2 : 0.6 }
    let y = (0..<200).map { row in
      let isPositive = row < 100 ? row < 20 : row < 160
      return isPositive ? 1.0 : 0.0
    }
    #expect(abs(try #require(value(.calibrationSlope, p, y)) - 1) < 1e-7)
    #expect(abs(try #require(value(.calibrationIntercept, p, y))) < 1e-7)
    #expect(abs(try #require(value(.observedExpectedRatio, p, y)) - 1) < 1e-12)
    #expect(abs(try #require(value(.expectedCalibrationError, p, y))) < 1e-12)
  }

  @Test func `expected calibration error by hand`() throws {
    // Ten rows, one per bin: mean |y - p|.
    let p = (0..<10).map { Double($0) / 10 }
    let y = (0..<10).map { $0 < 5 ? 0.0 : 1.0 }
    let gaps = zip(p, y).reduce(0) { $0 + abs($1.0 - $1.1) } / 10
    #expect(abs(try #require(value(.expectedCalibrationError, p, y)) - gaps) < 1e-15)
  }

  @Test func `a wrong certainty is expensive and finite`() throws {
    let loss = try #require(value(.logLoss, [0], [1]))
    #expect(loss > 36 && loss < 36.1)
  }

  @Test(arguments: [0.0, 1]) func `is nil, not 0, where one class says nothing`(label: Double) {
    let p = [0.2, 0.7, 0.4]
    let y = [Double](repeating: label, count: 3)
    for metric in [Metric.areaUnderROC, .calibrationSlope, .calibrationIntercept] {
      #expect(value(metric, p, y) == nil)
    }
    #expect(value(.logLoss, p, y) != nil)
    #expect((value(.averagePrecision, p, y) == nil) == (label == 0))
    #expect((value(.liftAtTenPercent, p, y) == nil) == (label == 0))
  }

  @Test func `slope is nil where no finite one exists`() {
    #expect(value(.calibrationSlope, [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]) == nil)
    #expect(value(.calibrationSlope, [0.3, 0.3, 0.3], [0, 1, 0]) == nil)
    #expect(value(.calibrationSlope, [0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1]) == nil)
    #expect(value(.observedExpectedRatio, [0, 0], [0, 1]) == nil)
  }

  @Test(arguments: Metric.all.map(\.name)) func `does not depend on the order of rows`(
    name: String
  ) throws {
    let metric = try #require(Metric.all.first { $0.name == name })
    var generator = SplitMix64(seed: 9)
    for _ in 0..<10 {
      var rows = (0..<150).map { _ in
        (p: Double(generator.next() % 40 + 1) / 42, y: generator.nextUnit() < 0.4 ? 1.0 : 0.0)
      }
      let first = try #require(value(metric, rows.map(\.p), rows.map(\.y)))
      rows.shuffle(using: &generator)
      let second = try #require(value(metric, rows.map(\.p), rows.map(\.y)))
      #expect(abs(first - second) < 1e-9)
      #expect(metric.range.contains(first))
      #expect(value(metric, [], []) == nil)
    }
  }

  /// Both sides add the same few hundred numbers; slope and intercept are solved to 1e-10 and 1e-13.
  @Test func `equals scikit-learn and scipy`() throws {
    for reference in try LearningReference.load().metrics {
      let y = learningLabels(reference.labels)
      let pairs: [(Metric, Double, Double)] = [
        (.logLoss, reference.logLoss, 1e-13), (.brierScore, reference.brierScore, 1e-13),
        (.areaUnderROC, reference.areaUnderROC, 1e-13),
        (.averagePrecision, reference.averagePrecision, 1e-13),
        (.calibrationSlope, reference.calibrationSlope, 1e-8),
        (.calibrationIntercept, reference.calibrationIntercept, 1e-8),
        (.observedExpectedRatio, reference.observedExpectedRatio, 1e-13),
      ]
      for (metric, expected, tolerance) in pairs {
        let ours = try #require(value(metric, reference.probabilities, y))
        #expect(abs(ours - expected) < tolerance, "\(metric.name)")
      }
    }
  }

  @Test func `every file of the folder is in the catalog`() throws {
    let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent()
    }
    let folder = root.appending(path: "Sources/Learning/Metrics").path(percentEncoded: false)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") && $0 != "Metric.swift" }
      .map { $0.prefix(1).lowercased() + $0.dropFirst().dropLast(".swift".count) }
    #expect(files.sorted() == Metric.all.map(\.name).sorted())
  }
}
