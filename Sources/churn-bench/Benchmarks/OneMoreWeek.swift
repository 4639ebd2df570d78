/// The usage of one more week into a store that holds a year, as a weekly job does it.
///
///     figure = (time of the week − 100 ms) / (time of the year · lines of the week / lines of the year)
struct OneMoreWeek: Benchmark {
  let name = "one-more-week"
  let summary = "a week's lines into a store that holds a year, against their share of the year"

  /// What a run may take whatever its lines: the start, the fsyncs, reading what the store holds.
  private static let allowance = 0.1

  func run(on bench: Bench) throws {
    try measure(bench.year, target: nil, on: bench)
    if let year = bench.bigYear {
      try measure(year, target: .atMost(1.5, stretch: 1), on: bench)
    }
  }

  private func measure(_ year: Workload, target: Target?, on bench: Bench) throws {
    bench.note("Measuring one more week, \(year.title)")
    let finding = Finding(
      benchmark: name, what: "One more week less 100 ms vs its share",
      workload: year.shortTitle, target: target)
    try bench.add(finding) { finding in
      let file = try bench.file(year, .jsonLines)
      let week = try bench.file(year.nextWeek, .jsonLines)
      let held = try bench.store(of: file).path
      let grown = "\(bench.scratch)/grown.sqlite"
      let addingWeek = Contender(
        name: "\(Program.name), the week",
        prepare: {
          try Program.removeStore(grown)
          let copying = try ChildProcess(["/bin/cp", held, grown], scratch: bench.scratch)
          guard copying.status == 0 else {
            throw NotMeasured(reason: "the store could not be copied")
          }
        }, run: { try bench.program.importFile(week, into: grown) })
      let results = try bench.measure([
        addingWeek, bench.importing(file, name: "\(Program.name), the year"),
      ])
      finding.measurements = results
      let share =
        results[1].seconds.median * Double(year.nextWeek.lines) / Double(year.lines)
      finding.figure = (results[0].seconds.median - Self.allowance) / share
      try Program.removeStore(grown)
    }
  }
}
