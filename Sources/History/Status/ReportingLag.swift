// How late usage arrives.
//
//   exports of a source      Dprev                    D
//   ───────────────────────────┼──────────────────────┼──────►
//   a line of day u       u    │ not in this export   │ first seen here
//                         └────┴─ delay ≥ Dprev - u + 1
//
// A line that shows up on D was written down at some moment between the two exports, and only its
// absence on Dprev says anything about the delay: it was at least Dprev - u + 1 days late, and not at
// all when u is after Dprev. Taking D - u instead would count the spacing of the exports as delay: a
// partner who exports weekly and whose usage is complete after a day would get a lag of six.
//
// (Each delay is interval-censored. The lower end is what the data prove; the lag is the smallest
// one that contradicts at most 5 % of the lines.)

extension HistoryStore {
  /// The lag in days that covers 95 % of the delays seen in dated usage imports.
  ///
  /// Lines of a source's first dated import and backfills (more than 31 days late) say nothing about
  /// the delay and do not count.
  ///
  /// - Parameter day: Imports of later days are not looked at.
  /// - Returns: 0 … 31; nil with fewer than four dated usage exports, or without any line to judge.
  /// - Throws: `.unusable` when the store is damaged.
  package func estimatedLag(asOf day: CalendarDay) throws(HistoryError) -> Int? {
    let previous = previousDatedDays(asOf: day)
    guard previous.count >= Self.fewestDatedExports else { return nil }
    let imports = overview.imports
    let previousByRank = imports.map { order -> CalendarDay? in
      guard order.resource.hasDailyUsage, let day = order.explicitDay else { return nil }
      return previous[DatedExport(order, day)] ?? nil
    }
    let rankLimit = imports.firstIndex { $0.observedOn > day } ?? imports.count
    var linesByDelay = [Int](repeating: 0, count: UsageMerger.backfillDays + 2)
    for customer in overview.customers {
      for subscription in customer.subscriptions {
        try forEachUsageMonth(of: subscription.id) { lines in
          Self.countDelays(&lines, previousByRank, imports, rankLimit, into: &linesByDelay)
        }
        guard hasBilling else { continue }
        var billed = try billedSightings(of: subscription.id)
        Self.countDelays(&billed, previousByRank, imports, rankLimit, into: &linesByDelay)
      }
    }
    return Self.quantile(of: linesByDelay)
  }

  private static let fewestDatedExports = 4

  private struct DatedExport: Hashable {
    var source: String
    var resource: Resource
    var day: CalendarDay

    init(_ order: ImportOrder, _ day: CalendarDay) {
      source = order.sourceName
      resource = order.resource
      self.day = day
    }

    /// Whose exports follow each other.
    var series: [String] { [source, resource.rawValue] }
  }

  /// For every dated usage export the dated one before it, of the same source and kind.
  private func previousDatedDays(asOf limit: CalendarDay) -> [DatedExport: CalendarDay?] {
    var previous: [DatedExport: CalendarDay?] = [:]
    var last: [[String]: CalendarDay] = [:]
    for order in overview.imports
    where order.resource.hasDailyUsage && order.observedOn <= limit {
      guard let day = order.explicitDay else { continue }
      let export = DatedExport(order, day)
      guard last[export.series] != day else { continue }
      previous[export] = .some(last[export.series])
      last[export.series] = day
    }
    return previous
  }

  private static func countDelays(
    _ lines: inout [SourcedLine], _ previousByRank: [CalendarDay?], _ imports: [ImportOrder],
    _ rankLimit: Int, into linesByDelay: inout [Int]
  ) {
    lines.removeAll { $0.rank >= rankLimit }
    lines.sort { ($0.key, $0.order) < ($1.key, $1.order) }
    for (index, line) in lines.enumerated() {
      if index > 0, lines[index - 1].key == line.key { continue }
      guard let seen = imports[line.rank].explicitDay,
        seen - line.day <= UsageMerger.backfillDays, let previous = previousByRank[line.rank]
      else { continue }
      linesByDelay[max(0, previous - line.day + 1)] += 1
    }
  }

  /// The smallest delay that at least 95 % do not exceed.
  static func quantile(of linesByDelay: [Int]) -> Int? {
    let total = linesByDelay.reduce(0, +)
    guard total > 0 else { return nil }
    var covered = 0
    for (delay, lines) in linesByDelay.enumerated() {
      covered += lines
      // covered / total ≥ 95 %, without rounding.
      if covered * 20 >= total * 19 { return delay }
    }
    return nil
  }
}
