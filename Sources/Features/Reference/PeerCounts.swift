internal import History

/// Counts the subscriptions that are alike, on every landmark.
///
/// ```
///   subscription ──► standing on L ─────► cohorts, resellers, sources [L]
///              └───► use up to L − lag ─► services[cohort, service][L], weekChanges[L]
/// ```
/// All are sums over subscriptions, so parts of the customers can be counted apart and added.
struct PeerCounts: Sendable {
  /// What all parts share.
  struct Frame: Sendable {
    /// Ascending.
    let landmarks: [CalendarDay]
    /// Reporting lag in days, ≥ 0.
    let lag: Int
    let traits: MeterTraits
    /// For each landmark and source the days up to it on which absence means something.
    let completeDays: [[[CalendarDay]]]

    init(landmarks: [CalendarDay], lag: Int, traits: MeterTraits, sources: [Source]) {
      self.landmarks = landmarks
      self.lag = lag
      self.traits = traits
      completeDays = landmarks.map { landmark in
        sources.map { source in
          source.days.filter { $0.isComplete && $0.day <= landmark }.map(\.day)
        }
      }
    }
  }

  private struct ServiceKey: Hashable {
    let cohort: CohortKey
    let service: Int32
  }

  /// The groups of one state of a subscription.
  private struct Groups {
    let state: Int
    let source: Int
    let cohort: (key: CohortKey, number: Int)?
    let reseller: Int?
    let whole: Int?
  }

  private let frame: Frame
  private var cohorts: GroupSums<CohortKey, LossCounts>
  private var services: GroupSums<ServiceKey, ServiceSum>
  private var resellers: GroupSums<ResellerKey, LossCounts>
  private var sources: GroupSums<Int, LossCounts>
  /// One for each landmark.
  private var weekChanges: [WeekChanges]

  init(_ frame: Frame) {
    self.frame = frame
    let count = frame.landmarks.count
    cohorts = GroupSums(landmarkCount: count)
    services = GroupSums(landmarkCount: count)
    resellers = GroupSums(landmarkCount: count)
    sources = GroupSums(landmarkCount: count)
    weekChanges = Array(repeating: WeekChanges(), count: count)
  }

  /// Counts one subscription on every landmark that knows it.
  mutating func add(_ subscription: SubscriptionHistory) {
    let observations = subscription.observations
    guard let first = observations.first else { return }
    let timeline = SubscriptionTimeline(subscription)
    var groups: Groups?
    var end = 0
    let known = frame.landmarks.partitionIndex { $0 >= first.day }
    for index in known..<frame.landmarks.count {
      let landmark = frame.landmarks[index]
      while end < observations.count, observations[end].day <= landmark { end += 1 }
      let last = observations[end - 1]
      let facts = timeline.facts[last.state]
      if groups?.state != last.state || groups?.source != last.source {
        groups = self.groups(of: facts, number: last.state, source: last.source)
      }
      guard let groups, groups.whole != nil,
        let standing = CohortStanding(
          timeline, end, on: landmark, completeDays: frame.completeDays[index])
      else { continue }
      var use = RecentUse()
      if standing == .present {
        use = RecentUse(timeline.usage, on: landmark, lag: frame.lag, frame.traits)
        add(use, of: groups.cohort, landmark: index)
      }
      let counts = LossCounts(standing, facts.state, use, on: landmark)
      if let cohort = groups.cohort {
        cohorts.add(counts, toGroup: cohort.number, landmark: index)
      }
      if let number = groups.reseller { resellers.add(counts, toGroup: number, landmark: index) }
      if let number = groups.whole { sources.add(counts, toGroup: number, landmark: index) }
    }
  }

  private mutating func groups(of facts: StateFacts, number: Int, source: Int) -> Groups {
    Groups(
      state: number, source: source,
      cohort: facts.cohort(of: source).map { ($0, cohorts.number(of: $0)) },
      reseller: facts.reseller(of: source).map { resellers.number(of: $0) },
      whole: facts.isAzureOrUntyped ? sources.number(of: source) : nil)
  }

  private mutating func add(
    _ use: RecentUse, of cohort: (key: CohortKey, number: Int)?, landmark: Int
  ) {
    if let change = use.weekly.logRatioToMedian { weekChanges[landmark].add(change) }
    guard let cohort else { return }
    for service in use.servicesKnown {
      let number = services.number(of: ServiceKey(cohort: cohort.key, service: service.number))
      services.add(ServiceSum(total: service.quantity), toGroup: number, landmark: landmark)
    }
    for service in use.services {
      let number = services.number(of: ServiceKey(cohort: cohort.key, service: service.number))
      services.add(ServiceSum(service), toGroup: number, landmark: landmark)
    }
  }

  /// Adds what was counted of other customers.
  mutating func add(_ other: PeerCounts) {
    cohorts.add(other.cohorts)
    services.add(other.services)
    resellers.add(other.resellers)
    sources.add(other.sources)
    for landmark in weekChanges.indices { weekChanges[landmark].add(other.weekChanges[landmark]) }
  }

  /// What was counted, for each landmark.
  func peers() -> [Peers] {
    var servicesOfCohort: [CohortKey: [(number: Int32, place: Int)]] = [:]
    for (key, place) in services.numbers {
      servicesOfCohort[key.cohort, default: []].append((key.service, place))
    }
    servicesOfCohort = servicesOfCohort.mapValues { $0.sorted { $0.number < $1.number } }
    return frame.landmarks.indices.map { landmark in
      var cohorts: [CohortKey: Cohort] = [:]
      for (key, counts) in self.cohorts.groups(onLandmark: landmark) {
        let used = servicesOfCohort[key, default: []].compactMap { service, place in
          let sum = services.sums[place][landmark]
          return sum.isEmpty ? nil : (number: service, sum: sum)
        }
        cohorts[key] = Cohort(counts: counts, services: used)
      }
      return Peers(
        cohorts: cohorts, resellers: resellers.groups(onLandmark: landmark),
        sources: sources.groups(onLandmark: landmark), weekChange: weekChanges[landmark].median)
    }
  }
}

/// What the others do, on one landmark.
struct Peers: Sendable {
  var cohorts: [CohortKey: Cohort] = [:]
  var resellers: [ResellerKey: LossCounts] = [:]
  /// By the index of the source.
  var sources: [Int: LossCounts] = [:]
  /// The median over all subscriptions of `WeeklyIndex.logRatioToMedian`; nil with too few.
  var weekChange: Double?
}

extension RecentUse {
  /// What was used through L − `lag`, as known on L.
  init(_ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, _ traits: MeterTraits) {
    let last = landmark - lag
    self.init(
      KnownUsage(timeline, on: landmark, lag: lag, through: last), through: last, traits)
  }
}
