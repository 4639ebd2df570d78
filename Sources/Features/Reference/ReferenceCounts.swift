internal import History

/// What is counted of the subscriptions of some customers, for the reference statistics.
///
/// All are sums, so parts of the customers can be counted apart and added, in any order.
struct ReferenceCounts: Sendable {
  private let landmarks: [CalendarDay]
  /// How many landmarks lie before the first export of any source.
  private let unobservedCount: Int
  private(set) var quantities: MeterQuantities
  private(set) var extent: UsageExtent
  private(set) var peers: PeerCounts
  private(set) var switches: SwitchCounts
  /// At most as many rows can a panel of the landmarks have.
  private(set) var rows = 0

  init(_ frame: PeerCounts.Frame, _ sources: [Source], meterCount: Int) {
    landmarks = frame.landmarks
    unobservedCount =
      sources.firstExportDay.map { first in frame.landmarks.partitionIndex { $0 >= first } } ?? 0
    quantities = MeterQuantities(
      landmarks: frame.landmarks, lag: frame.lag, meterCount: meterCount)
    extent = UsageExtent(landmarks: frame.landmarks, lag: frame.lag, sources: sources)
    peers = PeerCounts(frame)
    switches = SwitchCounts(sources, through: frame.landmarks.last)
  }

  mutating func add(_ subscription: SubscriptionHistory) {
    peers.add(subscription)
    switches.add(subscription)
    quantities.add(subscription.usage)
    extent.add(subscription)
    guard let shown = subscription.observations.first else { return }
    rows += landmarks.count - landmarks.partitionIndex { $0 >= shown.day } + unobservedCount
  }

  /// Adds what was counted of other customers.
  mutating func add(_ other: ReferenceCounts) {
    peers.add(other.peers)
    switches.add(other.switches)
    quantities.add(other.quantities)
    extent.add(other.extent)
    rows += other.rows
  }
}
