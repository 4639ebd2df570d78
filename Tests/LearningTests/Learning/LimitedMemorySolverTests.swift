import TestSupport
import Testing

@testable import Learning

/// L-BFGS ends where Newton's method does.
struct LimitedMemorySolverTests {
  /// Columns that lean on the first one, so that the problem is not round.
  private func problem(rows: Int, columns: Int, seed: UInt64) -> (design: Matrix, labels: [Double])
  {
    var generator = SplitMix64(seed: seed)
    var design = Matrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        design[row, column] = 2 * generator.nextUnit() - 1
        if column > 0 { design[row, column] += 0.8 * design[row, 0] }
      }
    }
    let labels = (0..<rows).map { row in
      generator.nextUnit() < Logistic.probability(logOdds: 2 * design[row, 0] - 1) ? 1.0 : 0.0
    }
    return (design, labels)
  }

  private func fit(
    _ settings: LogisticRegression, _ design: Matrix, _ labels: [Double]
  ) -> LogisticFit {
    var solver = LimitedMemorySolver(design: design, labels: labels)
    return solver.fit(
      settings, startingAt: [Double](repeating: 0, count: design.columnCount + 1))
  }

  @Test func `finds the log odds ratio of a two by two table`() {
    // x = 0: 10 of 40 ones, x = 1: 30 of 40 ones. Intercept ln(10/30), slope ln 3 - ln(1/3).
    let x = (0..<80).map { $0 < 40 ? 0.0 : 1.0 }
    let y = (0..<80).map { $0 < 10 || $0 >= 50 ? 1.0 : 0.0 }
    let fit = fit(
      LogisticRegression(lambda: 0), Matrix(rowCount: 80, columnCount: 1, values: x), y)
    #expect(fit.summary.converged)
    #expect(fit.summary.gradientNorm <= 1e-8)
    // The smallest eigenvalue of H is about 0.03: 1e-8 in the gradient is 4e-7 here at most.
    #expect(abs(fit.intercept + 1.0986122886681098) < 1e-6)
    #expect(abs(fit.coefficients[0] - 2.1972245773362196) < 1e-6)
  }

  @Test(arguments: [1.0, 0.1, 0.01]) func `equals Newton on a hundred columns`(lambda: Double) {
    let (design, labels) = problem(rows: 1500, columns: 120, seed: 17)
    // ‖g‖∞ ≤ 1e-10 over a smallest eigenvalue ≥ λ, times √120: below 1.1e-7 for each of the two.
    let settings = LogisticRegression(lambda: lambda, gradientTolerance: 1e-10)
    let ours = fit(settings, design, labels)
    let newton = settings.fit(design, labels: labels)
    #expect(ours.summary.converged && newton.summary.converged)
    #expect(ours.summary.iterations > newton.summary.iterations)
    #expect(abs(ours.intercept - newton.intercept) < 1e-6)
    for (left, right) in zip(ours.coefficients, newton.coefficients) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  @Test func `equals Newton on more rows than a block and columns of very different scale`() {
    let rows = LogisticObjective.blockRows + 900
    var (design, labels) = problem(rows: rows, columns: 5, seed: 18)
    for row in 0..<rows { design[row, 4] *= 100 }
    let settings = LogisticRegression(lambda: 1e-3, gradientTolerance: 1e-10)
    let ours = fit(settings, design, labels)
    let newton = settings.fit(design, labels: labels)
    #expect(ours.summary.converged)
    for (left, right) in zip(ours.coefficients, newton.coefficients) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  @Test func `separated classes are finite under a penalty`() {
    let (design, y) = (Matrix(rows: [[-2], [-1], [1], [2]]), [0.0, 0, 1, 1])
    let settings = LogisticRegression(lambda: 1e-3)
    let ours = fit(settings, design, y)
    #expect(ours.summary.converged)
    // 1e-8 over λ.
    #expect(abs(ours.coefficients[0] - settings.fit(design, labels: y).coefficients[0]) < 2e-5)
  }

  @Test func `running out of steps is reported`() {
    let (design, labels) = problem(rows: 300, columns: 10, seed: 19)
    let ours = fit(LogisticRegression(lambda: 1e-3, maximumIterations: 0), design, labels)
    #expect(!ours.summary.converged)
    #expect(ours.summary.iterations == 0 && ours.summary.gradientNorm > 1e-3)
  }

  @Test func `numbers that are not finite end the fit`() {
    let ours = fit(LogisticRegression(lambda: 0.1), Matrix(rows: [[.nan], [1], [2]]), [1, 0, 0])
    #expect(!ours.summary.converged)
    #expect(ours.coefficients == [0])
  }

  /// 20,000 columns: a curvature would take 3.2 GB, sixteen times.
  @Test func `wide designs are fitted without a curvature`() {
    let (design, labels) = problem(rows: 60, columns: 20_000, seed: 20)
    let wide = LogisticRegression(lambda: 0.1).fit(design, labels: labels)
    #expect(wide.summary.converged)
    let objective = LogisticObjective(design: design, labels: labels, lambda: 0.1)
    let parameters = wide.coefficients + [wide.intercept]
    let gradient = objective.gradient(
      logOdds: objective.logOdds(parameters), parameters: parameters)
    #expect(NewtonSolver.norm(gradient) <= 1.01e-8)
  }

  @Test func `the path goes to L-BFGS above 2,500 columns, and on from its own last fit`() {
    #expect(LogisticRegression.widestForNewton == 2_500)
    let (design, labels) = problem(rows: 40, columns: 2_501, seed: 21)
    let settings = [1, 0.3].map { LogisticRegression(lambda: $0) }
    let fits = LogisticRegression.path(
      settings, design, labels: labels, from: nil, reusesCurvature: true)
    #expect(fits.allSatisfy { $0.summary.converged })
    var solver = LimitedMemorySolver(design: design, labels: labels)
    let alone = solver.fit(settings[1], startingAt: fits[0].coefficients + [fits[0].intercept])
    #expect(alone == fits[1])
  }
}
