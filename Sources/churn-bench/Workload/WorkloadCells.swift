internal import History

/// The cells of one subscription: which of its meters ran on which days.
///
/// A cell is day · 8 + slot, counted from the workload's first day. They are a random subset of
/// exactly the wanted size, ascending, so no (day, meter) occurs twice.
/// Source: Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S.
struct WorkloadCells: Sequence, IteratorProtocol {
  private var wanted: Int
  private var cell = 0
  private let count: Int
  private var state: UInt64

  init(of subscription: Int, in workload: Workload) {
    wanted = workload.lineCount(of: subscription)
    count = workload.dayCount * Workload.slots
    precondition(wanted <= count, "\(wanted) lines do not fit into \(count) days and meters")
    state = randomBits(
      .cell, UInt64(subscription), UInt64(bitPattern: Int64(workload.firstDay.daysSinceEpoch)))
  }

  mutating func next() -> (day: Int, slot: Int)? {
    while wanted > 0 {
      let candidate = cell
      cell += 1
      state &+= 0x9E37_79B9_7F4A_7C15
      guard below(count - candidate, mixed(state)) < wanted else { continue }
      wanted -= 1
      return (candidate / Workload.slots, candidate % Workload.slots)
    }
    return nil
  }
}

extension Workload {
  /// Calls `body` once per line, in the order of the workload.
  ///
  /// - Parameter body: gets the subscription's number, the day counted from the first, and the slot.
  func forEachLine(_ body: (_ subscription: Int, _ day: Int, _ slot: Int) throws -> Void) rethrows {
    switch order {
    case .subscription:
      for subscription in 0..<subscriptions {
        for (day, slot) in WorkloadCells(of: subscription, in: self) {
          try body(subscription, day, slot)
        }
      }
    case .day:
      // A counting sort by day, which keeps the subscriptions of a day in their order.
      var starts = [Int](repeating: 0, count: dayCount + 1)
      for subscription in 0..<subscriptions {
        for (day, _) in WorkloadCells(of: subscription, in: self) { starts[day + 1] += 1 }
      }
      for day in 0..<dayCount { starts[day + 1] += starts[day] }
      var ends = starts
      var sorted = [UInt32](repeating: 0, count: lines)
      for subscription in 0..<subscriptions {
        for (day, slot) in WorkloadCells(of: subscription, in: self) {
          sorted[ends[day]] = UInt32(subscription * Workload.slots + slot)
          ends[day] += 1
        }
      }
      for day in 0..<dayCount {
        for line in sorted[starts[day]..<starts[day + 1]] {
          try body(Int(line) / Workload.slots, day, Int(line) % Workload.slots)
        }
      }
    }
  }
}
