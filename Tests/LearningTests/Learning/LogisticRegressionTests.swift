import TestSupport
import Testing

@testable import Learning

struct LogisticRegressionTests {
  @Test func `finds the log odds ratio of a two by two table`() {
    // x = 0: 10 of 40 ones, x = 1: 30 of 40 ones. Intercept ln(10/30), slope ln 3 - ln(1/3).
    let x = (0..<80).map { $0 < 40 ? 0.0 : 1.0 }
    let y = (0..<80).map { $0 < 10 || $0 >= 50 ? 1.0 : 0.0 }
    let fit = LogisticRegression(lambda: 0).fit(
      Matrix(rowCount: 80, columnCount: 1, values: x), labels: y)
    #expect(fit.summary.converged)
    #expect(abs(fit.intercept + 1.0986122886681098) < 1e-9)
    #expect(abs(fit.coefficients[0] - 2.1972245773362196) < 1e-9)
  }

  @Test func `infinite penalty gives the base rate`() {
    let fit = LogisticRegression(lambda: .infinity).fit(
      Matrix(rows: [[1], [2], [3], [4]]), labels: [1, 0, 0, 0])
    #expect(fit.coefficients == [0])
    #expect(abs(Logistic.probability(logOdds: fit.intercept) - 0.25) < 1e-15)
    #expect(fit.summary.converged)
  }

  @Test func `one class is the smoothed base rate and says it did not converge`() {
    let fit = LogisticRegression(lambda: 1).fit(Matrix(rows: [[1], [2], [3]]), labels: [0, 0, 0])
    #expect(fit.coefficients == [0])
    // (0 + 1/2) / (3 + 1)
    #expect(abs(Logistic.probability(logOdds: fit.intercept) - 0.125) < 1e-15)
    #expect(!fit.summary.converged)
  }

  @Test func `no columns leaves the intercept`() {
    let fit = LogisticRegression(lambda: 1).fit(
      Matrix(rowCount: 4, columnCount: 0), labels: [1, 1, 1, 0])
    #expect(abs(fit.intercept - 1.0986122886681098) < 1e-12)
  }

  @Test func `separated classes are finite under a penalty`() {
    let fit = LogisticRegression(lambda: 1e-3).fit(
      Matrix(rows: [[-2], [-1], [1], [2]]), labels: [0, 0, 1, 1])
    #expect(fit.summary.converged)
    #expect(fit.coefficients[0] > 2 && fit.coefficients[0] < 20)
  }

  @Test func `running out of steps is reported, not hidden`() {
    let dataset = LearningSample.dataset(rows: 300, seed: 3)
    let design = Preparation.fit(dataset, rows: Array(0..<300)).apply(
      dataset, rows: Array(0..<300))
    let fit = LogisticRegression(lambda: 1e-3, maximumIterations: 1).fit(
      design, labels: dataset.knownLabels)
    #expect(!fit.summary.converged)
    #expect(fit.summary.iterations == 1)
    #expect(fit.summary.gradientNorm > 1e-8)
  }

  @Test func `equal columns without a penalty need a ridge and share the slope`() {
    let x = (0..<40).map { Double($0 % 8) }
    let y = (0..<40).map { Double(($0 * 7 % 10) < ($0 % 8) ? 1 : 0) }
    let fit = LogisticRegression(lambda: 0).fit(
      Matrix(rows: x.map { [$0, $0] }), labels: y)
    let single = LogisticRegression(lambda: 0).fit(Matrix(rows: x.map { [$0] }), labels: y)
    #expect(fit.summary.converged)
    #expect(fit.summary.ridgeAdded > 0)
    #expect(single.summary.ridgeAdded == 0)
    // The sum is determined, the two parts are not.
    #expect(abs(fit.coefficients.reduce(0, +) - single.coefficients[0]) < 1e-5)
  }

  @Test func `a column of zeros without a penalty needs a ridge and gets no slope`() {
    let x = (0..<40).map { Double($0 % 8) }
    let y = (0..<40).map { Double(($0 * 7 % 10) < ($0 % 8) ? 1 : 0) }
    let fit = LogisticRegression(lambda: 0).fit(Matrix(rows: x.map { [$0, 0] }), labels: y)
    #expect(fit.summary.converged)
    #expect(fit.summary.ridgeAdded > 0)
    #expect(fit.coefficients[1] == 0)
  }

