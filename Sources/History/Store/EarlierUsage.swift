/// Which imports brought usage of which days: what a new file can meet, without reading a blob.
struct EarlierUsage {
  /// Position in the order by observation day, source and number, by import id; later ones win.
  private var ranks: [Int64: Int32] = [:]
  /// Usage days since 1970-01-01 of each import, ascending.
  private var days: [Int64: [Int32]] = [:]

  /// Reads the days of all imports.
  ///
  /// - Parameter store: In a transaction, so that nobody else adds to it.
  /// - Throws: `.unusable` when the store is damaged.
  init(_ store: HistoryStore) throws(HistoryError) {
    let order = try store.statement(
      """
      SELECT import.id FROM import LEFT JOIN source ON source.id = import.source
      ORDER BY observedOn, source.name, import.id
      """)
    while try order.step() { ranks[order.integer(0)] = Int32(ranks.count) }
    let query = try store.statement("SELECT import, day FROM usage_day ORDER BY import, day")
    while try query.step() {
      days[query.integer(0), default: []].append(Int32(clamping: query.integer(1)))
    }
  }

  /// What of it a file meets.
  ///
  /// - Parameters:
  ///   - wanted: By days since 1970-01-01, whether the file has lines of that day.
  ///   - own: By day, how many lines the earlier chunks of the file brought.
  ///   - importId: The file's, which comes after all others.
  /// - Returns: nil when no day of the file was ever brought before.
  func meeting(_ wanted: [Bool], own: [Int], importId: Int64) -> MetUsage? {
    var met = MetUsage(days: [Bool](repeating: false, count: wanted.count))
    for (id, days) in days { met.add(days, wanted, id: id, rank: ranks[id] ?? Int32.max - 1) }
    let ownDays = own.indices.filter { own[$0] > 0 }.map { Int32($0) }
    met.add(ownDays, wanted, id: importId, rank: Int32.max)
    return met.ranks.isEmpty ? nil : met
  }
}

/// Earlier usage of the days of a file.
struct MetUsage {
  /// By days since 1970-01-01: the file and an earlier import have lines of it.
  var days: [Bool]
  /// Of the imports with lines of these days; later ones win.
  private(set) var ranks: [Int64: Int32] = [:]
  /// The first month of which one of these imports has any lines.
  private(set) var firstMonth = Int32.max

  fileprivate mutating func add(_ found: [Int32], _ wanted: [Bool], id: Int64, rank: Int32) {
    var isMet = false
    for day in found where wanted[Int(day)] {
      days[Int(day)] = true
      isMet = true
    }
    guard isMet, let first = found.first else { return }
    ranks[id] = rank
    var calendar = MonthCalendar()
    firstMonth = min(firstMonth, calendar.split(first).month)
  }
}
