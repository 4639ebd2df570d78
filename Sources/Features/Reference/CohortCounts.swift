internal import History

/// Counts every cohort on every landmark.
///
/// ```
///   subscription ──► standing on L ──► sums[cohort][L]
///              └───► use up to L − lag ──► services[cohort, service][L]
/// ```
/// All are sums over subscriptions, so parts of the customers can be counted apart and added.
struct CohortCounts: Sendable {
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
    let cohort: Int
    let service: Int32
  }

  private let frame: Frame
  private var numbers: [CohortKey: Int] = [:]
  /// For each cohort, one for each landmark.
  private var sums: [[CohortSum]] = []
  private var places: [ServiceKey: Int] = [:]
  /// For each pair of cohort and service, one for each landmark.
  private var services: [[ServiceSum]] = []

  init(_ frame: Frame) { self.frame = frame }

  /// Counts one subscription on every landmark that knows it.
  mutating func add(_ subscription: SubscriptionHistory) {
    let (observations, states) = (subscription.observations, subscription.states)
    guard let first = observations.first else { return }
    var timeline: UsageTimeline?
    // Of the state that was last asked for.
    var cohort: (state: Int, source: Int, number: Int?)?
    let known = frame.landmarks.partitionIndex { $0 >= first.day }
    var end = 0
    for index in known..<frame.landmarks.count {
      let landmark = frame.landmarks[index]
      while end < observations.count, observations[end].day <= landmark { end += 1 }
      let last = observations[end - 1]
      if cohort?.state != last.state || cohort?.source != last.source {
        let key = CohortKey(states[last.state], source: last.source)
        cohort = (last.state, last.source, key.map { number(of: $0) })
      }
      guard let number = cohort?.number,
        let standing = CohortStanding(
          observations[..<end], states[...], on: landmark, completeDays: frame.completeDays[index])
      else { continue }
      guard standing == .present else {
        sums[number][index] += CohortSum(standing, RecentUse(), on: landmark)
        continue
      }
      let usage = timeline ?? UsageTimeline(subscription.usage)
      timeline = usage
      let use = RecentUse(usage, on: landmark, lag: frame.lag, frame.traits)
      sums[number][index] += CohortSum(standing, use, on: landmark)
      for service in use.services {
        services[place(of: ServiceKey(cohort: number, service: service.number))][index] +=
          ServiceSum(service)
      }
    }
  }

  /// Adds what was counted of other customers.
  mutating func add(_ other: CohortCounts) {
    var renumbered = Array(repeating: 0, count: other.sums.count)
    for (key, number) in other.numbers {
      let own = self.number(of: key)
      renumbered[number] = own
      for landmark in frame.landmarks.indices {
        sums[own][landmark] += other.sums[number][landmark]
      }
    }
    for (key, place) in other.places {
      let own = self.place(of: ServiceKey(cohort: renumbered[key.cohort], service: key.service))
      for landmark in frame.landmarks.indices {
        services[own][landmark] += other.services[place][landmark]
      }
    }
  }

  private mutating func number(of key: CohortKey) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = sums.count
    sums.append(Array(repeating: CohortSum(), count: frame.landmarks.count))
    return sums.count - 1
  }

  private mutating func place(of key: ServiceKey) -> Int {
    if let place = places[key] { return place }
    places[key] = services.count
    services.append(Array(repeating: ServiceSum(), count: frame.landmarks.count))
    return services.count - 1
  }

  /// For each landmark the cohorts that have anyone.
  func cohorts() -> [[CohortKey: Cohort]] {
    var servicesOfCohort: [[(number: Int32, place: Int)]] = Array(repeating: [], count: sums.count)
    for (key, place) in places { servicesOfCohort[key.cohort].append((key.service, place)) }
    for cohort in servicesOfCohort.indices {
      servicesOfCohort[cohort].sort { $0.number < $1.number }
    }
    return frame.landmarks.indices.map { landmark in
      var cohorts: [CohortKey: Cohort] = [:]
      for (key, number) in numbers where !sums[number][landmark].isEmpty {
        let used = servicesOfCohort[number].compactMap { service, place in
          let sum = services[place][landmark]
          return sum.users91 > 0 ? (number: service, sum: sum) : nil
        }
        cohorts[key] = Cohort(sum: sums[number][landmark], services: used)
      }
      return cohorts
    }
  }
}

extension RecentUse {
  /// What was used in the 91 days through L − `lag`, as known on L.
  init(_ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, _ traits: MeterTraits) {
    let last = landmark - lag
    self.init(
      KnownUsage(timeline, on: landmark, lag: lag, through: last), through: last, traits)
  }
}