  @Test func `a step that overshoots is halved until it descends`() {
    // 30 of 40 ones at x = 1 and 10 of 40 at x = -1: slope ln 3, intercept 0. From a slope of 8, where
    // the curve is flat, the Newton step leads far to the other side and uphill.
    let design = Matrix(rows: (0..<80).map { [$0 < 40 ? -1.0 : 1.0] })
    let y = (0..<80).map { $0 < 10 || $0 >= 50 ? 1.0 : 0.0 }
    let objective = LogisticObjective(design: design, labels: y, lambda: 0)
    let start = [8.0, 0.0]
    let eta = objective.logOdds(start)
    let gradient = objective.gradient(logOdds: eta, parameters: start)
    let curvature = objective.curvature(logOdds: eta)
    // By symmetry the Hessian is diagonal.
    let full = [start[0] - gradient[0] / curvature[0], 0]
    func value(_ theta: [Double]) -> Double {
      objective.value(logOdds: objective.logOdds(theta), parameters: theta)
    }
    #expect(value(full) > 10 * value(start))
    let fit = LogisticRegression(lambda: 0).fit(
      design, labels: y,
      startingAt: LogisticFit(
        coefficients: [8], intercept: 0,
        summary: FitSummary(iterations: 0, converged: false, gradientNorm: 1, ridgeAdded: 0)))
    #expect(fit.summary.converged)
    // ln 3
    #expect(abs(fit.coefficients[0] - 1.0986122886681098) < 1e-8)
  }

  @Test func `numbers that are not finite end the fit and are not called converged`() {
    let labels = [1.0, 0, 0, 1]
    for rows in [
      [[1.0, .nan], [2, 1], [3, 0], [4, 2]], [[.nan, 1], [2, 1], [3, 0], [4, 2]],
      // Squares overflow: the gradient is finite and the curvature is not.
      [[1e200, 1], [2, 1], [-1e200, 0], [4, 2]],
    ] {
      let fit = LogisticRegression(lambda: 0.1).fit(Matrix(rows: rows), labels: labels)
      #expect(!fit.summary.converged)
      #expect(fit.coefficients == [0, 0])
      #expect(abs(fit.intercept) < 1e-15)
    }
  }

  @Test func `the norm of a gradient keeps a NaN wherever it stands`() {
    #expect(NewtonSolver.norm([3, -4, 1]) == 4)
    for gradient in [[.nan, 1], [1, .nan], [1, .nan, 2]] {
      #expect(NewtonSolver.norm(gradient).isNaN)
    }
  }

  @Test func `gradient and curvature are the derivatives of the value`() {
    let problem = LogisticObjective(
      design: Matrix(rows: [[1, -2], [0.5, 3], [-1, 1], [2, 0], [0, -1]]),
      labels: [1, 0, 0, 1, 1], lambda: 0.3)
    let theta = [0.4, -0.2, 0.1]
    func value(_ theta: [Double]) -> Double {
      problem.value(logOdds: problem.logOdds(theta), parameters: theta)
    }
    func gradient(_ theta: [Double]) -> [Double] {
      problem.gradient(logOdds: problem.logOdds(theta), parameters: theta)
    }
    let curvature = problem.curvature(logOdds: problem.logOdds(theta))
    let h = 1e-5
    for i in 0..<3 {
      var (up, down) = (theta, theta)
      up[i] += h
      down[i] -= h
      // Central differences are exact to h², 1e-10, plus rounding of 1e-16/h = 1e-11.
      #expect(abs((value(up) - value(down)) / (2 * h) - gradient(theta)[i]) < 1e-9)
      for j in i..<3 {
        let second = (gradient(up)[j] - gradient(down)[j]) / (2 * h)
        let penalty = i == j && i < 2 ? 0.3 : 0
        #expect(abs(second - curvature[i * 3 + j] - penalty) < 1e-9)
      }
    }
  }

