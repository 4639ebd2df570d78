import Files

/// The most memory that building features and writing them holds, less the table itself.
struct FeatureMemory: Benchmark {
  let name = "features-memory"
  let summary = "the most memory that writing the features holds, less their table"

  func run(on bench: Bench) throws {
    bench.note("Measuring the memory of features")
    let partner = bench.partner
    for isWritten in [false, true] {
      let finding = Finding(
        benchmark: name,
        what: "Peak memory of features \(isWritten ? "as CSV" : "in memory"), less the table",
        workload: partner.shortTitle, unit: .bytes, target: .atMost(300e6, stretch: 150e6))
      try bench.add(finding) { finding in
        let building = try bench.buildingPanel(partner).run()
        let run = isWritten ? try bench.writingPanel(partner).run() : building
        finding.figure = Double(run.peakMemory - (building.output["tableBytes"]?.int ?? 0))
      }
    }
  }
}
