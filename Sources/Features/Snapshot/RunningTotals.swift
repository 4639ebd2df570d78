/// What one subscription used of each of its services, up to each of its lines.
///
/// ```
///   service     0           1     2
///   day         3  3  9 12  3  5  9      the numbers of the active days
///   sum         1  4  5  9  2  3  7
///   ends                 4     6  7
/// ```
struct RunningTotals: Sendable {
  private let days: [Int32]
  private let sums: [Double]
  /// For each service the entry behind its last one.
  private let ends: [Int]

  /// - Parameters:
  ///   - usage: all lines.
  ///   - meters: of the subscription.
  init(_ usage: DailyUsage, _ meters: SubscriptionMeters) {
    var ends = Array(repeating: 0, count: meters.services.count)
    for place in usage.places { ends[Int(meters.serviceOfPlace[Int(place)])] += 1 }
    for service in ends.indices.dropFirst() { ends[service] += ends[service - 1] }
    var next = ends.indices.map { $0 == 0 ? 0 : ends[$0 - 1] }
    let starts = next
    var days = Array(repeating: Int32(0), count: usage.places.count)
    var sums = Array(repeating: 0.0, count: usage.places.count)
    for day in usage.days.indices {
      for line in usage.firstLine(ofDay: day)..<usage.lineEnds[day] {
        let service = Int(meters.serviceOfPlace[Int(usage.places[line])])
        let entry = next[service]
        let before = entry == starts[service] ? 0 : sums[entry - 1]
        days[entry] = Int32(day)
        sums[entry] = before + usage.quantities[line]
        next[service] = entry + 1
      }
    }
    (self.days, self.sums, self.ends) = (days, sums, ends)
  }

  /// What was used of a service on the active days before number `day`, ≥ 0.
  func total(ofService service: Int, before day: Int) -> Double {
    let start = service == 0 ? 0 : ends[service - 1]
    var (low, high) = (start, ends[service])
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low == start ? 0 : sums[low - 1]
  }
}
