/// Ten times the subscriptions, with ten times the lines, against one time.
struct LinearFeatures: Benchmark {
  let name = "features-linear"
  let summary = "the features of ten times the subscriptions, against those of one time"

  func run(on bench: Bench) throws {
    var small = bench.partner
    small.subscriptions /= 10
    small.lines /= 10
    try measure(small, bench.partner, on: bench)
    if bench.options.includesScale {
      var fewWeeks = bench.partner
      fewWeeks.exports = PartnerWorkload.exportsOfScale
      try measure(fewWeeks, fewWeeks.tenTimes, on: bench)
    }
  }

  private func measure(_ one: PartnerWorkload, _ ten: PartnerWorkload, on bench: Bench) throws {
    bench.note("Measuring ten times the subscriptions, \(ten.shortTitle)")
    let finding = Finding(
      benchmark: name,
      what: "Features of \(ten.landmarks.count) weeks, ten times the subscriptions",
      workload: ten.shortTitle, target: .atMost(11, stretch: 10))
    try bench.add(finding) { finding in
      let results = try bench.measure([
        try bench.buildingPanel(ten), try bench.buildingPanel(one),
      ])
      finding.measurements = results
      finding.figure = results[0].seconds.median / results[1].seconds.median
    }
  }
}

extension PartnerWorkload {
  /// Exports of the partner with ten times the subscriptions: half a year with its usage.
  static let exportsOfScale = 14

  /// Ten times the subscriptions and lines.
  var tenTimes: PartnerWorkload {
    var partner = self
    partner.subscriptions *= 10
    partner.lines *= 10
    return partner
  }
}
