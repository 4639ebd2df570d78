/// How much room the lines take in the store.
struct StoreSize: Benchmark {
  let name = "store-size"
  let summary = "bytes in the store for each line"

  func run(on bench: Bench) throws {
    bench.note("Measuring the size of stores")
    for year in bench.years + (bench.bigYear.map { [$0] } ?? []) {
      let finding = Finding(
        benchmark: name, what: "Store size", workload: year.shortTitle, unit: .bytesPerLine,
        target: .atMost(8, stretch: 5))
      try bench.add(finding) { finding in
        let store = try bench.store(of: try bench.file(year, .jsonLines))
        finding.figure = Double(Program.sizeOfStore(store.path)) / Double(year.lines)
      }
    }
  }
}
