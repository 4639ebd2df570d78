/// What learning takes on top of the table, against LightGBM.
struct TreeMemory: Benchmark {
  let name = "tree-memory"
  let summary = "memory while learning boosted trees, against LightGBM"

  func run(on bench: Bench) throws {
    bench.note("Measuring memory while learning trees")
    let finding = Finding(
      benchmark: name, what: "Memory of 100 trees, as a share of LightGBM's",
      workload: "400,000 × \(NumbersFile.columns)", target: .atMost(1, stretch: 0.6))
    try bench.add(finding) { finding in
      let file = try bench.numbers()
      let ours = try bench.growTrees(.training, file)
      let settings = TreePeer.lightGBM.settings[.training] ?? []
      let theirs = try settings.map {
        try bench.peers.run(.lightGBM, task: .training, setting: $0, file).peakMemory
      }
      guard let least = theirs.min(), least > 0 else {
        throw NotMeasured(reason: "LightGBM did not say what it took")
      }
      finding.figure = Double(ours.peakMemory) / Double(least)
    }
  }
}
