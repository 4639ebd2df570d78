internal import Glibc

/// The lines of one subscription service by service, and what they add up to.
///
/// ```
///   service     0           1     2
///   day         3  3  9 12  3  5  9      numbers of active days
///   quantity    1  3  1  4  2  1  7      in the order of the lines
///   total       1  4  5  9  2  3  7      of the service up to here
/// ```
/// A table tells of each day where the lines of each service begin that are not older, so that the lines of a
/// window are found without a search.
final class ServiceLines: Sendable {
  private struct Line {
    var day: Int32 = 0
    var quantity = 0.0
    var total = 0.0
    /// Of ln quantity, for the snapshots of landmarks; else 0.
    var logTotal = 0.0
  }

  /// Service by service.
  private let lines: [Line]
  /// Day by day, and once more behind the last one: for each service its first entry that is not older.
  private let firstEntries: [Int32]
  private let serviceCount: Int

  /// - Parameters:
  ///   - usage: all lines.
  ///   - meters: of the subscription.
  ///   - isForSnapshots: whether anybody asks for `lastUseLevel`.
  init(_ usage: DailyUsage, _ meters: SubscriptionMeters, isForSnapshots: Bool) {
    serviceCount = meters.services.count
    let placeServices = meters.serviceOfPlace
    let serviceOfPlace = placeServices.span
    let (places, quantities) = (usage.places.span, usage.quantities.span)
    let ends = usage.lineEnds.span
    var next = Array(repeating: Int32(0), count: serviceCount)
    for line in places.indices { next[Int(serviceOfPlace[Int(places[line])])] += 1 }
    var start: Int32 = 0
    for service in next.indices { (next[service], start) = (start, start + next[service]) }
    let starts = next
    var lines = Array(repeating: Line(), count: places.count)
    var firstEntries = Array(repeating: Int32(0), count: (usage.days.count + 1) * serviceCount)
    var line = 0
    for day in usage.days.indices {
      for service in 0..<serviceCount { firstEntries[day * serviceCount + service] = next[service] }
      while line < ends[day] {
        let service = Int(serviceOfPlace[Int(places[line])])
        let entry = Int(next[service])
        let before = next[service] == starts[service] ? Line() : lines[entry - 1]
        let quantity = quantities[line]
        lines[entry] = Line(
          day: Int32(day), quantity: quantity, total: before.total + quantity,
          logTotal: isForSnapshots ? before.logTotal + log(quantity) : 0)
        next[service] += 1
        line += 1
      }
    }
    for service in 0..<serviceCount {
      firstEntries[usage.days.count * serviceCount + service] = next[service]
    }
    self.lines = lines
    self.firstEntries = firstEntries
  }

  /// What was used of each service on the active days before number `end`.
  ///
  /// - Parameters:
  ///   - end: the number of a day, or behind the last one.
  ///   - first: of the first day that is looked at, at most `end`.
  ///   - recent: of the first recent day, `first` to `end`.
  ///   - meters: of the subscription.
  /// - Returns: one for each service, also for those that were not used.
  func uses(
    before end: Int, from first: Int, recent: Int, _ meters: SubscriptionMeters
  ) -> [RecentUse.Service] {
    let (firstEntries, allLines, services) = (self.firstEntries, self.lines, meters.services)
    let (entries, lines) = (firstEntries.span, allLines.span)
    var uses: [RecentUse.Service] = []
    uses.reserveCapacity(serviceCount)
    for index in 0..<serviceCount {
      let start = Int(entries[index])
      let (low, high) = (entries[first * serviceCount + index], entries[end * serviceCount + index])
      let middle = Int(entries[recent * serviceCount + index])
      var use = RecentUse.Service(number: services[index], index: Int32(index))
      let last = Int(high) - 1
      if last >= start { use.quantityKnown = lines[last].total }
      if low < high {
        for entry in Int(low)...last { use.quantity += lines[entry].quantity }
        for entry in middle..<last + 1 { use.recentQuantity += lines[entry].quantity }
        (use.firstDay, use.lastDay) = (lines[Int(low)].day, lines[last].day)
      }
      uses.append(use)
    }
    return uses
  }

  /// How much was used of a service on the last days that used it, against what is usual on such a day.
  ///
  /// The mean of ln quantity over the lines of its last seven days of use less the mean over all of its lines:
  /// use that faded before it ended differs from use that just stopped, however often the service runs. Fewer
  /// days would tell more, and change with every one of them, and the lists with it.
  ///
  /// - Parameters:
  ///   - known: what was known on a landmark of the usage that these lines are of.
  ///   - first: the number of the first active day that counts.
  /// - Returns: the least, of the services with at least eight days of use; NaN without one.
  func lastUseLevel(of known: KnownUsage, from first: Int) -> Double {
    let settled = known.settledCount
    let (firstEntries, allLines) = (self.firstEntries, self.lines)
    let (entries, lines) = (firstEntries.span, allLines.span)
    var least = Double.infinity
    for service in 0..<serviceCount {
      let start = Int(entries[service])
      let low = Int(entries[min(first, settled) * serviceCount + service])
      let high = Int(entries[settled * serviceCount + service])
      var before = low > start ? lines[low - 1].logTotal : 0
      let open = known.openLines.map { open in
        Self.open(
          open, ofService: service, known.meters, behind: settled, from: first,
          after: high > start ? lines[high - 1].logTotal : 0, &before)
      }
      let settledCount = high - low
      func line(_ index: Int) -> Line {
        if index < settledCount { return lines[low + index] }
        return open?[index - settledCount] ?? Line()
      }
      let count = settledCount + (open?.count ?? 0)
      var (days, day, last) = (0, Int32(-1), count)
      while last > 0 {
        let dayBefore = line(last - 1).day
        if dayBefore != day {
          if days == Self.lastDays { break }
          (days, day) = (days + 1, dayBefore)
        }
        last -= 1
      }
      // What is left are further days.
      guard last > 0 else { continue }
      let (all, earlier) = (line(count - 1).logTotal, line(last - 1).logTotal)
      let level = (all - earlier) / Double(count - last) - (all - before) / Double(count)
      least = min(least, level)
    }
    return least.isFinite ? least : .nan
  }

  private static let lastDays = 7

  /// The open lines of a service from day number `first` on, with sums that go on from `total`; `before` becomes
  /// the sum before them where no settled line counts.
  private static func open(
    _ usage: DailyUsage, ofService service: Int, _ meters: SubscriptionMeters, behind settled: Int,
    from first: Int, after total: Double, _ before: inout Double
  ) -> [Line] {
    var total = total
    var lines: [Line] = []
    for day in usage.days.indices {
      if settled + day == first { before = total }
      for line in usage.firstLine(ofDay: day)..<usage.lineEnds[day]
      where Int(meters.serviceOfPlace[Int(usage.places[line])]) == service {
        total += log(usage.quantities[line])
        guard settled + day >= first else { continue }
        lines.append(
          Line(day: Int32(settled + day), quantity: usage.quantities[line], logTotal: total))
      }
    }
    return lines
  }
}
