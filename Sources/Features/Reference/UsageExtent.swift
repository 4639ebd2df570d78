internal import History

/// When usage was seen, of the whole history and of each source, as of every landmark.
///
/// A usage line says nothing about which partner tenant's file it came in, but the subscription it
/// belongs to was shown by one: a line counts for the source of the newest export of the
/// subscription up to the usage day, else of its first one. So a tenant whose usage was never
/// imported has no extent, although another's reaches back for years.
///
/// ```
///   exports of the subscription      α     α     β     β
///   its usage lines               │  │  │  │  │  │  │  │
///   count for                     α  α  α  α  α  β  β  β
/// ```
/// On a landmark only exports up to it tell whose a subscription is. Before the first export of all
/// nobody looked, and the first row tells, as it tells the other dated facts.
struct UsageExtent: Sendable {
  private typealias Days = (first: CalendarDay, newest: CalendarDay)

  private let landmarks: [CalendarDay]
  private let lag: Int
  /// How many landmarks lie before the first export of any source.
  private let unobservedCount: Int
  /// First and newest usage day among the lines that each landmark is the first to know.
  private var whole: [Days?]
  /// The same for each source, on landmarks from the first export on and on those before it.
  private var observed: [[Days?]]
  private var unobserved: [[Days?]]
  /// The days with usage known on the last landmark: of all, then of each source.
  private var daysOfAll = DaySet()
  private var daysOfSources: [DaySet]

  init(landmarks: [CalendarDay], lag: Int, sources: [Source]) {
    self.landmarks = landmarks
    self.lag = lag
    let first = sources.firstExportDay
    unobservedCount = landmarks.partitionIndex { day in first.map { day >= $0 } ?? true }
    whole = Array(repeating: nil, count: landmarks.count)
    observed = Array(repeating: whole, count: sources.count)
    unobserved = observed
    daysOfSources = Array(repeating: DaySet(), count: sources.count)
  }

  mutating func add(_ subscription: SubscriptionHistory) {
    let (days, firstKnown) = (subscription.usage.days.span, subscription.usage.firstKnown.span)
    let observations = subscription.observations
    let firstShown = observations.first.flatMap { first in
      let index = landmarks.partitionIndex { $0 >= first.day }
      return index < landmarks.count ? index : nil
    }
    var (shown, known) = (0, 0)
    for row in days.indices {
      let (day, seen) = (days[row], firstKnown[row])
      // Most lines of a day come together.
      if row > 0, days[row - 1] == day, firstKnown[row - 1] == seen { continue }
      known = landmarks.firstIndex(from: max(day + lag, seen), near: known)
      guard known < landmarks.count else { continue }
      Self.include(day, in: &whole[known])
      daysOfAll.insert(day)
      while shown < observations.count, observations[shown].day <= day { shown += 1 }
      guard !observations.isEmpty else { continue }
      let source = observations[max(0, shown - 1)].source
      if known < unobservedCount { Self.include(day, in: &unobserved[source][known]) }
      guard let firstShown else { continue }
      Self.include(day, in: &observed[source][max(known, firstShown)])
      daysOfSources[source].insert(day)
    }
  }

  /// Adds what was seen of other subscriptions.
  mutating func add(_ other: UsageExtent) {
    Self.include(other.whole, in: &whole)
    for source in observed.indices {
      Self.include(other.observed[source], in: &observed[source])
      Self.include(other.unobserved[source], in: &unobserved[source])
      daysOfSources[source].formUnion(other.daysOfSources[source])
    }
    daysOfAll.formUnion(other.daysOfAll)
  }

  private static func include(_ others: [Days?], in days: inout [Days?]) {
    for (landmark, other) in others.enumerated() {
      guard let other else { continue }
      include(other.first, in: &days[landmark])
      include(other.newest, in: &days[landmark])
    }
  }

  private static func include(_ day: CalendarDay, in days: inout Days?) {
    let known = days ?? (day, day)
    days = (min(known.first, day), max(known.newest, day))
  }

  /// For each landmark the first and the newest usage day known then, of all sources.
  func spans() -> [(first: CalendarDay, newest: CalendarDay)?] { Self.running(whole[...]) }

  /// The same for each source.
  func spansOfSources() -> [[(first: CalendarDay, newest: CalendarDay)?]] {
    zip(unobserved, observed).map { before, after in
      Self.running(before[..<unobservedCount]) + Self.running(after[unobservedCount...])
    }
  }

  private static func running(_ spans: ArraySlice<Days?>) -> [Days?] {
    var running: Days?
    return spans.map { span in
      if let span {
        include(span.first, in: &running)
        include(span.newest, in: &running)
      }
      return running
    }
  }

  /// On which days usage was seen, as known on the last landmark: of all sources, and of each.
  func coverage() -> (whole: UsageCoverage?, ofSources: [UsageCoverage?]) {
    (UsageCoverage(daysOfAll.ascending), daysOfSources.map { UsageCoverage($0.ascending) })
  }
}

/// A set of days that lie close together, as one flag for each day between the first and the last.
private struct DaySet: Sendable {
  private var flags: [Bool] = []
  private var base: CalendarDay?

  mutating func insert(_ day: CalendarDay) {
    guard let base else {
      (base, flags) = (day, [true])
      return
    }
    let offset = day - base
    if offset < 0 {
      flags.insert(contentsOf: repeatElement(false, count: -offset), at: 0)
      self.base = day
      flags[0] = true
    } else {
      if offset >= flags.count {
        flags.append(contentsOf: repeatElement(false, count: offset + 1 - flags.count))
      }
      flags[offset] = true
    }
  }

  mutating func formUnion(_ other: DaySet) {
    for day in other.ascending { insert(day) }
  }

  var ascending: [CalendarDay] {
    guard let base else { return [] }
    return flags.indices.filter { flags[$0] }.map { base + $0 }
  }
}

extension Sequence<Source> {
  /// The first day of any subscription export; before it only dated facts are known.
  var firstExportDay: CalendarDay? { compactMap { $0.days.first?.day }.min() }
}
