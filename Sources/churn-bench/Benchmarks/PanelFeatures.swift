/// All features of a year of weekly landmarks, in memory and as CSV.
struct PanelFeatures: Benchmark {
  let name = "features"
  let summary = "all features of weekly landmarks, against Polars"

  func run(on bench: Bench) throws {
    let partner = bench.partner
    bench.note("Measuring the features of \(partner.landmarks.count) landmarks")
    // The bar is for computing; writing the same bytes is the same work for both.
    let targets: [(way: String, target: Target?)] = [
      ("in memory", .atLeast(10, stretch: 30)), ("as CSV", nil),
    ]
    var findings = targets.map { way, target in
      Finding(
        benchmark: name, what: "Features of \(partner.landmarks.count) weeks, \(way), vs Polars",
        workload: partner.shortTitle, target: target)
    }
    do {
      let ours = [try bench.buildingPanel(partner), try bench.writingPanel(partner)]
      _ = try ours[1].run()
      let theirs = try bench.polarsPanels(partner)
      let results = try bench.measure(ours + theirs)
      for index in findings.indices {
        findings[index].compare(results[index], with: [results[index + ours.count]])
      }
      bench.report.note(
        "Features: both sides read what they imported before, churn-risk its store, Polars Parquet "
          + "sorted by day with numbers for ids. In memory both are timed from opening it to the "
          + "finished table with its outcome; as CSV churn-risk as a whole process, folds included, "
          + "which Polars does without.")
    } catch let reason as NotMeasured {
      for index in findings.indices { findings[index].problem = reason.reason }
    } catch let disturbed as Disturbed {
      for index in findings.indices { findings[index].problem = disturbed.advice }
    }
    bench.report.findings += findings
  }
}
