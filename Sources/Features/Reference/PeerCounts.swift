internal import History

/// Counts the subscriptions that are alike, on every landmark.
///
/// ```
///   subscription ──► standing on L ─────► cohorts, resellers, markets, sources [L]
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
    /// Those that end on L − lag.
    let sharedWeeks: SharedWeeks
    /// For each landmark and source the days up to it on which absence means something.
    let completeDays: [[[CalendarDay]]]
    /// Landmark by landmark, the last of these days for each source; nil without one.
    let lastCompleteDays: [CalendarDay?]
    let sourceCount: Int

    init(landmarks: [CalendarDay], lag: Int, traits: MeterTraits, sources: [Source]) {
      self.landmarks = landmarks
      self.lag = lag
      self.traits = traits
      sourceCount = sources.count
      sharedWeeks = SharedWeeks(endingOn: landmarks.map { $0 - lag })
      completeDays = landmarks.map { landmark in
        sources.map { source in
          source.days.filter { $0.isComplete && $0.day <= landmark }.map(\.day)
        }
      }
      lastCompleteDays = completeDays.flatMap { $0.map(\.last) }
    }
  }

  private struct ServiceKey: Hashable {
    /// Its number.
    let cohort: Int
    let service: Int32
  }

  /// The groups of one state of a subscription.
  private struct Groups {
    let state: Int
    let source: Int
    let cohort: Int?
    let reseller: Int?
    let market: Int?
    let whole: Int?
    /// For each of the subscription's services its number in `services`; -1 before it is used.
    var services: [Int]
  }

  private let frame: Frame
  private var cohorts: GroupSums<CohortKey, LossCounts>
  private var services: GroupSums<ServiceKey, ServiceSum>
  private var resellers: GroupSums<LevelKey, LossCounts>
  private var markets: GroupSums<LevelKey, LossCounts>
  private var sources: GroupSums<Int, LossCounts>
  /// One for each landmark.
  private var weekChanges: [WeekChanges]

  init(_ frame: Frame) {
    self.frame = frame
    let count = frame.landmarks.count
    cohorts = GroupSums(landmarkCount: count)
    services = GroupSums(landmarkCount: count)
    resellers = GroupSums(landmarkCount: count)
    markets = GroupSums(landmarkCount: count)
    sources = GroupSums(landmarkCount: count)
    weekChanges = Array(repeating: WeekChanges(), count: count)
  }

  /// Counts one subscription on every landmark that knows it.
  mutating func add(_ subscription: SubscriptionHistory) {
    let observations = subscription.observations
    guard let first = observations.first else { return }
    let timeline = SubscriptionTimeline(subscription, frame.traits, frame.sharedWeeks)
    var groups: Groups?
    var end = 0
    let known = frame.landmarks.partitionIndex { $0 >= first.day }
    for index in known..<frame.landmarks.count {
      let landmark = frame.landmarks[index]
      while end < observations.count, observations[end].day <= landmark { end += 1 }
      let last = observations[end - 1]
      let facts = timeline.facts[last.state]
      if groups?.state != last.state || groups?.source != last.source {
        groups = self.groups(of: facts, last, timeline)
      }
      guard facts.isAzureOrUntyped,
        let standing = CohortStanding(
          facts, timeline.changes[end - 1], on: landmark,
          isAbsent: timeline.firstAbsence(
            after: end,
            lastCompleteDay: { frame.lastCompleteDays[index * frame.sourceCount + $0] },
            completeDays: frame.completeDays[index]) != nil)
      else { continue }
      var use = RecentUse()
      if standing == .present {
        use = recentUse(timeline.usage, of: &groups, landmark: index)
      }
      let counts = LossCounts(standing, facts.autoRenew, use, on: landmark)
      if let number = groups?.cohort { cohorts.add(counts, toGroup: number, landmark: index) }
      if let number = groups?.reseller { resellers.add(counts, toGroup: number, landmark: index) }
      if let number = groups?.market { markets.add(counts, toGroup: number, landmark: index) }
      if let number = groups?.whole { sources.add(counts, toGroup: number, landmark: index) }
    }
  }

  private mutating func groups(
    of facts: StateFacts, _ last: Observation, _ timeline: SubscriptionTimeline
  ) -> Groups {
    Groups(
      state: last.state, source: last.source,
      cohort: facts.cohort(of: last.source).map { cohorts.number(of: $0) },
      reseller: facts.reseller(of: last.source).map { resellers.number(of: $0) },
      market: facts.market(of: last.source).map { markets.number(of: $0) },
      whole: facts.isAzureOrUntyped ? sources.number(of: last.source) : nil,
      services: Array(repeating: -1, count: timeline.usage.meters.services.count))
  }

  /// What a subscription used, which is added to its cohort.
  private mutating func recentUse(
    _ usage: UsageTimeline, of groups: inout Groups?, landmark: Int
  ) -> RecentUse {
    let (day, lag) = (frame.landmarks[landmark], frame.lag)
    let known = KnownUsage(usage, on: day, lag: lag, through: day - lag)
    guard let first = known.firstDay else { return RecentUse() }
    let cohort = groups?.cohort
    let weeks = known.weeks(through: day - lag)
    let weekly = weeks.weeklyIndex(usage.meters, since: first) { service in
      guard let cohort else { return }
      var number = groups?.services[service.index] ?? -1
      if number < 0 {
        number = services.number(of: ServiceKey(cohort: cohort, service: service.number))
        groups?.services[service.index] = number
      }
      services.add(ServiceSum(user: service), toGroup: number, landmark: landmark)
    }
    let use = RecentUse(weeks, weekly)
    if !use.weekChange.isNaN { weekChanges[landmark].add(use.weekChange) }
    return use
  }

  /// Adds what was counted of other customers.
  mutating func add(_ other: PeerCounts) {
    let cohortNumbers = cohorts.add(other.cohorts)
    services.add(other.services) { key in
      ServiceKey(cohort: cohortNumbers[key.cohort], service: key.service)
    }
    resellers.add(other.resellers)
    markets.add(other.markets)
    sources.add(other.sources)
    for landmark in weekChanges.indices { weekChanges[landmark].add(other.weekChanges[landmark]) }
  }

  /// The numbers of the groups in what `peers` returns.
  var numbers: (cohorts: [CohortKey: Int], resellers: [LevelKey: Int], markets: [LevelKey: Int]) {
    (cohorts.numbers, resellers.numbers, markets.numbers)
  }

  /// What each cohort used, by its number.
  func cohortServices() -> [CohortServices] {
    var found: [[(number: Int32, place: Int)]] = Array(repeating: [], count: cohorts.groupCount)
    for (key, place) in services.numbers { found[key.cohort].append((key.service, place)) }
    return found.enumerated().map { cohort, services in
      let services = services.sorted { $0.number < $1.number }
      let present = frame.landmarks.indices.map {
        Int(cohorts.sum(ofGroup: cohort, landmark: $0).present)
      }
      return CohortServices(services.map(\.number), present: present) { service, landmark in
        self.services.sum(ofGroup: services[service].place, landmark: landmark)
      }
    }
  }

  /// What was counted, for each landmark; `services` is what each cohort used.
  func peers(_ services: [CohortServices]) -> [Peers] {
    frame.landmarks.indices.map { landmark in
      let cohorts = zip(self.cohorts.groups(onLandmark: landmark), services).map {
        counts, services in
        counts.map { Cohort(counts: $0, services: services.uses(onLandmark: landmark)) }
      }
      let sources = self.sources.groups(onLandmark: landmark)
      return Peers(
        cohorts: cohorts, resellers: resellers.groups(onLandmark: landmark),
        markets: markets.groups(onLandmark: landmark),
        sources: (0..<frame.sourceCount).map { self.sources.numbers[$0].flatMap { sources[$0] } },
        weekChange: weekChanges[landmark].median)
    }
  }
}

/// What the others do, on one landmark.
struct Peers: Sendable {
  /// By number; nil where nobody is in the group.
  var cohorts: [Cohort?] = []
  var resellers: [LossCounts?] = []
  var markets: [LossCounts?] = []
  /// By the index of the source; nil where nothing was counted of it.
  var sources: [LossCounts?] = []
  /// The median over all subscriptions of `WeeklyIndex.logRatioToMedian`; nil with too few.
  var weekChange: Double?
}
