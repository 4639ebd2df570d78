// Billed lines on their way from a file into the store.
//
//   line ──► append ──► up to `capacity` ──► sort by (subscription, day, meter, identity, row)
//        ──► the same row again: dropped     ──► the same line, another row: added up
//
// A price that changes within a day, or hourly rows of a daily meter, make several rows of one line;
// they add up. A row that names its resource and repeats another one to the last letter, also in the
// columns that are not read, is a repetition. Rows that name none may be alike and yet be of two machines:
// they add up.
//
// Repetitions are found in all of a file: of what was drained before, the numbers of the rows stay.

/// Collects the billed lines of one file.
struct BilledStaging {
  struct Entry {
    var subscription: Int64
    var line: BilledLine
    /// Made from everything the row says.
    var row: UInt64
    /// Whether the same row again says nothing new.
    var mayRepeat: Bool
  }

  /// How many lines are held at most.
  let capacity: Int
  private var entries: [Entry] = []
  /// The numbers of the rows that were drained, each time in order.
  private var drainedRows: [[UInt64]] = []
  /// Rows that repeat another one to the last letter.
  private(set) var repeated = 0

  init(capacity: Int = 1_000_000) { self.capacity = capacity }

  var isFull: Bool { entries.count >= capacity }
  var isEmpty: Bool { entries.isEmpty }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Empties the staging.
  ///
  /// - Returns: the lines of each subscription, ordered, each identity once.
  mutating func drain() -> [(subscription: Int64, lines: [BilledLine])] {
    entries.sort { left, right in
      if left.subscription != right.subscription { return left.subscription < right.subscription }
      if !left.line.isSame(as: right.line) { return BilledLine.isOrdered(left.line, right.line) }
      return left.row < right.row
    }
    var drained: [(subscription: Int64, lines: [BilledLine])] = []
    let wasFull = isFull
    for (index, entry) in entries.enumerated() {
      if entry.mayRepeat, isRepetition(of: index) || wasDrained(entry.row) {
        repeated += 1
        continue
      }
      if drained.last?.subscription != entry.subscription {
        drained.append((entry.subscription, [entry.line]))
        continue
      }
      let last = drained.count - 1
      let end = drained[last].lines.count - 1
      if !drained[last].lines[end].isSame(as: entry.line) {
        drained[last].lines.append(entry.line)
      } else {
        drained[last].lines[end].add(entry.line)
      }
    }
    // A file that was not full is at its end.
    if wasFull { drainedRows.append(entries.filter(\.mayRepeat).map(\.row).sorted()) }
    entries.removeAll()
    return drained
  }

  /// Whether an entry says the same as the one before it.
  private func isRepetition(of index: Int) -> Bool {
    guard index > 0 else { return false }
    let (last, entry) = (entries[index - 1], entries[index])
    return last.subscription == entry.subscription && last.line.isSame(as: entry.line)
      && last.row == entry.row
  }

  private func wasDrained(_ row: UInt64) -> Bool {
    drainedRows.contains { rows in
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low < rows.count && rows[low] == row
    }
  }
}
