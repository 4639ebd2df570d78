// The facts of the quality report.
//
//   import, import_note          every row
//   usage_day                    every row: one for each import and usage day
//   observation                  one scan, for the rows of each source's newest complete export
//   state                        one pass
//   usage, billing               two seeks into each index for each subscription; lines are unpacked only
//                                of subscriptions that are used before the month of their start
//
// No other usage is read: a history of 20 million lines costs as much as its subscriptions and exports.

extension HistoryStore {
  /// What is odd about the history.
  ///
  /// - Parameter idMatch: of the store.
  /// - Returns: the worst first.
  /// - Throws: `.unusable` when the store is damaged.
  func qualityReport(_ idMatch: IdMatch?) throws(HistoryError) -> [QualityFinding] {
    var facts = QualityFacts()
    facts.files = try storedFiles { _ in true }
    facts.sources = sources
    facts.idMatch = idMatch
    try readUsageDays(into: &facts)
    facts.columns = try columnShares(of: facts)
    try readUse(into: &facts)
    return facts.findings
  }

  /// What is odd about the files of an import, in the history as it is with them.
  ///
  /// - Parameters:
  ///   - added: the files that were added, or, in a rehearsal, that would have been.
  ///   - importIds: their numbers; none in a rehearsal.
  ///   - idMatch: of the store.
  /// - Returns: the worst first.
  /// - Throws: `.unusable` when the store is damaged.
  func qualityReport(
    of added: [QualityFacts.File], _ importIds: Set<Int64>, _ idMatch: IdMatch?
  ) throws(HistoryError) -> [QualityFinding] {
    guard !added.isEmpty else { return [] }
    var facts = QualityFacts()
    facts.isWholeHistory = false
    facts.files = try storedFiles { importIds.contains($0) }
    if importIds.isEmpty { facts.files = (facts.files + added).sorted(by: Self.isBefore) }
    facts.sources = sources
    facts.idMatch = idMatch
    // A scan of the observations is worth it only where there are new ones.
    if !importIds.isEmpty, added.contains(where: { $0.resource == .subscriptions }) {
      facts.columns = try columnShares(of: facts)
    }
    if facts.idMatch?.isTooLow == true { try readUse(into: &facts) }
    return facts.findings
  }

  // MARK: - Files and days

  private static func isBefore(_ left: QualityFacts.File, _ right: QualityFacts.File) -> Bool {
    (left.observedOn, left.source, left.path, left.resource.rawValue)
      < (right.observedOn, right.source, right.path, right.resource.rawValue)
  }

  private func storedFiles(
    isInQuestion: (Int64) -> Bool
  ) throws(HistoryError) -> [QualityFacts.File] {
    var notes: [Int64: [ImportNote]] = [:]
    let query = try statement(
      "SELECT import, kind, name, count FROM import_note ORDER BY import, kind, name")
    while try query.step() {
      guard let kind = ImportNote.Kind(rawValue: query.text(1)) else { continue }
      notes[query.integer(0), default: []].append(
        ImportNote(kind: kind, name: query.text(2), count: Int(query.integer(3))))
    }
    return try imports().map { row in
      QualityFacts.File(
        row, notes: notes[row.id] ?? [], isInQuestion: isInQuestion(row.id))
    }.sorted(by: Self.isBefore)
  }

  private func readUsageDays(into facts: inout QualityFacts) throws(HistoryError) {
    let query = try statement(
      """
      SELECT day, source.name, min(resource = 'monthlyUsage') FROM usage_day JOIN import ON import.id = usage_day.import
        JOIN source ON source.id = import.source
      GROUP BY day, source.name ORDER BY day
      """)
    while try query.step() {
      let day = CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(0)))
      // The usage of a month stands on one day: that the others have none is no gap.
      if query.integer(2) == 0, facts.usageDays.last != day { facts.usageDays.append(day) }
      facts.newestUsageDays[query.text(1)] = day
    }
  }

  // MARK: - Subscriptions with usage

  private func readUse(into facts: inout QualityFacts) throws(HistoryError) {
    let starts = try earliestStarts()
    var used = QualityFacts.UsedSubscriptions()
    var early = QualityFacts.EarlyUsage()
    var usageOnly: Set<Int64> = []
    var suspects: [(subscription: Int64, month: Int32, start: Int32)] = []
    let query = try statement(
      """
      SELECT id,
        (SELECT min(month) FROM (
          \(SettledUsage.tables.map {
            "SELECT min(month) AS month FROM \($0) WHERE \($0).subscription = subscription.id"
          }.joined(separator: " UNION ALL "))
          UNION ALL
          SELECT min(month) FROM billing WHERE billing.subscription = subscription.id)),
        EXISTS (SELECT 1 FROM observation WHERE observation.subscription = subscription.id)
      FROM subscription
      """)
    while try query.step() {
      guard let month = query.optionalInteger(1) else { continue }
      used.withUsage += 1
      if query.integer(2) == 0 { usageOnly.insert(query.integer(0)) }
      guard let start = starts[query.integer(0)] else { continue }
      early.subscriptions += 1
      suspects.append((query.integer(0), Int32(clamping: month), start))
    }
    used.usageOnly = usageOnly.count
    used.ofOtherTypes = max(0, used.withUsage - usageOnly.count - (facts.idMatch?.known ?? 0))
    for customer in overview.customers {
      let unknown = customer.subscriptions.count { usageOnly.contains($0.id) }
      if unknown < customer.subscriptions.count { used.ofKnownCustomers += unknown }
    }
    facts.used = used
    var reader = UsageReader(self)
    for suspect in suspects {
      let firstDay = MonthCalendar.dayBefore(month: suspect.month) + 1
      guard firstDay < suspect.start - 1 else { continue }
      var first = try reader.lines(of: suspect.subscription).first?.day
      if hasBilling, let billed = try billedUsage(of: suspect.subscription, beside: nil).days.first
      {
        first = min(first ?? billed, billed)
      }
      if let first, first.daysSinceEpoch < suspect.start - 1 { early.early += 1 }
    }
    facts.earlyUsage = early
  }

  /// The first day of each subscription that any row has named, in days since 1970-01-01.
  private func earliestStarts() throws(HistoryError) -> [Int64: Int32] {
    var starts: [Int64: Int32] = [:]
    let query = try statement(
      """
      SELECT subscription, min(coalesce(creationDate, effectiveStartDate)),
        min(coalesce(effectiveStartDate, creationDate))
      FROM state GROUP BY subscription
      """)
    while try query.step() {
      let days = [query.optionalInteger(1), query.optionalInteger(2)].compactMap(\.self)
      if let first = days.min() { starts[query.integer(0)] = Int32(clamping: first) }
    }
    return starts
  }
}

extension QualityFacts.File {
  /// A file as the store lists it.
  init(_ row: ImportRow, notes: [ImportNote], isInQuestion: Bool) {
    self.init(
      path: row.file, resource: row.identity.resource, source: row.identity.source,
      observedOn: row.identity.observedOn, rowsAccepted: row.rowsAccepted,
      rowsRejected: row.rowsRejected, rowsIgnored: row.rowsIgnored,
      rowsTwice: row.rowsRepeated + row.rowsRestated, hasNextLink: row.hasNextLink,
      totalCount: row.totalCount, notes: notes, isInQuestion: isInQuestion)
  }
}
