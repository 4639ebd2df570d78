import CommandLineKit
import Files

/// What the benchmarks share: options, files, stores that were made once, and the report.
final class Bench {
  struct Options {
    /// Lines of the year.
    var lines = 2_000_000
    /// Whether ten times as many are measured, too.
    var includesScale = false
    var series: Series
    /// The folder of the workload files, which are kept.
    var folder: String
    var isQuiet = false
  }

  let options: Options
  let program: Program
  let peers: PeerRunner
  var report = Report()
  /// Things of this run, removed at its end.
  let scratch: String
  /// Measured when first asked for.
  private(set) lazy var kernelLimits = KernelLimits(threads: program.threads)
  private var stores: [WorkloadFile: (path: String, readBack: JSONValue)] = [:]
  /// Stores of whole partners; see `partner`.
  var partnerStores: [PartnerWorkload: String] = [:]

  init(_ options: Options, program: Program, peers: PeerRunner, scratch: String) {
    self.options = options
    self.program = program
    self.peers = peers
    self.scratch = scratch
  }

  // MARK: - Lines

  /// The years that the comparisons run over: both orders, few and many meters.
  var years: [Workload] {
    [24, 2_000].flatMap { meters in
      Workload.Order.allCases.map {
        Workload(lines: options.lines, meterCount: meters, order: $0)
      }
    }
  }

  /// The year for benchmarks that need one only.
  var year: Workload { years[0] }

  /// Ten times as many lines; nil unless asked for.
  var bigYear: Workload? {
    options.includesScale ? Workload(lines: options.lines * 10) : nil
  }

  /// The file of a workload: written when it is missing, and in the page cache.
  func file(
    _ workload: Workload, _ format: WorkloadFormat, isGzipped: Bool = false
  ) throws -> WorkloadFile {
    let file = WorkloadFile(
      workload: workload, format: format, isGzipped: isGzipped, folder: options.folder)
    if fileSize(file.path) == nil {
      note("Writing \(file.path)")
      try removeOtherVersions()
      try runSelf(file.writingWords)
    }
    try readThrough(file.path)
    return file
  }

  private func removeOtherVersions() throws {
    for name in namesOfFolder(options.folder)
    where name.hasPrefix("usage-v") && !name.hasPrefix("usage-v\(Workload.version)-") {
      try removeFile("\(options.folder)/\(name)")
    }
  }

  /// Runs this program as a child, so that its memory is not counted into what is measured.
  @discardableResult
  func runSelf(_ words: [String]) throws -> ChildProcess {
    let child = try ChildProcess([pathOfThisProgram()] + words, scratch: scratch)
    guard child.status == 0 else {
      throw NotMeasured(reason: "churn-bench \(words[0]) failed: \(firstLine(child.errors))")
    }
    return child
  }

  /// Reads all usage of a store in a process of its own; its seconds are processor time.
  func readBack(_ store: String) throws -> Run {
    let child = try runSelf(["read-back", store])
    let output = try JSONValue(parsing: child.output, path: "churn-bench read-back")
    guard let seconds = output["processorSeconds"]?.double else {
      throw NotMeasured(reason: "reading back did not say how long it took")
    }
    return Run(
      seconds: seconds, processorSeconds: seconds, peakMemory: child.peakMemory, output: output)
  }

  // MARK: - Contenders

  /// A store with the lines of a file, made once, read back and compared with what was written.
  func store(of file: WorkloadFile) throws -> (path: String, readBack: JSONValue) {
    if let known = stores[file] { return known }
    let path = "\(scratch)/\(stores.count).sqlite"
    _ = try program.importFile(file, into: path)
    let readBack = try readBack(path).output
    guard readBack["rows"]?.int == file.workload.lines else {
      throw NotMeasured(
        reason: "the store gives \(readBack["rows"]?.int ?? 0) lines of \(file.workload.lines)")
    }
    stores[file] = (path, readBack)
    return (path, readBack)
  }

  /// Our import of a file into a fresh store.
  func importing(_ file: WorkloadFile, name: String = Program.name) -> Contender {
    let store = "\(scratch)/fresh.sqlite"
    return Contender(
      name: name, prepare: { try Program.removeStore(store) },
      run: { try self.program.importFile(file, into: store) })
  }

  /// A peer with each of its settings, after its lines were compared with ours.
  ///
  /// - Throws: `NotMeasured` when it is not installed, fails, or has other lines.
  func contenders(_ peer: Peer, on file: WorkloadFile) throws -> [Contender] {
    let ours = try store(of: file).readBack["quantity"]?.double ?? 0
    return try peer.settings.map { setting in
      try peers.removeStore()
      let run = try peers.run(peer, setting: setting, on: file)
      guard let theirs = run.output["quantity"]?.double, abs(theirs - ours) <= 1e-9 * ours else {
        throw NotMeasured(reason: "\(peer.name) sums to another quantity than the store")
      }
      return Contender(
        name: "\(peer.name) \(run.output["version"]?.string ?? ""), \(setting)",
        prepare: { try self.peers.removeStore() },
        run: { try self.peers.run(peer, setting: setting, on: file) })
    }
  }

  /// Measures contenders against each other, each run with a quiet disk and an eye on the others.
  func measure(_ contenders: [Contender]) throws -> [Measurement] {
    try options.series.measure(
      contenders.map { contender in
        Contender(
          name: contender.name,
          prepare: {
            try contender.prepare()
            writeOutEverything()
          },
          run: {
            let before = try ProcessorTime.now()
            var run = try contender.run()
            run.disturbance = try ProcessorTime.now().disturbance(since: before)
            return run
          })
      })
  }

  // MARK: - Findings

  /// Adds the finding that `measure` completes, or the reason why there is none.
  func add(_ finding: Finding, _ measure: (inout Finding) throws -> Void) throws {
    var finding = finding
    do {
      try measure(&finding)
    } catch let reason as NotMeasured {
      finding.problem = reason.reason
    } catch let disturbed as Disturbed {
      finding.problem = disturbed.advice
    }
    report.findings.append(finding)
  }

  /// Says what is being done.
  func note(_ text: String) {
    if !options.isQuiet { StandardStream.note(text) }
  }
}

extension WorkloadFile {
  /// The words that have `churn-bench workload` write this file.
  var writingWords: [String] {
    [
      "workload", "--lines", "\(workload.lines)", "--subscriptions", "\(workload.subscriptions)",
      "--meters", "\(workload.meterCount)", "--order", workload.order.rawValue, "--from",
      "\(workload.firstDay)", "--days", "\(workload.dayCount)",
      "--format", format.rawValue, "--folder", folder,
    ] + (isGzipped ? ["--gzip"] : [])
  }
}
