import Files

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
    do {
      // Shows at once whether the format is read at all.
      _ = try bench.store(of: file)
      var contenders = [bench.importing(file)]
      var places = [Range<Int>?](repeating: nil, count: opponents.count)
      for (index, opponent) in opponents.enumerated() {
        do {
          let start = contenders.count
          contenders += try bench.contenders(opponent.peer, on: file)
          places[index] = start..<contenders.count
        } catch let reason as NotMeasured {
          findings[index].problem = reason.reason
        }
      }
      let results = try bench.measure(contenders)
      for (index, place) in places.enumerated() {
        guard let place else { continue }
        findings[index].compare(results[0], with: Array(results[place]))
        tell(opponents[index].peer, findings[index], file, bench)
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

  /// Says how a peer was called, and how its work differs.
  private func tell(_ peer: Peer, _ finding: Finding, _ file: WorkloadFile, _ bench: Bench) {
    guard finding.measurements.count > 1, let run = finding.measurements[1].runs.first else {
      return
    }
    let name = finding.measurements[1].name
    bench.report.note("\(name): \(run.output["call"]?.string ?? "")")
    bench.report.note(peer.difference)
    if let bytes = run.output["bytes"]?.double, bytes > 0 {
      let perLine = Finding.Unit.bytesPerLine.text(bytes / Double(file.workload.lines))
      bench.report.note("\(peer.name)'s own file of \(file.workload.title): \(perLine).")
    }
  }
}
