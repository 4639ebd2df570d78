internal import Files
internal import History

/// A synthetic Microsoft partner in the shape of Partner Center's analytics exports, with the truth.
///
/// ```
/// DIR/2025-05-26/subscriptions.json    every subscription as it looked that day
/// DIR/2025-05-26/usage.jsonl.gz        usage that became available since the last export
/// …                                    one folder a week and partner tenant; days never collide
/// DIR/owners.csv                       account managers, in the importer's format
/// DIR/exclusions.csv                   the partner's own and test tenants, in the importer's format
/// DIR/truth.csv                        subscriptionId,event,date: what really happened
/// DIR/truth-hazard.csv                 the generator's own probabilities: no model can know more
/// DIR/simulation.json                  the parameters that made all this
/// ```
/// The folder is deterministic to the byte in its parameters. Everything in it is invented.
package struct Simulation: Sendable {
  package let parameters: SimulationParameters

  /// - Throws: `SimulationError.parameter` for the first parameter out of its range.
  package init(_ parameters: SimulationParameters) throws(SimulationError) {
    try parameters.validate()
    self.parameters = parameters
  }

  /// Simulates and writes the whole folder; nothing of it remains when that fails.
  ///
  /// - Parameters:
  ///   - directory: created when missing. It must be empty or come from the same parameters, in
  ///     which case its files are replaced and files of others in it stay.
  ///   - progress: called after each export with the number done and to be done.
  /// - Returns: what was written.
  /// - Throws: `SimulationError` other than `parameter`.
  package func write(
    to directory: String, progress: (_ done: Int, _ exports: Int) -> Void = { _, _ in }
  ) throws(SimulationError) -> SimulationSummary {
    let manifest = Manifest(parameters).text
    let folder = try SimulationFolder(path: directory, manifest: manifest)
    do {
      let summary = try write(into: folder, progress: progress)
      try writeFile(folder.staged(SimulationFolder.manifestName)) { try $0.write(manifest) }
      try folder.publish()
      return summary
    } catch {
      folder.discard()
      throw SimulationError(error, path: directory)
    }
  }

  private func write(
    into folder: SimulationFolder, progress: (_ done: Int, _ exports: Int) -> Void
  ) throws -> SimulationSummary {
    let factory = CustomerFactory(parameters)
    let customers = factory.customers()
    var summary = SimulationSummary()
    summary.customers = customers.count
    var truth = Truth()
    let exportCount = factory.tenants.count * parameters.weeks
    for (index, tenant) in factory.tenants.enumerated() {
      var simulation = TenantSimulation(
        parameters: parameters, tenant: tenant, customers: customers.filter { $0.tenant == index })
      var writer = ExportWriter(simulation)
      for week in simulation.calendar.allWeeks {
        let events = simulation.advance(week: week)
        truth.add(events, of: simulation, week: week)
        guard week >= 0 else { continue }
        try folder.makeDay(simulation.calendar.exportDay(week))
        try writer.write(&simulation, week: week, to: folder)
        progress(index * parameters.weeks + week + 1, exportCount)
      }
      summary.add(simulation, writer)
    }
    summary.churned = truth.churnedCount
    summary.activeSubscriptionYears = truth.activeSubscriptionYears
    try truth.write(to: folder)
    try OwnersFile(tenants: factory.tenants, customers: customers).write(to: folder)
    return summary
  }
}

/// What was written, for the command to print.
package struct SimulationSummary: Sendable, Hashable {
  package var customers = 0
  /// Azure subscriptions that existed at some time.
  package var subscriptions = 0
  package var exports = 0
  package var subscriptionRows = 0
  package var usageLines = 0
  /// Azure subscriptions that left for good between the first and the last export.
  package var churned = 0
  /// Time that active Azure subscriptions spent between the first and the last export.
  package var activeSubscriptionYears = 0.0

  /// Departures per active subscription and year.
  package var annualChurn: Double {
    activeSubscriptionYears > 0 ? Double(churned) / activeSubscriptionYears : 0
  }

  mutating func add(_ simulation: TenantSimulation, _ writer: ExportWriter) {
    subscriptions += simulation.customers.reduce(0) { $0 + $1.subscriptions.count }
    exports += simulation.calendar.weeks
    subscriptionRows += writer.subscriptionRows
    usageLines += writer.usageLines
  }
}
