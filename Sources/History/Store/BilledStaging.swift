// Billed lines on their way from a file into the store.
//
//   line ──► append ──► up to `capacity` ──► sort by (subscription, day, meter, identity, row)
//        ──► the same row again: dropped     ──► the same line, another row: added up
//
// A price that changes within a day, or hourly rows of a daily meter, make several rows of one line;
// they add up. A row that repeats another one to the last letter is a repetition. Repetitions are
// found within one filling of the staging, which is all of a file of up to a million rows.

/// Collects the billed lines of one file.
struct BilledStaging {
  struct Entry {
    var subscription: Int64
    var line: BilledLine
    /// Made from everything the row says.
    var row: UInt64
  }

  static let capacity = 1_000_000
  private var entries: [Entry] = []
  /// Rows that repeat another one to the last letter.
  private(set) var repeated = 0

  var isFull: Bool { entries.count >= Self.capacity }
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
    for (index, entry) in entries.enumerated() {
      if drained.last?.subscription != entry.subscription {
        drained.append((entry.subscription, [entry.line]))
        continue
      }
      let last = drained.count - 1
      let end = drained[last].lines.count - 1
      if !drained[last].lines[end].isSame(as: entry.line) {
        drained[last].lines.append(entry.line)
      } else if entries[index - 1].row == entry.row {
        repeated += 1
      } else {
        drained[last].lines[end].add(entry.line)
      }
    }
    entries.removeAll()
    return drained
  }
}
