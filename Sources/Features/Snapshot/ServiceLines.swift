internal import Glibc

/// The lines of one subscription service by service, for what its last days of use tell.
///
/// ```
///   service     0           1     2
///   day         3  3  9 12  3  5  9      numbers of active days
///   logTotal    sums of ln quantity over the lines of the service up to here
/// ```
/// A table tells of each day where the lines of each service begin that are not older, so that the lines of a
/// window are found without a search.
final class ServiceLines: Sendable {
  private struct Line {
    /// Over the lines of the service up to this one.
    var logTotal = 0.0
    /// The number of its day.
    var day: Int32 = 0
    /// The first line of the last seven days of use of the service up to this one.
    var lastDaysFrom: Int32 = 0
  }

  /// Service by service.
  private let lines: [Line]
  /// Day by day, and once more behind the last one: for each service its first line that is not older.
  private let firstLines: [Int32]
  private let serviceCount: Int

  private static let lastDays = 7

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
    // Every line to its service; of each day where the lines begin that are not older.
    var allLines = Array(repeating: Line(), count: places.count)
    var lines = allLines.mutableSpan
    var firstLines = Array(repeating: Int32(0), count: (usage.days.count + 1) * serviceCount)
    var allFirst = firstLines.mutableSpan
    var nextLines = next.mutableSpan
    var (line, row) = (0, 0)
    for day in usage.days.indices {
      for service in 0..<serviceCount { allFirst[row + service] = nextLines[service] }
      row += serviceCount
      let end = ends[day]
      while line < end {
        let service = Int(serviceOfPlace[Int(places[line])])
        let entry = Int(nextLines[service])
        nextLines[service] += 1
        lines[entry].logTotal = quantities[line]
        lines[entry].day = Int32(day)
        line += 1
      }
    }
    for service in 0..<serviceCount { allFirst[row + service] = nextLines[service] }
    for service in 0..<serviceCount {
      Self.addUp(&lines, from: Int(starts[service]), to: Int(nextLines[service]))
    }
    self.lines = allLines
    self.firstLines = firstLines
  }

  /// Turns the quantities of a service's lines into sums, and finds its last days of use.
  private static func addUp(_ lines: inout MutableSpan<Line>, from start: Int, to end: Int) {
    var total = 0.0
    // The first line of the oldest of the last days, and how many these are.
    var (first, dayCount) = (start, 0)
    var day: Int32 = -1
    for entry in start..<end {
      total += log(lines[entry].logTotal)
      lines[entry].logTotal = total
      if lines[entry].day != day {
        day = lines[entry].day
        dayCount += 1
        if dayCount > lastDays {
          dayCount -= 1
          let oldest = lines[first].day
          repeat { first += 1 } while lines[first].day == oldest
        }
      }
      lines[entry].lastDaysFrom = Int32(first)
    }
  }

  /// How much was used of a service on the last days that used it, against what is usual on such a day.
  ///
  /// The mean of ln quantity over the lines of its last seven days of use less the mean over all of its lines:
  /// use that faded before it ended differs from use that just stopped, however often the service runs. Fewer
  /// days would tell more, and change with every one of them, and the lists with it.
  ///
  /// - Parameters:
  ///   - first: the number of the first active day that counts.
  ///   - end: the number behind the last one.
  /// - Returns: the least, of the services with at least eight days of use; NaN without one.
  func lastUseLevel(fromDay first: Int, before end: Int) -> Double {
    let (allFirst, allLines) = (firstLines, self.lines)
    let (firstLines, lines) = (allFirst.span, allLines.span)
    var least = Double.infinity
    for service in 0..<serviceCount {
      let start = Int(firstLines[service])
      let low = Int(firstLines[first * serviceCount + service])
      let high = Int(firstLines[end * serviceCount + service])
      guard low < high else { continue }
      let last = Int(lines[high - 1].lastDaysFrom)
      // What is left before them are further days.
      guard last > low else { continue }
      let (before, earlier) = (low > start ? lines[low - 1].logTotal : 0, lines[last - 1].logTotal)
      let all = lines[high - 1].logTotal
      let level = (all - earlier) / Double(high - last) - (all - before) / Double(high - low)
      least = min(least, level)
    }
    return least.isFinite ? least : .nan
  }
}
