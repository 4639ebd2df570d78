/// The features of one landmark, as the weekly scoring needs them, against reading all usage once.
struct WeeklyFeatures: Benchmark {
  let name = "weekly-features"
  let summary = "the features of one landmark, against reading all usage back once"

  func run(on bench: Bench) throws {
    try measure(bench.partner, target: nil, on: bench)
    if bench.options.includesScale {
      var partner = bench.partner.tenTimes
      partner.exports = PartnerWorkload.exportsOfScale
      try measure(partner, target: .atMost(3, stretch: 2), on: bench)
    }
  }

  private func measure(_ partner: PartnerWorkload, target: Target?, on bench: Bench) throws {
    bench.note("Measuring the features of one landmark, \(partner.shortTitle)")
    let finding = Finding(
      benchmark: name, what: "Features of one week vs reading usage back",
      workload: partner.shortTitle, target: target)
    try bench.add(finding) { finding in
      let store = try bench.store(of: partner)
      let reading = Contender(
        name: "\(Program.name), reading usage back",
        run: { try bench.timedSelf(["read-back", store]) })
      let results = try bench.measure([
        try bench.buildingPanel(partner, isLabelled: false), reading,
      ])
      finding.measurements = results
      finding.figure = results[0].seconds.median / results[1].seconds.median
    }
  }
}
