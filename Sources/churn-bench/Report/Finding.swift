import Files

/// One figure, what it was made of, and what it should be.
struct Finding {
  /// In what the figure is given.
  enum Unit: String {
    case times
    case bytesPerLine
    case linesPerSecond
    case bytes

    /// The figure with its unit, for people.
    func text(_ figure: Double) -> String {
      switch self {
      case .times: "\(decimals(figure, 2)) ×"
      case .bytesPerLine: "\(decimals(figure, 2)) B/line"
      case .linesPerSecond: "\(decimals(figure / 1e6, 1)) M lines/s"
      case .bytes: megabytes(Int(figure))
      }
    }
  }

  /// Above this spread of a peer a ratio says nothing.
  static let largestSpread = 0.15

  /// The benchmark's name.
  var benchmark: String
  /// What the figure is, such as `JSON Lines into a store, against DuckDB`.
  var what: String
  /// On which lines.
  var workload: String
  var unit = Unit.times
  /// What it was made of, ours first.
  var measurements: [Measurement] = []
  /// The peer's slower settings, which do not count.
  var slower: [Measurement] = []
  /// Nil when it could not be measured; then `problem` says why.
  var figure: Double?
  /// Nil when nothing is demanded.
  var target: Target?
  var problem: String?

  /// Makes the figure that says how many times faster ours is than the fastest of a peer's settings.
  ///
  /// - Parameters:
  ///   - ours: our runs.
  ///   - settings: the peer's runs, at least one setting.
  mutating func compare(_ ours: Measurement, with settings: [Measurement]) {
    let ordered = settings.sorted { $0.seconds.median < $1.seconds.median }
    measurements = [ours, ordered[0]]
    slower = Array(ordered.dropFirst())
    figure = ordered[0].seconds.median / ours.seconds.median
  }

  /// `stretch`, `must` or `miss`; nil without a figure or a target.
  var grade: Target.Grade? {
    guard let figure, let target else { return nil }
    return target.grade(figure)
  }

  /// Why the figure is to be taken with care.
  var doubts: [String] {
    var doubts: [String] = []
    let disturbance = measurements.map(\.disturbance).max() ?? 0
    if disturbance > Series.largestDisturbance {
      doubts.append("disturbed: others used up to \(percent(disturbance)) of the processors")
    }
    for measurement in measurements where measurement.seconds.spread > Self.largestSpread {
      doubts.append("\(measurement.name) spreads by \(percent(measurement.seconds.spread))")
    }
    return doubts
  }

  /// One or two words for the table.
  var verdict: String {
    guard figure != nil else { return "not measured" }
    guard let grade else { return doubts.isEmpty ? "" : "in doubt" }
    return (grade == .miss ? "MISS" : grade.rawValue) + (doubts.isEmpty ? "" : ", in doubt")
  }

  var json: JSONValue {
    [
      "benchmark": .string(benchmark), "what": .string(what), "workload": .string(workload),
      "unit": .string(unit.rawValue), "figure": figure.map { .number($0) } ?? .null,
      "side": target.map { .string($0.side.rawValue) } ?? .null,
      "must": target.map { .number($0.must) } ?? .null,
      "stretch": target.map { .number($0.stretch) } ?? .null,
      "grade": grade.map { .string($0.rawValue) } ?? .null,
      "problem": problem.map { .string($0) } ?? .null,
      "doubts": .array(doubts.map { .string($0) }),
      "measurements": .array(measurements.map(\.json)), "slower": .array(slower.map(\.json)),
    ]
  }
}

extension Measurement {
  var json: JSONValue {
    [
      "name": .string(name), "seconds": .array(runs.map { .number($0.seconds) }),
      "minimum": .number(seconds.minimum), "median": .number(seconds.median),
      "spread": .number(seconds.spread),
      "processorSeconds": .number(processorSeconds.median), "peakMemory": .integer(peakMemory),
      "disturbance": .number(disturbance),
    ]
  }
}
