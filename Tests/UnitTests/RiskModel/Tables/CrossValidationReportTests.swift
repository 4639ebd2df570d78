import Files
import Learning
import TestSupport
import Testing

@testable import RiskModel

struct CrossValidationReportTests {
  /// 120 rows with a trend and some noise; rows 0 and 60 are twins, one row only trains, one is out.
  private func report(seed: UInt64 = 1) throws -> CrossValidationReport {
    let table = try table()
    let folds = try table.folds(seed: seed)
    let result = CrossValidation(
      seed: seed, path: LambdaPath(initial: [.infinity, 1, 0.1, 0.01])
    ).run(table.dataset, folds: folds)
    return CrossValidationReport(table: table, folds: folds, result: result, seed: seed)
  }

  private func table(grouped: Bool = false) throws -> LabelledTable {
    var generator = SplitMix64(seed: 11)
    var rows: [String] = []
    for row in 0..<120 {
      let x = row == 60 ? 0 : row
      let isOne = generator.nextUnit() < Double(x) / 120
      let fold = row == 1 ? -1 : row == 2 ? -2 : row / 60
      rows.append("\(x),\(isOne ? 1 : 0),\(fold),\(row / 4)\n")
    }
    return try labelledTable("x,y,fold,g\n" + rows.joined()) { roles in
      roles.fold = "fold"
      if grouped { roles.group = "g" } else { roles.ignored = ["g"] }
    }
  }

  @Test func `predictions are the rows from fold 0 up, in the order of the file`() throws {
    let folder = TemporaryFolder()
    let report = try report()
    try writeFile(folder["p.csv"]) { try report.writePredictions(to: $0) }
    var reader = try DelimitedReader(
      bytes: contents(ofFile: folder["p.csv"]), path: "p.csv")
    #expect(try reader.next()?.fields == ["row", "fold", "probability"])
    var rows: [Int] = []
    while let fields = try reader.next()?.fields {
      let row = try #require(Int(fields[0]))
      rows.append(row)
      #expect(fields[1] == "\(row / 60)")
      #expect(Double(fields[2]) == report.result.probabilities[row])
    }
    #expect(rows == [0] + Array(3..<120))
  }

  @Test func `metrics hold folds, means, pooled values and those without twins`() throws {
    let report = try report()
    let json = report.metrics
    #expect(json["schemaVersion"]?.int == 1)
    #expect(json["rows"]?.int == 120)
    #expect(json["predictedRows"]?.int == 118)
    // Row 0 is predicted by a model that saw row 60, and the other way round.
    #expect(json["twinRows"]?.int == 2)
    let losses = (0..<2).compactMap {
      json["folds"]?[$0]?["metrics"]?["logLoss"]?.double
    }
    #expect(losses.count == 2)
    let mean = try #require(json["mean"]?["logLoss"]?["mean"]?.double)
    // Two sums of two numbers: equal up to rounding.
    #expect(abs(mean - (losses[0] + losses[1]) / 2) < 1e-15)
    let error = try #require(json["mean"]?["logLoss"]?["standardError"]?.double)
    // The sample deviation of two numbers is their distance/√2; over √2 that is half the distance.
    #expect(abs(error - abs(losses[0] - losses[1]) / 2) < 1e-15)
    // The pooled mean weighs the folds by their rows.
    let pooled = try #require(json["pooled"]?["logLoss"]?.double)
    #expect(abs(pooled - (58 * losses[0] + 60 * losses[1]) / 118) < 1e-12)
    #expect(json["folds"]?[0]?["rows"]?.int == 58)
    #expect(json["folds"]?[0]?["trainingRows"]?.int == 61)
    #expect(json["meanWithoutTwins"]?["logLoss"]?["mean"]?.double != mean)
  }

  @Test func `the calibration slope of all rows has an interval, clustered by group`() throws {
    let report = try report()
    let (rows, labels) = (report.predictedRows, report.table.dataset.knownLabels)
    func slope(groups: [Int32]) -> Estimate {
      ProbabilityFigures(
        probabilities: rows.map { report.result.probabilities[$0] },
        labels: rows.map { labels[$0] }, groups: groups
      ).calibrationSlope
    }
    // Without groups every row stands alone.
    let alone = try #require(report.pooledFigures?.calibrationSlope)
    #expect(alone == slope(groups: rows.map(Int32.init)))
    #expect(alone.value == report.pooledMetrics[.calibrationSlope])
    let json = report.metrics["pooledIntervals"]?["calibrationSlope"]
    #expect(json?["value"]?.double == alone.value && json?["low"]?.double == alone.low)
    #expect(json?["high"]?.double == alone.high && alone.low != nil)
    // The same rows, four of a group.
    let grouped = CrossValidationReport(
      table: try table(grouped: true), folds: report.folds, result: report.result, seed: 1)
    let clustered = try #require(grouped.pooledFigures?.calibrationSlope)
    #expect(clustered == slope(groups: rows.map { Int32($0 / 4) }))
    #expect(clustered.value == alone.value && clustered.low != alone.low)
  }

  @Test func `the same run gives the same bytes`() throws {
    #expect(try report().metrics.serialized() == report().metrics.serialized())
  }

  @Test func `metrics hold what the solver and the folds had to give in on`() throws {
    let json = try report().metrics
    // The table has folds of its own, those that choose the penalty are dealt.
    #expect(json["keepsDuplicates"] == .null)
    let fold = try #require(json["folds"]?[0])
    #expect(fold["keepsDuplicates"]?.bool == true)
    #expect(fold["ridgeAdded"]?.double == 0 && fold["unconvergedFits"]?.int == 0)
    #expect(try #require(fold["gradientNorm"]?.double) <= 1e-8)
  }
}