  @Test func `sums over blocks equal sums over rows`() {
    let rows = 2 * LogisticObjective.blockRows + 17
    var generator = SplitMix64(seed: 8)
    let design = Matrix(
      rowCount: rows, columnCount: 2, values: (0..<2 * rows).map { _ in generator.nextUnit() })
    let labels = (0..<rows).map { _ in generator.nextUnit() < 0.4 ? 1.0 : 0.0 }
    let objective = LogisticObjective(design: design, labels: labels, lambda: 0)
    let theta = [0.3, -0.7, 0.2]
    let eta = objective.logOdds(theta)
    let gradient = objective.gradient(logOdds: eta, parameters: theta)
    let curvature = objective.curvature(logOdds: eta)
    let columns = [design.column(0), design.column(1), [Double](repeating: 1, count: rows)]
    for i in 0..<3 {
      let naive = (0..<rows).reduce(0.0) { sum, row in
        sum + columns[i][row] * (Logistic.probability(logOdds: eta[row]) - labels[row])
      }
      #expect(abs(gradient[i] - naive / Double(rows)) < 1e-14)
      for j in i..<3 {
        let naive = (0..<rows).reduce(0.0) { sum, row in
          let p = Logistic.probability(logOdds: eta[row])
          return sum + p * (1 - p) * columns[i][row] * columns[j][row]
        }
        #expect(abs(curvature[i * 3 + j] - naive / Double(rows)) < 1e-13)
      }
    }
  }

  @Test func `a warm start changes the way and not the end`() {
    let dataset = LearningSample.dataset(rows: 400, seed: 9)
    let rows = Array(0..<400)
    let design = Preparation.fit(dataset, rows: rows).apply(dataset, rows: rows)
    let learner = LogisticRegression(lambda: 0.01)
    let cold = learner.fit(design, labels: dataset.knownLabels)
    let near = LogisticRegression(lambda: 0.02).fit(design, labels: dataset.knownLabels)
    let warm = learner.fit(design, labels: dataset.knownLabels, startingAt: near)
    #expect(warm.summary.iterations < cold.summary.iterations)
    for (left, right) in zip(cold.coefficients, warm.coefficients) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  @Test func `keeping the curvature changes the way and not the end`() {
    let dataset = LearningSample.dataset(rows: 700, seed: 10)
    let rows = Array(0..<700)
    let design = Preparation.fit(dataset, rows: rows).apply(dataset, rows: rows)
    let settings = [1, 0.1, 0.01].map { LogisticRegression(lambda: $0, gradientTolerance: 1e-10) }
    func path(_ reuses: Bool) -> [LogisticFit] {
      LogisticRegression.path(
        settings, design, labels: dataset.knownLabels, from: nil, reusesCurvature: reuses)
    }
    for (kept, fresh) in zip(path(true), path(false)) {
      #expect(kept.summary.converged && fresh.summary.converged)
      for (left, right) in zip(kept.coefficients, fresh.coefficients) {
        // ‖g‖ ≤ 1e-10 over a smallest eigenvalue ≥ λ = 0.01.
        #expect(abs(left - right) < 1e-7)
      }
    }
  }

  // scikit-learn stops at ‖g‖∞ ≤ 1e-10 and we at 1e-8 after a quadratically convergent step; the
  // error in a coefficient is at most that over the smallest eigenvalue of H, which is ≥ λ ≥ 1e-3.
  // 1e-6 covers both with room for the order of summation.
  @Test(arguments: try LearningReference.load().logistic)
  func `equals scikit-learn's newton-cholesky`(_ problem: LearningReference.LogisticProblem) {
    let fit = LogisticRegression(lambda: problem.penalty).fit(
      problem.design, labels: learningLabels(problem.labels))
    #expect(fit.summary.converged)
    #expect(fit.summary.ridgeAdded == 0)
    #expect(abs(fit.intercept - problem.intercept) < 1e-6)
    #expect(fit.coefficients.count == problem.coefficients.count)
    for (ours, theirs) in zip(fit.coefficients, problem.coefficients) {
      #expect(abs(ours - theirs) < 1e-6)
    }
  }
}
