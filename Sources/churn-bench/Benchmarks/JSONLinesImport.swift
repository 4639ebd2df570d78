/// JSON Lines into a durable store, against peers that store all columns or nothing.
struct JSONLinesImport: Benchmark {
  let name = "json-lines"
  let summary = "JSON Lines into a store, against DuckDB and Polars"

  func run(on bench: Bench) throws {
    let comparison = ImportComparison(
      benchmark: name, format: .jsonLines,
      opponents: [
        (.duckDB, .atLeast(1.4, stretch: 2)), (.polars, .atLeast(1, stretch: 1.5)),
      ])
    try comparison.run(over: bench.years + (bench.bigYear.map { [$0] } ?? []), on: bench)
  }
}
