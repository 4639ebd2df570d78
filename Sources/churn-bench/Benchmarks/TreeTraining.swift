/// 100 trees of 31 leaves, with binning.
struct TreeTraining: Benchmark {
  let name = "tree-training"
  let summary = "learning boosted trees, against three libraries"

  func run(on bench: Bench) throws {
    try TreeComparison(
      benchmark: name, what: "100 trees of 31 leaves", task: .training,
      opponents: [
        (.lightGBM, .atLeast(1.5, stretch: 2.5)), (.xgBoost, .atLeast(1.3, stretch: 2)),
        (.catBoost, .atLeast(2, stretch: 5)),
      ]
    ).run(on: bench)
  }
}
