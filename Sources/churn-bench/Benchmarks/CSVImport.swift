/// CSV into a durable store, against peers that store all columns or nothing.
struct CSVImport: Benchmark {
  let name = "csv"
  let summary = "CSV into a store, against DuckDB and Polars"

  func run(on bench: Bench) throws {
    let comparison = ImportComparison(
      benchmark: name, format: .csv,
      opponents: [(.duckDB, .atLeast(1.5, stretch: 2.5)), (.polars, nil)])
    try comparison.run(over: bench.years, on: bench)
  }
}
