import Files

// Whole partners: written and imported once, read by churn-risk from the store and by the peer from
// Parquet, which stands for its own import.

extension Bench {
  /// The partner of the comparisons.
  var partner: PartnerWorkload { PartnerWorkload(lines: options.lines) }

  /// The folder of a partner: written when it is missing.
  func folder(_ partner: PartnerWorkload) throws -> PartnerFolder {
    let folder = PartnerFolder(partner: partner, folder: options.folder)
    if fileSize(folder.mark) == nil {
      note("Writing \(folder.path)")
      try runSelf([
        "partner", "--subscriptions", "\(partner.subscriptions)", "--lines", "\(partner.lines)",
        "--exports", "\(partner.exports)", "--folder", options.folder,
      ])
    }
    return folder
  }

  /// A store with everything of a partner, made once.
  func store(of partner: PartnerWorkload) throws -> String {
    if let known = partnerStores[partner] { return known }
    let folder = try folder(partner)
    note("Importing \(folder.path)")
    let store = "\(scratch)/partner-\(partnerStores.count).sqlite"
    try program.importFolder(folder.path, into: store)
    partnerStores[partner] = store
    return store
  }

  /// The panel in memory, by churn-risk's own rooms; timed inside the process.
  func buildingPanel(_ partner: PartnerWorkload, isLabelled: Bool = true) throws -> Contender {
    let store = try store(of: partner)
    let days = partner.landmarks
    let from = isLabelled ? days[0] : days[days.count - 1]
    let words =
      ["build-features", store, "--from", "\(from)", "--to", "\(days[days.count - 1])"]
      + (isLabelled ? [] : ["--unlabelled"])
    return Contender(
      name: "\(Program.name), in memory",
      run: { try self.timedSelf(words) })
  }

  /// The panel as a CSV file, by the program as a user runs it.
  func writingPanel(_ partner: PartnerWorkload) throws -> Contender {
    let store = try store(of: partner)
    return Contender(
      name: "\(Program.name), as CSV",
      run: { try self.program.writePanel(of: partner, from: store, to: self.panelPath) })
  }

  /// Where panels are written.
  var panelPath: String { "\(scratch)/panel.csv" }

  /// Polars over the same days, after its values were compared with the panel at `panelPath`.
  ///
  /// - Throws: `NotMeasured` when it is not installed, fails, or has other values.
  func polarsPanels(_ partner: PartnerWorkload) throws -> [Contender] {
    let folder = try folder(partner)
    let panel = PeerPanel(runner: peers, partner: partner, folder: folder)
    try panel.prepare()
    let answer = try panel.run("compare", panelPath).output
    guard answer["rowsOfOneOnly"]?.int == 0, answer["missing"]?.array?.isEmpty ?? false,
      let differing = answer["differing"]?.object, differing.members.isEmpty
    else {
      let names = answer["differing"]?.object?.members.map(\.key) ?? []
      throw NotMeasured(
        reason: "Polars has other values: \(answer["rowsOfOneOnly"]?.int ?? 0) rows of one only, "
          + "columns \(names.joined(separator: " "))")
    }
    report.note(
      "Values of Polars and \(Program.name) agree to 1e-9 on all \(answer["columns"]?.int ?? 0) "
        + "columns of \(grouped(answer["rows"]?.int ?? 0)) rows, missing values included.")
    let own = "\(scratch)/polars.csv"
    let version = answer["version"]?.string ?? ""
    return [
      Contender(name: "Polars \(version), in memory", run: { try panel.run("run") }),
      Contender(name: "Polars \(version), as CSV", run: { try panel.run("run", own) }),
    ]
  }

  /// Runs this program as a child that says itself how long its work took.
  func timedSelf(_ words: [String]) throws -> Run {
    let child = try runSelf(words)
    return try Run(child, named: "churn-bench \(words[0])")
  }
}

extension Run {
  /// What a child measured of itself.
  ///
  /// - Throws: `NotMeasured` when it does not say how long its work took.
  init(_ child: ChildProcess, named name: String) throws {
    let output = try JSONValue(parsing: child.output, path: name)
    guard let seconds = output["seconds"]?.double,
      let processorSeconds = output["processorSeconds"]?.double
    else {
      throw NotMeasured(reason: "\(name) did not say how long it took")
    }
    self.init(
      seconds: seconds, processorSeconds: processorSeconds, peakMemory: child.peakMemory,
      output: output)
  }
}

/// The peer that builds panels.
struct PeerPanel {
  let runner: PeerRunner
  let partner: PartnerWorkload
  let folder: PartnerFolder

  private var script: String { "\(runner.scripts)/features_polars.py" }
  private var prepared: String { folder.path + ".parquet" }

  /// Makes the Parquet files, unless they are there.
  func prepare() throws {
    // The last one that is written.
    guard fileSize("\(prepared)/transfers.parquet") == nil else { return }
    _ = try start([script, "prepare", folder.path, prepared])
  }

  /// Runs `run` or `compare` over the partner's landmarks.
  ///
  /// - Throws: `NotMeasured` when it fails.
  func run(_ command: String, _ panel: String? = nil) throws -> Run {
    let days = partner.landmarks
    let words =
      [
        script, command, prepared, "\(runner.threads)", "\(PartnerWorkload.horizonDays)",
        "\(days[0])", "\(days[days.count - 1])", "\(PartnerWorkload.spacing)",
        "\(PartnerWorkload.lagDays)",
      ] + (panel.map { [$0] } ?? [])
    return try Run(start(words), named: "Polars")
  }

  private func start(_ words: [String]) throws -> ChildProcess {
    guard runner.isInstalled else {
      throw NotMeasured(reason: "Polars is not installed; 'make bench' installs it")
    }
    let child = try ChildProcess([runner.python, "-B"] + words, scratch: runner.scratch)
    guard child.status == 0 else {
      let last = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").last ?? ""
      throw NotMeasured(reason: "Polars ended with \(child.status): \(last)")
    }
    return child
  }
}
