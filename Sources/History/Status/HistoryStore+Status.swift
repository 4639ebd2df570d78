extension HistoryStore {
  /// Takes stock of the store; reads all of it.
  ///
  /// - Returns: the same for the same set of imports.
  /// - Throws: `.unusable` when the store is damaged.
  package func status() throws(HistoryError) -> StoreStatus {
    var status = StoreStatus()
    let rows = try imports()
    status.imports = rows.count
    status.customers = overview.customers.count
    status.rowsRejected = rows.reduce(0) { $0 + $1.rowsRejected }
    status.rowsIgnored = rows.reduce(0) { $0 + $1.rowsIgnored }
    status.sources = try sourceStatuses(rows)
    let observed = try countLatestStates(into: &status)
    status.idMatch = try idMatch()
    try countUsage(into: &status, observed)
    try readUsageDays(into: &status)
    try readNotes(into: &status)
    status.proposedExclusions = try proposedExclusions()
    let newest = rows.map(\.identity.observedOn).max()
    if let newest { status.reportingLagDays = try estimatedLag(asOf: newest) }
    let newestExport = status.sources.compactMap(\.lastSubscriptionExport).max()
    if let newestExport, let last = status.lastUsageDay {
      status.stalenessDays = max(0, newestExport - last)
    }
    status.quality = try qualityReport(status.idMatch)
    status.warnings = warnings(status)
    return status
  }

  /// Days without usage before the end that are worth a warning.
  private static let staleDays = 10

  private func sourceStatuses(
    _ rows: [ImportRow]
  ) throws(HistoryError) -> [StoreStatus.SourceStatus] {
    var clouds: [String: NationalCloud] = [:]
    for name in Set(rows.map(\.identity.source)) { clouds[name] = try cloud(ofSource: name) }
    let exporting = Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0) })
    return Dictionary(grouping: rows, by: \.identity.source).map { name, rows in
      let usage = rows.filter(\.identity.resource.hasUsage)
      let days = exporting[name]?.days ?? []
      return StoreStatus.SourceStatus(
        name: name, subscriptionExports: days.count, lastSubscriptionExport: days.last?.day,
        isLastExportComplete: days.last?.isComplete,
        incompleteExports: days.dropLast().filter { !$0.isComplete }.map(\.day),
        usageImports: usage.count,
        lastUsageImport: usage.map(\.identity.observedOn).max(), cloud: clouds[name] ?? .global)
    }.sorted { $0.name < $1.name }
  }

  /// Counts the subscriptions by their latest state.
  ///
  /// - Returns: the row ids of all subscriptions that exports have shown.
  private func countLatestStates(into status: inout StoreStatus) throws(HistoryError) -> Set<Int64>
  {
    var observed: Set<Int64> = []
    var subscriptionsByState: [Int64: Int] = [:]
    try forEachSubscription(in: overview) { subscription, seen in
      observed.insert(subscription)
      if let last = seen.last { subscriptionsByState[last.state, default: 0] += 1 }
    }
    var counts: [[String]: Int] = [:]
    let names = try statement(
      """
      SELECT state.id, coalesce(type.value, ''), coalesce(word.value, '') FROM state
      LEFT JOIN text AS type ON type.id = subscriptionType
      LEFT JOIN text AS word ON word.id = status
      """)
    while try names.step() {
      guard let count = subscriptionsByState[names.integer(0)] else { continue }
      counts[[names.text(1), names.text(2)], default: 0] += count
    }
    status.subscriptions = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      StoreStatus.SubscriptionCount(
        subscriptionType: $0.key[0], status: $0.key[1], count: $0.value)
    }
    return observed
  }

  private func countUsage(
    into status: inout StoreStatus, _ observed: Set<Int64>
  ) throws(HistoryError) {
    let merger = UsageMerger(overview.imports)
    for customer in overview.customers {
      for subscription in customer.subscriptions {
        var lines = 0
        var corrections = 0
        func count(_ merged: UsageHistory) {
          for index in 0..<merged.count {
            if index > 0, merged.days[index] == merged.days[index - 1],
              merged.meters[index] == merged.meters[index - 1]
            {
              corrections += 1
            } else {
              lines += 1
            }
          }
        }
        try forEachUsageMonth(of: subscription.id) { month in
          var merged = UsageHistory()
          merger.merge(&month, into: &merged)
          count(merged)
        }
        if hasBilling { count(try billedUsage(of: subscription.id, beside: nil)) }
        status.usageLines += lines
        status.usageCorrections += corrections
        if lines > 0, !observed.contains(subscription.id) {
          status.unknownSubscriptions += 1
          status.unknownSubscriptionLines += lines
        }
      }
    }
  }

  private func readUsageDays(into status: inout StoreStatus) throws(HistoryError) {
    // The usage of a month stands on one day: that the others have none is no gap.
    let query = try statement(
      """
      SELECT day, min(resource = 'monthlyUsage') FROM usage_day
      JOIN import ON import.id = usage_day.import GROUP BY day ORDER BY day
      """)
    var days: [CalendarDay] = []
    while try query.step() {
      let day = CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(0)))
      if query.integer(1) == 0 { days.append(day) }
      if status.firstUsageDay == nil { status.firstUsageDay = day }
      status.lastUsageDay = day
    }
    status.usageGaps = UsageGaps.gaps(between: days)
  }

  private func readNotes(into status: inout StoreStatus) throws(HistoryError) {
    let query = try statement(
      "SELECT kind, name, sum(count) FROM import_note GROUP BY kind, name ORDER BY kind, name")
    while try query.step() {
      guard let kind = ImportNote.Kind(rawValue: query.text(0)), kind.isUnknown else { continue }
      status.notes.append(
        StoreStatus.Note(kind: kind, name: query.text(1), rows: Int(query.integer(2))))
    }
  }

  private func warnings(_ status: StoreStatus) -> [String] {
    var warnings: [String] = []
    if let warning = status.idMatch?.warning { warnings.append(warning) }
    if let days = status.stalenessDays, let last = status.lastUsageDay, days > Self.staleDays {
      warnings.append(
        "usage ends on \(last), \(counted(days, "day")) before the last subscription export")
    }
    // Fresh usage of one source hides that another's is old.
    if status.sources.count(where: { $0.subscriptionExports + $0.usageImports > 0 }) > 1 {
      warnings += status.quality.filter { $0.name == StaleSources().name }.map(\.details)
    }
    // Weekends on which nobody ever works are no gap that a person has to look at.
    let days = status.quality.filter { $0.name == UsageGaps().name && $0.severity < .info }
      .reduce(0) { $0 + $1.count }
    if days > 0 {
      warnings.append(
        counted(days, "day") + " inside the usage \(days == 1 ? "has" : "have") no line for any "
          + "subscription; an export may be missing")
    }
    for source in status.sources {
      if let peculiarity = source.cloud.peculiarity {
        warnings.append("\(source.name): \(peculiarity)")
      }
    }
    for source in status.sources where source.isLastExportComplete == false {
      warnings.append(
        "the last subscription export of \(source.name) is incomplete; absence from it means nothing"
      )
    }
    for source in status.sources {
      guard let newest = source.incompleteExports.last else { continue }
      let days = counted(source.incompleteExports.count, "older subscription export")
      let isOne = source.incompleteExports.count == 1
      warnings.append(
        "\(days) of \(source.name) \(isOne ? "is" : "are") incomplete, "
          + (isOne ? "of \(newest)" : "the newest of them of \(newest)")
          + "; absence from \(isOne ? "it" : "them") means nothing")
    }
    return warnings
  }
}
