/// Log-odds of 100,000 rows by 100 trees.
struct TreeScoring: Benchmark {
  let name = "tree-scoring"
  let summary = "scoring with boosted trees, against three libraries"

  func run(on bench: Bench) throws {
    try TreeComparison(
      benchmark: name, what: "Scoring 100,000 rows", task: .scoring,
      opponents: [
        (.lightGBM, .atLeast(1.3, stretch: 2.5)), (.xgBoost, .atLeast(1.3, stretch: 2.5)),
        (.lleaves, .atLeast(1.3, stretch: 2.5)),
      ]
    ).run(on: bench)
  }
}
