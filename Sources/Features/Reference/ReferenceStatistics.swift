internal import ForkJoin
package import History

/// The few numbers that a snapshot needs from all customers together, as of every landmark.
///
/// One pass over the usage fills counts that are plain sums, so partitions of customers can be
/// counted apart and added: medians of each meter (`MeterQuantities`), the first and the newest day of
/// usage known, of all and of each source (`UsageExtent`), and what subscriptions that are alike do
/// (`PeerCounts`).
package struct ReferenceStatistics: Sendable {
  /// One for each landmark, in the order given.
  package let contexts: [LandmarkContext]

  /// What the landmarks share.
  package let frame: ReferenceFrame

  /// For each source, on which days usage was seen, as known on the last landmark; nil where no usage
  /// is known, or where that of the source's subscriptions was not imported.
  package let coverage: [UsageCoverage?]

  /// At most as many rows can a panel of the landmarks have: for each one the subscriptions known on it.
  package let mostRows: Int

  /// Customers that one thread counts at a time.
  private static let partSize = 12

  /// Reads all usage of `history` once.
  ///
  /// - Parameters:
  ///   - history: read once, customer by customer.
  ///   - landmarks: ascending, without duplicates.
  ///   - lag: reporting lag in days, ≥ 0.
  /// - Throws: what reading the history throws.
  package init(history: some HistorySource, landmarks: [CalendarDay], lag: Int) throws {
    precondition(
      zip(landmarks, landmarks.dropFirst()).allSatisfy { $0 < $1 },
      "ReferenceStatistics: landmarks must ascend without duplicates")
    precondition(lag >= 0, "ReferenceStatistics: lag is \(lag) days; expected at least 0")
    let sources = history.sources
    let traits = MeterTraits(history.meters)
    let frame = PeerCounts.Frame(
      landmarks: landmarks, lag: lag, traits: traits, sources: sources)
    let none = ReferenceCounts(frame, sources, meterCount: history.meters.count)
    var allSurroundings = Surroundings()
    let parts = try history.sums(batch: 1_000, inPartsOf: Self.partSize, empty: none) {
      counts, customer in
      for subscription in customer.subscriptions { counts.add(subscription) }
    } meanwhile: {
      allSurroundings = try history.surroundings
    }
    var counts = parts.first ?? none
    for part in parts.dropFirst() { counts.add(part) }
    mostRows = counts.rows
    let (peers, extent, surroundings) = (counts.peers, counts.extent, allSurroundings)
    let cohortServices = peers.cohortServices()
    let peersOfLandmarks = peers.peers(cohortServices)
    let sharedFrame = ReferenceFrame(
      history.meters, traits, counts.quantities.medians(), frame.sharedWeeks, surroundings,
      cohorts: peers.numbers.cohorts, cohortServices: cohortServices,
      resellers: peers.numbers.resellers,
      markets: peers.numbers.markets, policySwitches: counts.switches.policies)
    self.frame = sharedFrame
    let (spans, spansOfSources) = (extent.spans(), extent.spansOfSources())
    var known = Array(repeating: KnownSurroundings(), count: landmarks.count)
    let numbered = NumberedSurroundings(surroundings, sharedFrame)
    withConcurrentChunks(of: &known, stride: 1) { index, known in
      known[0] = KnownSurroundings(numbered, sharedFrame, on: landmarks[index])
    }
    contexts = landmarks.indices.map { index in
      LandmarkContext(
        asOf: landmarks[index], lag: lag, usageDays: spans[index],
        usageDaysOfSources: spansOfSources.map { $0[index] }, frame: sharedFrame, number: index,
        peers: peersOfLandmarks[index],
        surroundings: known[index], sources: sources)
    }
    let seen = extent.coverage()
    coverage = sources.indices.map { source in
      landmarks.last.flatMap { day in
        UsageOrigin(sources, on: day).choice(
          of: source, whole: seen.whole, own: seen.ofSources[source])
      }
    }
  }
}
