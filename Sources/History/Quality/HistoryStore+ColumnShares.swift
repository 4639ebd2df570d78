extension HistoryStore {
  /// How often each column is empty in the newest complete subscription export of each source in
  /// question, among the rows of Azure subscriptions.
  ///
  /// Takes one scan of the observations, which hands out those of these exports only, and one of the
  /// states.
  func columnShares(
    of facts: QualityFacts
  ) throws(HistoryError) -> [QualityFacts.ColumnShare] {
    let asked = Set(facts.sourcesInQuestion.map(\.name))
    let newest = sources.map { source in
      asked.contains(source.name) ? source.days.last(where: \.isComplete)?.day : nil
    }
    let exports = overview.imports.filter { order in
      order.source >= 0 && order.resource == .subscriptions
        && newest[order.source] == order.observedOn
    }
    guard !exports.isEmpty else { return [] }
    let (rowsByState, unusedByState) = try rows(of: exports)
    let missing = try emptyColumnsOfStates()
    var shares: [QualityFacts.ColumnShare] = []
    for (index, source) in sources.enumerated() {
      guard let day = newest[index] else { continue }
      var rows = 0
      var counts = [Int](repeating: 0, count: StateRecord.columns.count + 1)
      for (state, count) in rowsByState[index] {
        guard let empty = missing[state] else { continue }
        rows += count
        for column in StateRecord.columns.indices where empty >> UInt64(column) & 1 == 1 {
          counts[column] += count
        }
        counts[StateRecord.columns.count] += unusedByState[index][state] ?? 0
      }
      guard rows > 0 else { continue }
      let file = facts.file(of: source.name, .subscriptions, on: day)?.path ?? ""
      for (column, count) in zip(StateRecord.columns + ["lastUsageDate"], counts) {
        shares.append(
          QualityFacts.ColumnShare(
            source: source.name, file: file, day: day, column: column, missing: count, rows: rows))
      }
    }
    return shares
  }

  /// How many rows of each source show a state, and how many of them have no `lastUsageDate`.
  ///
  /// Of several pages that list a subscription the later import counts, and rows that were rejected do
  /// not.
  private func rows(
    of exports: [ImportOrder]
  ) throws(HistoryError) -> (all: [[Int64: Int]], unused: [[Int64: Int]]) {
    var all = sources.map { _ in [Int64: Int]() }
    var unused = all
    let places = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1.name, $0) })
    let query = try connection.prepare(
      """
      SELECT source.name, state, lastUsageDate IS NULL, count(*) FROM (
        SELECT import.source AS source, state, lastUsageDate, max(observation.import)
        FROM observation JOIN import ON import.id = observation.import
        WHERE state != 0
          AND observation.import IN (\(exports.map { String($0.id) }.joined(separator: ", ")))
        GROUP BY import.source, subscription) AS newest
      JOIN source ON source.id = newest.source GROUP BY 1, 2, 3
      """)
    while try query.step() {
      guard let place = places[query.text(0)] else { continue }
      let count = Int(query.integer(3))
      all[place][query.integer(1), default: 0] += count
      if query.integer(2) != 0 { unused[place][query.integer(1), default: 0] += count }
    }
    return (all, unused)
  }

  /// For each state of an Azure subscription, or of one without a type, one bit for each column that
  /// is empty.
  private func emptyColumnsOfStates() throws(HistoryError) -> [Int64: UInt64] {
    // An absent status is kept as an empty text.
    let emptyText = try connection.integer("SELECT id FROM text WHERE value = ''")
    var masks: [Int64: UInt64] = [:]
    let query = try statement(
      """
      SELECT state.id, \(StateRecord.columns.joined(separator: ", ")) FROM state
      LEFT JOIN text ON text.id = subscriptionType
      WHERE subscriptionType IS NULL OR lower(text.value) = 'azure'
      """)
    while try query.step() {
      var mask: UInt64 = 0
      for column in StateRecord.columns.indices {
        let value = query.optionalInteger(Int32(column + 1))
        if value == nil || column == StateRecord.statusColumn && value == emptyText {
          mask |= 1 << UInt64(column)
        }
      }
      masks[query.integer(0)] = mask
    }
    return masks
  }
}
