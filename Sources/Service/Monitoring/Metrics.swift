internal import Synchronization

/// Counts what the service does.
final class Metrics: Sendable {
  /// Upper bounds of the latency histogram, in seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  struct RouteCounts: Sendable {
    var byStatus: [Int: Int] = [:]
    /// One more than bounds: the last is everything above.
    var byLatency = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var seconds = 0.0
  }

  struct Snapshot: Sendable {
    var routes: [String: RouteCounts] = [:]
    var cached = 0
  }

  private let state = Mutex(Snapshot())

  /// Takes note of an answer; `seconds` until it was ready.
  func count(route: String, status: Int, seconds: Double) {
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.routes[route, default: RouteCounts()].byStatus[status, default: 0] += 1
      state.routes[route, default: RouteCounts()].byLatency[bucket] += 1
      state.routes[route, default: RouteCounts()].seconds += seconds
    }
  }

  /// Takes note of an answer that had been made before.
  func countCached() { state.withLock { $0.cached += 1 } }

  var snapshot: Snapshot { state.withLock { $0 } }
}
