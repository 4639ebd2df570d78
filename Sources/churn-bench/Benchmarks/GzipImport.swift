/// The same rows gzipped and plain.
struct GzipImport: Benchmark {
  let name = "gzip"
  let summary = "the import of gzipped files against that of plain ones"

  func run(on bench: Bench) throws {
    for format in WorkloadFormat.allCases {
      bench.note("Measuring \(format.title), gzipped and plain")
      let finding = Finding(
        benchmark: name, what: "\(format.title), gzipped vs plain",
        workload: bench.year.shortTitle, target: .atMost(1.6, stretch: 1.2))
      try bench.add(finding) { finding in
        let plain = try bench.file(bench.year, format)
        let gzipped = try bench.file(bench.year, format, isGzipped: true)
        // Shows at once whether the format is read at all.
        _ = try bench.store(of: plain)
        let results = try bench.measure([
          bench.importing(gzipped, name: "\(Program.name), gzipped"), bench.importing(plain),
        ])
        finding.measurements = results
        finding.figure = results[0].seconds.median / results[1].seconds.median
      }
    }
  }
}
