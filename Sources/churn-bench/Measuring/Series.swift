/// Measures contenders against each other, interleaved: A B C, A B C.
///
/// What changes slowly (the clock rate, the temperature, a neighbour on the same machine) then meets
/// all of them alike. A round that others disturbed is measured again.
struct Series {
  /// Above this share of the processors used by others a run does not count.
  static let largestDisturbance = 0.03
  /// Rounds in all for each round that counts, before it gives up.
  static let patience = 3

  /// Rounds that count, at least 1.
  var rounds: Int
  /// Whether disturbed rounds count, too.
  var acceptsDisturbance: Bool

  /// Runs the contenders in turn.
  ///
  /// - Returns: as many runs of each as `rounds` says, in the order of the contenders.
  /// - Throws: `Disturbed` when there are not enough quiet rounds, or what a contender throws.
  func measure(_ contenders: [Contender]) throws -> [Measurement] {
    precondition(rounds >= 1, "a series has at least one round")
    var measurements = contenders.map { Measurement(name: $0.name, runs: []) }
    var done = 0
    var worst = 0.0
    for _ in 0..<rounds * Self.patience where done < rounds {
      let round = try contenders.map { contender in
        try contender.prepare()
        return try contender.run()
      }
      let disturbance = round.map(\.disturbance).max() ?? 0
      worst = max(worst, disturbance)
      guard acceptsDisturbance || disturbance <= Self.largestDisturbance else { continue }
      for (index, run) in round.enumerated() { measurements[index].runs.append(run) }
      done += 1
    }
    guard done == rounds else { throw Disturbed(share: worst) }
    return measurements
  }
}

/// Others used the processors, so that nothing can be said.
struct Disturbed: Error, Hashable, CustomStringConvertible {
  /// The largest share of all processors, 0 … 1.
  var share: Double

  var description: String {
    "other processes used up to \(percent(share)) of the processors, and at most "
      + "\(percent(Series.largestDisturbance)) is quiet"
  }

  /// With what to do about it.
  var advice: String { "\(self); --force measures all the same" }
}
