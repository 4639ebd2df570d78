/// Contributions of all columns for 20,000 rows by 100 trees.
struct TreeAttributions: Benchmark {
  let name = "tree-attributions"
  let summary = "exact contributions of all columns, against two libraries"

  func run(on bench: Bench) throws {
    try TreeComparison(
      benchmark: name, what: "Contributions for 20,000 rows", task: .attributions,
      opponents: [
        (.lightGBM, .atLeast(8, stretch: 20)), (.xgBoost, .atLeast(8, stretch: 20)),
      ]
    ).run(on: bench)
  }
}
