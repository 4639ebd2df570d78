import TestSupport
import Testing

@testable import Learning

/// Logistic regression with a penalty on absolute coefficients.
struct ElasticNetTests {
  @Test(arguments: try LearningReference.load().elasticNet)
  func `equals scikit-learn's saga`(_ problem: LearningReference.LogisticProblem) throws {
    let fit = LogisticRegression(
      lambda: problem.penalty, mixing: try #require(problem.share)
    ).fit(problem.design, labels: learningLabels(problem.labels))
    #expect(fit.summary.converged)
    #expect(abs(fit.intercept - problem.intercept) < 1e-5)
    #expect(fit.coefficients.count == problem.coefficients.count)
    for (ours, theirs) in zip(fit.coefficients, problem.coefficients) {
      #expect(abs(ours - theirs) < 1e-5)
      #expect((ours == 0) == (abs(theirs) < 1e-9))
    }
  }

  /// β = 0 is best for as long as no slope exceeds m·λ.
  @Test func `the smallest case by hand`() {
    // x = ±1, 3 of 4 ones at +1 and 1 of 4 at −1: at β = 0 the slope is mean of x·(½ − y) = −¼.
    let design = Matrix(rowCount: 8, columnCount: 1, values: [1, 1, 1, 1, -1, -1, -1, -1])
    let labels: [Double] = [1, 1, 1, 0, 1, 0, 0, 0]
    func fit(_ lambda: Double) -> LogisticFit {
      LogisticRegression(lambda: lambda, mixing: 1).fit(design, labels: labels)
    }
    #expect(fit(0.25).coefficients == [0] && fit(0.26).coefficients == [0])
    // Else tanh(β/2)/2 = ¼ − λ: by λ = 0.05 tanh(β/2) = 0.4.
    #expect(abs(fit(0.05).coefficients[0] - 0.847_297_860_387_203_7) < 1e-6)
    #expect(abs(fit(0.05).intercept) < 1e-9)
  }

  @Test(arguments: [UInt64](1...8))
  func `no neighbour is better, and a mixing of nearly nothing is ridge`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (rows, columns) = (80, 5)
    let design = Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in .random(in: -1...1, using: &generator) })
    let labels = (0..<rows).map { row in
      design[row, 0] + .random(in: -1...1, using: &generator) > 0 ? 1.0 : 0
    }
    let (lambda, mixing) = (0.05, 0.5)
    func value(_ coefficients: [Double], _ intercept: Double) -> Double {
      let logOdds = (0..<rows).map { row in
        (0..<columns).reduce(intercept) { $0 + design[row, $1] * coefficients[$1] }
      }
      let loss = zip(logOdds, labels).reduce(0.0) { $0 + Logistic.loss(logOdds: $1.0, label: $1.1) }
      return coefficients.reduce(loss / Double(rows)) {
        $0 + lambda * (mixing * abs($1) + (1 - mixing) / 2 * $1 * $1)
      }
    }
    let fit = LogisticRegression(lambda: lambda, mixing: mixing).fit(design, labels: labels)
    #expect(fit.summary.converged)
    let best = value(fit.coefficients, fit.intercept)
    for _ in 0..<200 {
      let near = fit.coefficients.map { $0 + .random(in: -0.01...0.01, using: &generator) }
      #expect(best <= value(near, fit.intercept + .random(in: -0.01...0.01, using: &generator)))
    }
    let ridge = LogisticRegression(lambda: lambda).fit(design, labels: labels)
    let nearly = LogisticRegression(lambda: lambda, mixing: 1e-9).fit(design, labels: labels)
    for (left, right) in zip(ridge.coefficients, nearly.coefficients) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  @Test func `where nothing is worth its penalty the base rate is left`() {
    let fit = LogisticRegression(lambda: 2, mixing: 0.5).fit(
      Matrix(rowCount: 4, columnCount: 1, values: [1, -1, 0.5, 0]), labels: [1, 0, 0, 0])
    #expect(fit.coefficients == [0])
    #expect(abs(Logistic.probability(logOdds: fit.intercept) - 0.25) < 1e-9)
  }

  @Test func `columns without a value, and more columns than rows, are no trouble`() {
    let design = Matrix(
      rowCount: 4, columnCount: 6, values: (0..<24).map { $0 % 6 == 2 ? 0 : Double($0 % 5) })
    let fit = LogisticRegression(lambda: 0.01, mixing: 1).fit(design, labels: [1, 0, 1, 0])
    #expect(fit.summary.converged && fit.coefficients[2] == 0)
  }

  @Test func `both penalties are tried for few positives and where later days judge`() throws {
    func chosen(positives: Int, rowsPerDay: Int? = nil) -> LearnerSelection {
      let rows = 4 * positives
      var generator = SeededGenerator(seed: 3)
      let labels = (0..<rows).map { $0.isMultiple(of: 4) ? 1.0 : 0 }
      // One column that tells something, and thirty that do not.
      let columns = (0...30).map { column in
        Column.numeric(
          labels.map { (column == 0 ? $0 : 0) + .random(in: -1...1, using: &generator) })
      }
      let dataset = Dataset(
        columnNames: columns.indices.map { "x\($0)" }, columns: columns, labels: labels,
        times: rowsPerDay.map { perDay in (0..<rows).map { Int32($0 / perDay) } })
      return LearnerSelection(
        dataset, rows: Array(0..<rows), request: .logistic, embargo: rowsPerDay.map { _ in 0 },
        seed: 1)
    }
    let few = chosen(positives: 60)
    let other = try #require(few.otherPenalty)
    #expect(few.logistic.chosenLogLoss <= other.chosenLogLoss)
    #expect(few.logistic.mixing == 0.5 && other.mixing == 0)
    #expect(few.logistic.lambda.isFinite)
    #expect(
      few.ridgeLambda
        == (other.lambda.isFinite ? other.lambda : other.candidates[other.best].lambda))
    let many = chosen(positives: 300)
    #expect(many.logistic.mixing == 0 && many.otherPenalty == nil)
    #expect(many.ridgeLambda == many.logistic.lambda)
    let daily = chosen(positives: 300, rowsPerDay: 60)
    #expect(daily.logistic.scheme == .forward)
    #expect(daily.otherPenalty.map { $0.mixing != daily.logistic.mixing } ?? false)
  }

  @Test func `of design columns, not of columns, it depends whether the net is tried`() {
    func tries(levels: Int) -> Bool {
      // Twenty rows of each level of one column.
      let codes = (0..<20 * levels).map { Int32($0 % levels) }
      let dataset = Dataset(
        columnNames: ["level"],
        columns: [.categorical(codes: codes, levels: (0..<levels).map { "l\($0)" })],
        labels: codes.indices.map { $0 < 50 ? 1 : 0 })
      return LearnerSelection(
        dataset, rows: Array(codes.indices), request: .logistic, embargo: nil, seed: 1,
        path: nil
      ).otherPenalty != nil
    }
    #expect(tries(levels: 12))
    #expect(!tries(levels: 1_001))
  }

  @Test func `a design that is wider than Newton's method goes is refused`() async {
    await #expect(processExitsWith: .failure) {
      let design = Matrix(rowCount: 2, columnCount: 2_501)
      _ = LogisticRegression(lambda: 1, mixing: 0.5).fit(design, labels: [0, 1])
    }
  }
}
