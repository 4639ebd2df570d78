import Files

/// A logistic regression to the same gradient.
struct LogisticFitting: Benchmark {
  let name = "logistic"
  let summary = "fitting a logistic regression, against scikit-learn and glum"

  /// The solvers of scikit-learn that can be asked for a gradient, and glum; the fastest counts.
  private static let solvers = ["lbfgs", "newton-cholesky", "newton-cg", "glum"]

  func run(on bench: Bench) throws {
    bench.note("Measuring the logistic regression")
    let finding = Finding(
      benchmark: name, what: "Logistic regression to a gradient of \(FitLogistic.gradient)",
      workload: "400,000 × \(NumbersFile.columns)", target: .atLeast(1.5, stretch: 4))
    try bench.add(finding) { finding in
      let file = try bench.numbers()
      var contenders = [Contender(name: Program.name, run: { try bench.fitLogistic(file) })]
      for solver in Self.solvers {
        let run = try bench.peers.fitLogistic(solver, file)
        guard run.output["gradient"]?.double ?? .nan <= FitLogistic.gradient else {
          bench.report.note("\(solver) does not reach that gradient.")
          continue
        }
        bench.report.note("\(solver): \(run.output["call"]?.string ?? "")")
        contenders.append(
          Contender(
            name: "\(solver) \(run.output["version"]?.string ?? "")",
            run: { try bench.peers.fitLogistic(solver, file) }))
      }
      let results = try bench.measure(contenders)
      finding.compare(results[0], with: Array(results.dropFirst()))
      if let steps = results[0].runs.last?.output["steps"]?.int {
        bench.report.note(
          bench.kernelLimits.text(
            steps: steps, rows: NumbersFile.trainingRows, columns: NumbersFile.columns,
            seconds: results[0].seconds.median))
      }
    }
  }
}

extension Bench {
  fileprivate func fitLogistic(_ file: NumbersFile) throws -> Run {
    let child = try runSelf(["logistic", file.path, "--threads", "\(program.threads)"])
    let answer = try JSONValue(parsing: child.output, path: "churn-bench logistic")
    guard answer["gradient"]?.double ?? .nan <= FitLogistic.gradient else {
      throw NotMeasured(reason: "our fit did not reach the gradient")
    }
    return try Run(answer: answer, of: "churn-bench")
  }
}

extension PeerRunner {
  fileprivate func fitLogistic(_ solver: String, _ file: NumbersFile) throws -> Run {
    let (output, _) = try answer(
      of: "logistic.py",
      words: [
        solver, file.path, "\(NumbersFile.trainingRows)", "\(NumbersFile.columns)", "\(threads)",
        "\(FitLogistic.lambda)", "\(FitLogistic.gradient)",
      ], name: solver)
    return try Run(answer: output, of: solver)
  }
}
