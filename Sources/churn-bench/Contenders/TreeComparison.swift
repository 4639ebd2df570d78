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
    for opponent in opponents {
      let finding = Finding(
        benchmark: benchmark, what: "\(what) vs \(opponent.peer.name)",
        workload: "400,000 × \(NumbersFile.columns)", target: opponent.target)
      try bench.add(finding) { finding in
        let file = try bench.numbers()
        let ours = try bench.growTrees(task, file)
        var contenders = [
          Contender(name: Program.name, run: { try bench.growTrees(task, file) })
        ]
        for setting in opponent.peer.settings[task] ?? [] {
          let run = try bench.peers.run(opponent.peer, task: task, setting: setting, file)
          let losses = [ours, run].map { $0.output["logLoss"]?.double ?? .nan }
          guard task != .training || losses[0] - losses[1] <= Self.largestDifference else {
            throw NotMeasured(
              reason: "our log-loss is \(losses[0]), that of \(opponent.peer.name) \(losses[1])")
          }
          bench.report.note(
            "\(opponent.peer.name), \(setting): \(run.output["call"]?.string ?? "")")
          contenders.append(
            Contender(
              name: "\(opponent.peer.name) \(run.output["version"]?.string ?? ""), \(setting)",
              run: { try bench.peers.run(opponent.peer, task: task, setting: setting, file) }))
        }
        let results = try bench.measure(contenders)
        finding.compare(results[0], with: Array(results.dropFirst()))
      }
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
  func growTrees(_ task: TreeTask, _ file: NumbersFile) throws -> Run {
    let child = try runSelf(
      ["trees", task.rawValue, file.path, "--threads", "\(program.threads)"])
    return try Run(
      answer: try JSONValue(parsing: child.output, path: "churn-bench trees"), of: "churn-bench")
  }
}

extension PeerRunner {
  /// One task of a library.
  ///
  /// - Throws: `NotMeasured` when it is not installed or fails.
  func run(
    _ peer: TreePeer, task: TreeTask, setting: String, _ file: NumbersFile
  ) throws -> Run {
    guard isInstalled else {
      throw NotMeasured(reason: "\(peer.name) is not installed; 'make bench' installs it")
    }
    let child = try ChildProcess(
      [
        python, "-B", "\(scripts)/trees.py", peer.name, task.rawValue, file.path,
        "\(NumbersFile.trainingRows)", "\(TreeTask.rowsOfModel)", "\(TreeTask.explainedRows)",
        "\(NumbersFile.columns)", "\(threads)", setting,
      ], scratch: scratch)
    guard child.status == 0 else {
      let last = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").last ?? ""
      throw NotMeasured(reason: "\(peer.name) ended with \(child.status): \(last)")
    }
    return try Run(answer: try JSONValue(parsing: child.output, path: "trees.py"), of: peer.name)
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
