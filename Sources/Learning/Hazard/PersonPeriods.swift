/// Rows cut into the periods that each was exposed in, one binary outcome a period.
///
///     ends of the periods           28      56      84      91
///     event on day 60, seen 200   ──0─────── 0 ───── 1               three periods, event in the last
///     left on day 30, seen 200    ──0─────── 0                       two
///     nothing yet, seen 80        ──0─────── 0                       two: the third is not seen to its end
///
/// A row is in a period when it had not ended before it and the period has been seen to its end, by
/// whom an event came to as by whom none did: so it always has the first few, and an event can only be
/// in the last of them. That is all that is kept: a number and a flag, not a row for each period.
///
/// Source: Singer & Willett 1993, https://doi.org/10.3102/10769986018002155; ends that are no event:
/// Tutz & Schmid 2016, Modeling Discrete Time-to-Event Data, ch. 8,
/// https://doi.org/10.1007/978-3-319-28158-2
struct PersonPeriods: Sendable {
  /// Last day of each period, ascending, ≥ 1; a period begins where the one before it ends.
  let ends: [Int]
  /// Of each row, the number of periods it was exposed in.
  let counts: [Int]
  /// Of each row, whether the last of them has the event.
  let hasEvent: [Bool]
  /// Of each period, the rows in it.
  let rows: [Int]
  /// Of each period, the events in it.
  let events: [Int]

  init(_ exposures: [Exposure], ends: [Int]) {
    precondition(
      ends.first ?? 1 >= 1 && zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 },
      "Learning: the periods' ends \(ends) do not ascend from 1")
    let counts = exposures.map { exposure in
      ends.indices.prefix { period in
        ends[period] <= Int(exposure.seenDays)
          && exposure.endDay.map { Int($0) > (period > 0 ? ends[period - 1] : 0) } ?? true
      }.count
    }
    let hasEvent = zip(exposures, counts).map { exposure, count in
      count > 0 && exposure.hasEvent(within: ends[count - 1])
    }
    var rows = [Int](repeating: 0, count: ends.count)
    var events = rows
    for (count, hasEvent) in zip(counts, hasEvent) {
      for period in 0..<count { rows[period] += 1 }
      if hasEvent { events[count - 1] += 1 }
    }
    self.ends = ends
    self.counts = counts
    self.hasEvent = hasEvent
    self.rows = rows
    self.events = events
  }
}
