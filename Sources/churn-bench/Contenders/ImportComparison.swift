/// The import of one format against the peers, over all years.
struct ImportComparison {
  /// The benchmark's name.
  var benchmark: String
  var format: WorkloadFormat
  /// What is demanded against each peer.
  var opponents: [(peer: Peer, target: Target?)]

  /// Measures the years in turn; the first one is also compared with the machine's limits.
  func run(over years: [Workload], on bench: Bench) throws {
    for (index, year) in years.enumerated() {
      bench.note("Measuring \(format.title), \(year.title)")
      let file = try bench.file(year, format)
      var findings = opponents.map { opponent in
        Finding(
          benchmark: benchmark, what: "\(format.title) into a store vs \(opponent.peer.name)",
          workload: year.shortTitle, target: opponent.target)
      }
      try measure(file, &findings, on: bench, withLimits: index == 0)
      bench.report.findings += findings
    }
  }

  private func measure(
    _ file: WorkloadFile, _ findings: inout [Finding], on bench: Bench, withLimits: Bool
  ) throws {
    var contenders = [bench.importing(file)]
    var measured: [Int] = []
    do {
      _ = try bench.store(of: file)
      for (index, opponent) in opponents.enumerated() {
        do {
          contenders.append(try bench.contender(opponent.peer, on: file))
          measured.append(index)
        } catch let reason as NotMeasured {
          findings[index].problem = reason.reason
        }
      }
      let results = try bench.measure(contenders)
      for (place, index) in measured.enumerated() {
        let (ours, theirs) = (results[0], results[place + 1])
        findings[index].measurements = [ours, theirs]
        findings[index].figure = theirs.seconds.median / ours.seconds.median
      }
      if withLimits {
        bench.report.limits.append(
          try PhysicalLimits.measure(
            file, imported: results[0].seconds.median, processors: bench.program.threads))
      }
    } catch let reason as NotMeasured {
      for index in findings.indices { findings[index].problem = reason.reason }
    } catch let disturbed as Disturbed {
      for index in findings.indices { findings[index].problem = disturbed.advice }
    }
  }
}
