import CommandLineKit
import Files

/// The lists of 200 account managers in each format, against Python scripts that write the same.
struct Lists: Benchmark {
  let name = "lists"
  let summary = "at-risk lists in each format, against Python, XlsxWriter and Jinja2"

  private static let formats = ["csv", "json", "xlsx", "html"]

  func run(on bench: Bench) throws {
    let workload = bench.scores
    for format in Self.formats {
      bench.note("Measuring lists as \(format)")
      let finding = Finding(
        benchmark: name, what: "Lists as \(format) vs Python", workload: workload.shortTitle,
        target: .atLeast(5, stretch: 10))
      var peak: Int?
      try bench.add(finding) { finding in
        let comparison = ListComparison(
          format: format, scores: try bench.scoresFile(workload), bench: bench)
        peak = try comparison.check()
        let results = try bench.measure(try comparison.contenders())
        finding.compare(results[0], with: [results[1]])
        peak = results[0].peakMemory
      }
      let memory = Finding(
        benchmark: name, what: "Peak memory of lists as \(format)", workload: workload.shortTitle,
        unit: .bytes, target: .atMost(600e6, stretch: 450e6))
      try bench.add(memory) { memory in
        guard let peak else { throw NotMeasured(reason: "the lists were not written") }
        memory.figure = Double(peak)
      }
    }
  }
}
