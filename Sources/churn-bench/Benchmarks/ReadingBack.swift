/// All usage out of the store, as training reads it: customer by customer, corrections merged.
struct ReadingBack: Benchmark {
  let name = "read-back"
  let summary = "reading all usage back, per processor"

  func run(on bench: Bench) throws {
    for year in bench.years + (bench.bigYear.map { [$0] } ?? []) {
      bench.note("Measuring reading back, \(year.title)")
      let finding = Finding(
        benchmark: name, what: "Reading all back, per processor", workload: year.shortTitle,
        unit: .linesPerSecond, target: .atLeast(40e6, stretch: 80e6))
      try bench.add(finding) { finding in
        let store = try bench.store(of: try bench.file(year, .jsonLines))
        let reading = Contender(
          name: "\(Program.name), processor time", run: { try bench.readBack(store.path) })
        let results = try bench.measure([reading])
        finding.measurements = results
        finding.figure = Double(year.lines) / results[0].seconds.median
      }
    }
  }
}
