// One subscription's billed usage, put together from what several imports said about it.
//
//   identity   import 03-10   import 03-17        (day 3, meter 7)   quantity   cost   firstKnown
//   VM a       10 h   1.00    10 h   1.00         ──────────────────────────────────────────────
//   VM b        5 h   0.50     8 h   0.80                            15 h       1.50   03-10
//                                                                    18 h       1.80   03-17
//
// Each line is followed through the imports by itself, by the rules of `UsageMerger`; what they add up
// to changes on every day on which one of them does. Lines of one import and identity add up.
//
// The usage analytics tell of the same use, without costs. Where they have a line of the same subscription
// and day, the quantity of the billed lines ends when that line is known, and not before:
//
//   analytics   import 03-12: day 3, 15 h      ──►  15 h   1.50   03-10
//                                                    0 h   1.50   03-12
//                                                    0 h   1.80   03-17

/// Merges billed lines into a `UsageHistory` with costs.
struct BilledMerger {
  private struct Sourced {
    var meter: Int32
    var rank: Int
    var line: BilledLine
  }

  /// What one line said from a day on.
  private struct Version {
    var firstKnown: CalendarDay
    var line: BilledLine
  }

  /// A day and meter.
  private struct Place {
    var day: CalendarDay
    var meter: Int32
    /// From when on the usage analytics tell of the day.
    var measuredFrom: CalendarDay?

    /// Adds what is known from some moment on.
    func append(_ sum: BilledLine, from moment: CalendarDay, to history: inout UsageHistory) {
      let isMeasured = measuredFrom.map { $0 <= moment } ?? false
      history.append(
        day: day, meter: meter, quantity: isMeasured ? 0 : max(0, Amount.clamped(sum.quantity)),
        firstKnown: moment, cost: Amount.clamped(sum.cost))
    }
  }

  private let explicitDays: [CalendarDay?]
  private var measured: MeasuredDays?
  private var lines: [Sourced] = []

  /// - Parameters:
  ///   - imports: in the order of the store.
  ///   - measured: what the usage analytics say of the subscription, whose quantities count instead.
  init(_ imports: [ImportOrder], beside measured: UsageHistory?) {
    explicitDays = imports.map(\.explicitDay)
    self.measured = measured.map { MeasuredDays($0) }
  }

  /// Begins another subscription.
  ///
  /// - Parameter measured: as of `init`.
  mutating func restart(beside measured: UsageHistory?) {
    self.measured = measured.map { MeasuredDays($0) }
    lines.removeAll(keepingCapacity: true)
  }

  /// Adds a line of the month that is being read; the lines of one import in a row, by chunk.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - meter: index of its meter.
  ///   - rank: position of its import in the order of the store.
  mutating func add(_ line: BilledLine, meter: Int32, rank: Int) {
    lines.append(Sourced(meter: meter, rank: rank, line: line))
  }

  /// Appends what the lines amount to, and is empty again.
  ///
  /// - Parameter history: has only earlier days.
  mutating func flush(into history: inout UsageHistory) {
    lines.sort { left, right in
      (left.line.day, left.meter, left.line.identity, left.rank)
        < (right.line.day, right.meter, right.line.identity, right.rank)
    }
    var start = 0
    while start < lines.count {
      let (day, meter) = (lines[start].line.day, lines[start].meter)
      let place = Place(
        day: CalendarDay(daysSinceEpoch: day), meter: meter,
        measuredFrom: measured?.firstKnown(on: CalendarDay(daysSinceEpoch: day)))
      var end = start + 1
      while end < lines.count, lines[end].line.day == day, lines[end].meter == meter { end += 1 }
      if let sum = sumSaidOnce(start..<end) {
        place.append(sum.line, from: sum.firstKnown, to: &history)
        // The same once more, from the day on when it is measured.
        if let measuredFrom = place.measuredFrom, measuredFrom > sum.firstKnown {
          place.append(sum.line, from: measuredFrom, to: &history)
        }
      } else {
        append(series(start..<end), at: place, to: &history)
      }
      start = end
    }
    lines.removeAll(keepingCapacity: true)
  }

  /// What lines of one day and meter add up to that nothing restates; nil when something may.
  private func sumSaidOnce(_ range: Range<Int>) -> Version? {
    var sum = Version(
      firstKnown: firstKnown(lines[range.lowerBound]), line: lines[range.lowerBound].line)
    for index in range.dropFirst() {
      guard lines[index].line.identity != lines[index - 1].line.identity,
        firstKnown(lines[index]) == sum.firstKnown
      else { return nil }
      sum.line.add(lines[index].line)
    }
    return sum
  }

  /// The day from which a line is known that is the first of its identity.
  private func firstKnown(_ sourced: Sourced) -> CalendarDay {
    guard let seen = explicitDays[sourced.rank],
      // A backfill is dated by its usage.
      seen - CalendarDay(daysSinceEpoch: sourced.line.day) <= UsageMerger.backfillDays
    else { return UsageHistory.earliest }
    return seen
  }

  /// Follows each of the lines of one day and meter through the imports.
  private func series(_ range: Range<Int>) -> [[Version]] {
    var series: [[Version]] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let identity = lines[start].line.identity
      var end = start + 1
      while end < range.upperBound, lines[end].line.identity == identity { end += 1 }
      series.append(versions(lines[start..<end]))
      start = end
    }
    return series
  }

  /// Follows one line through the imports.
  private func versions(_ sourced: ArraySlice<Sourced>) -> [Version] {
    var versions: [Version] = []
    var index = sourced.startIndex
    while index < sourced.endIndex {
      let first = sourced[index]
      let rank = first.rank
      var line = sourced[index].line
      index += 1
      while index < sourced.endIndex, sourced[index].rank == rank {
        line.add(sourced[index].line)
        index += 1
      }
      let seen = explicitDays[rank]
      guard let last = versions.last else {
        versions.append(Version(firstKnown: firstKnown(first), line: line))
        continue
      }
      if last.line.saysSame(as: line) {
        if seen == nil, versions.count == 1 { versions[0].firstKnown = UsageHistory.earliest }
      } else if let seen {
        if last.firstKnown == seen { versions.removeLast() }
        versions.append(Version(firstKnown: seen, line: line))
      } else {
        versions = [Version(firstKnown: UsageHistory.earliest, line: line)]
      }
    }
    return versions
  }

  /// Adds up the lines of a day and meter on each day on which one of them changes.
  private func append(_ series: [[Version]], at place: Place, to history: inout UsageHistory) {
    var moments = Set(series.joined().map(\.firstKnown))
    if let measuredFrom = place.measuredFrom, let first = moments.min(), measuredFrom > first {
      moments.insert(measuredFrom)
    }
    for moment in moments.sorted() {
      var sum: BilledLine?
      for versions in series {
        guard let known = versions.last(where: { $0.firstKnown <= moment }) else { continue }
        if sum == nil { sum = known.line } else { sum?.add(known.line) }
      }
      if let sum { place.append(sum, from: moment, to: &history) }
    }
  }
}
