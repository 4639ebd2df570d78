extension HistoryStore {
  /// How often each column is empty in the newest complete subscription export of each source in
  /// question, among the rows of Azure subscriptions.
  ///
  /// Takes one pass over the observations and one over the states that those exports show.
  func columnShares(
    of facts: QualityFacts
  ) throws(HistoryError) -> [QualityFacts.ColumnShare] {
    let asked = Set(facts.sourcesInQuestion.map(\.name))
    let newest = sources.map { source in
      asked.contains(source.name) ? source.days.last(where: \.isComplete)?.day : nil
    }
    var rowsByState = sources.map { _ in [Int64: Int]() }
    var unusedByState = rowsByState
    let imports = overview.imports
    try forEachSubscription(in: overview) { _, seen in
      for sighting in seen {
        let order = imports[Int(sighting.rank)]
        guard order.source >= 0, newest[order.source] == order.observedOn else { continue }
        rowsByState[order.source][sighting.state, default: 0] += 1
        if sighting.lastUsageDate == nil {
          unusedByState[order.source][sighting.state, default: 0] += 1
        }
      }
    }
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
