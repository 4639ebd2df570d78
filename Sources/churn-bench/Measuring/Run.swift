import Files

/// One timed run of one contender.
struct Run: Hashable {
  /// Wall time.
  var seconds: Double
  /// User and system time of all its threads, in seconds.
  var processorSeconds: Double
  /// The most memory it ever held, in bytes.
  var peakMemory: Int
  /// The share of all processors that others used meanwhile, 0 … 1.
  var disturbance = 0.0
  /// What it printed: counts to check, and how it was done.
  var output: JSONValue = .null
}

/// Somebody who does the work that is measured.
struct Contender {
  var name: String
  /// What must be true before each run, such as a fresh store; not timed.
  var prepare: () throws -> Void = {}
  var run: () throws -> Run
}

/// All runs of one contender.
struct Measurement: Hashable {
  var name: String
  var runs: [Run]

  var seconds: Timings { Timings(runs.map(\.seconds)) }
  var processorSeconds: Timings { Timings(runs.map(\.processorSeconds)) }
  var peakMemory: Int { runs.map(\.peakMemory).max() ?? 0 }
  /// The worst of all runs.
  var disturbance: Double { runs.map(\.disturbance).max() ?? 0 }
}
