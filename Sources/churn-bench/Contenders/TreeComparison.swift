import Files

/// One task of boosted trees against the libraries.
struct TreeComparison {
  /// The benchmark's name.
  var benchmark: String
  var what: String
  var task: TreeTask
  /// What is demanded against each library.
  var opponents: [(peer: TreePeer, target: Target)]

  /// Log-losses further apart than this are of another work.
  static let largestDifference = 0.001

  func run(on bench: Bench) throws {
    bench.note("Measuring \(what)")
    for (number, opponent) in opponents.enumerated() {
      let finding = Finding(
        benchmark: benchmark, what: "\(what) vs \(opponent.peer.name)",
        workload: "400,000 × \(NumbersFile.columns)", target: opponent.target)
      try bench.add(finding) { finding in
        let file = try bench.numbers()
        var contenders = [
          Contender(name: Program.name, run: { try bench.growTrees(task, file) })
        ]
        for setting in opponent.peer.settings[task] ?? [] {
          let run = try bench.peers.run(opponent.peer, task: task, setting: setting, file)
          if task == .training { try compareLosses(opponent.peer, setting, file, on: bench) }
          bench.report.note(
            "\(opponent.peer.name), \(setting): \(run.output["call"]?.string ?? "")")
          contenders.append(
            Contender(
              name: "\(opponent.peer.name) \(run.output["version"]?.string ?? ""), \(setting)",
              run: { try bench.peers.run(opponent.peer, task: task, setting: setting, file) }))
        }
        let results = try bench.measure(contenders)
        finding.compare(results[0], with: Array(results.dropFirst()))
        if number == 0, let work = results[0].runs.last?.output["work"]?.int {
          bench.report.note(
            bench.kernelLimits.text(task, work: work, seconds: results[0].seconds.median))
        }
      }
    }
  }
}

extension TreeComparison {
  /// Learns from each four fifths of the rows and scores the rest, by both.
  ///
  /// - Throws: `NotMeasured` where our mean log-loss is greater than theirs by more than is allowed.
  private func compareLosses(
    _ peer: TreePeer, _ setting: String, _ file: NumbersFile, on bench: Bench
  ) throws {
    func mean(_ run: (_ fold: Int) throws -> Run) throws -> Double {
      try (0..<5).reduce(0) { $0 + (try run($1).output["logLoss"]?.double ?? .nan) / 5 }
    }
    let ours = try mean { try bench.growTrees(task, fold: $0, file) }
    let theirs = try mean {
      try bench.peers.run(peer, task: task, setting: setting, fold: $0, file)
    }
    let told =
      "Mean log-loss of five fifths: ours \(rounded(ours)), \(peer.name) \(rounded(theirs))"
    guard ours - theirs <= Self.largestDifference else { throw NotMeasured(reason: told) }
    bench.report.note("\(told) (\(setting)).")
  }

  private func rounded(_ loss: Double) -> String {
    loss.isFinite ? "\((loss * 100_000).rounded() / 100_000)" : "unknown"
  }
}

extension KernelLimits {
  /// How far a task is from its limit; `work` as the command `trees` counts it.
  fileprivate func text(_ task: TreeTask, work: Int, seconds: Double) -> String {
    switch task {
    case .training: text(additions: work, seconds: seconds)
    case .scoring: text(tests: work, seconds: seconds)
    case .attributions: text(contributions: work, seconds: seconds)
    }
  }
}

extension Bench {
  /// The table of numbers, written when it is missing, and in the page cache.
  func numbers() throws -> NumbersFile {
    let file = NumbersFile(folder: options.folder)
    if fileSize(file.path) == nil {
      note("Writing \(file.path)")
      try runSelf(["numbers", "--folder", options.folder])
    }
    try readThrough(file.path)
    return file
  }

  /// One task in a process of its own.
  func growTrees(_ task: TreeTask, fold: Int = 4, _ file: NumbersFile) throws -> Run {
    let child = try runSelf(
      ["trees", task.rawValue, file.path, "--fold", "\(fold)", "--threads", "\(program.threads)"])
    return try Run(
      answer: try JSONValue(parsing: child.output, path: "churn-bench trees"), of: "churn-bench")
  }
}

extension PeerRunner {
  /// One task of a library.
  ///
  /// - Throws: `NotMeasured` when it is not installed or fails.
  func run(
    _ peer: TreePeer, task: TreeTask, setting: String, fold: Int = 4, _ file: NumbersFile
  ) throws -> Run {
    let (output, _) = try answer(
      of: "trees.py",
      words: [
        peer.name, task.rawValue, file.path, "\(fold)", "\(NumbersFile.scoredRows)",
        "\(TreeTask.rowsOfModel)", "\(TreeTask.explainedRows)", "\(NumbersFile.columns)",
        "\(threads)", setting,
      ], name: peer.name)
    return try Run(answer: output, of: peer.name)
  }
}

extension Run {
  /// What a task answered; its memory is what it took on top of the table.
  init(answer: JSONValue, of name: String) throws {
    guard let seconds = answer["seconds"]?.double,
      let processorSeconds = answer["processorSeconds"]?.double,
      let memory = answer["memory"]?.int
    else {
      throw NotMeasured(reason: "\(name) did not say how long it took")
    }
    self.init(
      seconds: seconds, processorSeconds: processorSeconds, peakMemory: memory, output: answer)
  }
}
