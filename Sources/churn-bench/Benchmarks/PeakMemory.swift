/// The most memory that an import holds, as the kernel counts it.
struct PeakMemory: Benchmark {
  let name = "peak-memory"
  let summary = "the most memory that an import holds"

  func run(on bench: Bench) throws {
    bench.note("Measuring peak memory")
    for year in [bench.year] + (bench.bigYear.map { [$0] } ?? []) {
      for (format, isGzipped) in [
        (WorkloadFormat.jsonLines, false), (.csv, false), (.jsonLines, true),
      ] {
        let finding = Finding(
          benchmark: name,
          what: "Peak memory, \(format.title)\(isGzipped ? ", gzipped" : "")",
          workload: year.shortTitle, unit: .bytes, target: .atMost(384e6, stretch: 192e6))
        try bench.add(finding) { finding in
          let file = try bench.file(year, format, isGzipped: isGzipped)
          let contender = bench.importing(file)
          try contender.prepare()
          finding.figure = Double(try contender.run().peakMemory)
        }
      }
    }
  }
}
