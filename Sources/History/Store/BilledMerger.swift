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
      let measuredFrom = measured?.firstKnown(on: CalendarDay(daysSinceEpoch: day))
      var end = start
      var series: [[Version]] = []
      while end < lines.count, lines[end].line.day == day, lines[end].meter == meter {
        let identity = lines[end].line.identity
        var next = end + 1
        while next < lines.count, lines[next].line.day == day, lines[next].meter == meter,
          lines[next].line.identity == identity
        {
          next += 1
        }
        series.append(versions(lines[end..<next]))
        end = next
      }
      append(
        series, day: CalendarDay(daysSinceEpoch: day), meter: meter, measuredFrom: measuredFrom,
        to: &history)
      start = end
    }
    lines.removeAll(keepingCapacity: true)
  }

  /// Follows one line through the imports.
  private func versions(_ sourced: ArraySlice<Sourced>) -> [Version] {
    var versions: [Version] = []
    var index = sourced.startIndex
    while index < sourced.endIndex {
      let rank = sourced[index].rank
      var line = sourced[index].line
      index += 1
      while index < sourced.endIndex, sourced[index].rank == rank {
        line.add(sourced[index].line)
        index += 1
      }
      let day = CalendarDay(daysSinceEpoch: line.day)
      let seen = explicitDays[rank]
      guard let last = versions.last else {
        // A backfill is dated by its usage.
        let dated = seen.flatMap { $0 - day > UsageMerger.backfillDays ? nil : $0 }
        versions.append(Version(firstKnown: dated ?? UsageHistory.earliest, line: line))
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
  private func append(
    _ series: [[Version]], day: CalendarDay, meter: Int32, measuredFrom: CalendarDay?,
    to history: inout UsageHistory
  ) {
    func add(_ sum: BilledLine, from moment: CalendarDay) {
      let isMeasured = measuredFrom.map { $0 <= moment } ?? false
      history.append(
        day: day, meter: meter, quantity: isMeasured ? 0 : max(0, Amount.clamped(sum.quantity)),
        firstKnown: moment, cost: Amount.clamped(sum.cost))
    }
    // The usual case: one line, which nothing changed.
    if series.count == 1, series[0].count == 1,
      measuredFrom.map({ $0 <= series[0][0].firstKnown }) ?? true
    {
      return add(series[0][0].line, from: series[0][0].firstKnown)
    }
    var moments = Set(series.joined().map(\.firstKnown))
    if let measuredFrom, let first = moments.min(), measuredFrom > first {
      moments.insert(measuredFrom)
    }
    for moment in moments.sorted() {
      var sum: BilledLine?
      for versions in series {
        guard let known = versions.last(where: { $0.firstKnown <= moment }) else { continue }
        if sum == nil { sum = known.line } else { sum?.add(known.line) }
      }
      if let sum { add(sum, from: moment) }
    }
  }
}

/// Since when the usage analytics have a line of a day, asked for in the order of the days.
struct MeasuredDays {
  private let usage: UsageHistory
  private var next = 0
  private var last: (day: CalendarDay, firstKnown: CalendarDay?)?

  /// - Parameter usage: of one subscription.
  init(_ usage: UsageHistory) { self.usage = usage }

  /// The first day on which a line of a usage date is known, the lag aside; nil where there is none.
  mutating func firstKnown(on day: CalendarDay) -> CalendarDay? {
    if let last, last.day == day { return last.firstKnown }
    while next < usage.count, usage.days[next] < day { next += 1 }
    var first: CalendarDay?
    while next < usage.count, usage.days[next] == day {
      let known = usage.firstKnown[next]
      first = first.map { min($0, known) } ?? known
      next += 1
    }
    last = (day, first)
    return first
  }
}

extension UsageHistory {
  /// Both histories in one, ordered.
  ///
  /// - Parameter other: of meters that this one does not have.
  /// - Returns: the rows of both, by day and meter.
  func merged(with other: UsageHistory) -> UsageHistory {
    if other.count == 0 { return self }
    if count == 0 { return other }
    var merged = UsageHistory()
    var (left, right) = (0, 0)
    while left < count || right < other.count {
      let isLeft =
        right == other.count
        || left < count && (days[left], meters[left]) < (other.days[right], other.meters[right])
      let source = isLeft ? self : other
      let index = isLeft ? left : right
      merged.append(
        day: source.days[index], meter: source.meters[index], quantity: source.quantities[index],
        firstKnown: source.firstKnown[index],
        cost: source.costs.isEmpty ? .nan : source.costs[index])
      if isLeft { left += 1 } else { right += 1 }
    }
    return merged
  }
}
