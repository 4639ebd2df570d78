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
  }

  /// Service by service.
  private let lines: [Line]
  /// Day by day, and once more behind the last one: for each service its first entry that is not older.
  private let firstEntries: [Int32]
  private let serviceCount: Int

  /// - Parameters:
  ///   - usage: all lines.
  ///   - meters: of the subscription.
  init(_ usage: DailyUsage, _ meters: SubscriptionMeters) {
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
        let before = next[service] == starts[service] ? 0 : lines[entry - 1].total
        let quantity = quantities[line]
        lines[entry] = Line(day: Int32(day), quantity: quantity, total: before + quantity)
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
}
