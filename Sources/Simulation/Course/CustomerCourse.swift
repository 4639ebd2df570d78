import Glibc
internal import History

/// One customer as it lives: its own state, and the courses of its subscriptions.
struct CustomerCourse: Sendable {
  let profile: CustomerProfile
  let calendar: ExportCalendar
  let events: PartnerEvents
  private(set) var isWindingDown = false
  /// What is left of its Office seats: they go first when a customer winds down.
  private(set) var seatShare = 1.0
  var subscriptions: [SubscriptionCourse]
  private var fate: SplitMix64

  init(profile: CustomerProfile, calendar: ExportCalendar, seed: UInt64) {
    self.profile = profile
    self.calendar = calendar
    events = PartnerEvents(reseller: profile.reseller, calendar: calendar)
    subscriptions = profile.subscriptions.enumerated().map { sibling, subscription in
      SubscriptionCourse(
        profile: subscription, seed: seed, customer: profile.number, sibling: sibling)
    }
    fate = SplitMix64(seed: seed, path: [6, UInt64(profile.number)])
  }

  func outlook(of subscription: Int) -> Outlook {
    Outlook(profile: subscriptions[subscription].profile, calendar: calendar, events: events)
  }

  /// Lives the week that ends with export `week`; returns what happened.
  mutating func advance(week: Int, process: DepartureProcess) -> [TruthEvent] {
    process.windDown(&isWindingDown, chance: &fate)
    if isWindingDown { seatShare *= 0.95 }
    var events: [TruthEvent] = []
    for index in subscriptions.indices {
      let outlook = outlook(of: index).weeks(from: week, count: 1, term: subscriptions[index].term)
      events += subscriptions[index].advance(
        to: calendar.exportDay(week), week: outlook[0], isWindingDown: isWindingDown,
        process: process)
    }
    return events
  }

  /// The probability that a subscription, seen on export `week`, leaves within so many weeks.
  ///
  /// nil unless it is active or on trial. A running trial counts as converting, with the
  /// probability that it converts at all, on the day after its end.
  func departureProbability(
    of subscription: Int, at week: Int, withinWeeks horizon: Int, process: DepartureProcess
  ) -> Double? {
    let course = subscriptions[subscription]
    var idleWeeks = 0
    var factor = 1.0
    switch course.phase {
    case .active: break
    case .trial:
      guard let trial = course.profile.trial else { return nil }
      idleWeeks = min(horizon, max(0, calendar.week(of: trial.end + 1) - week))
      factor = trial.conversionProbability
    case .notStarted, .suspended, .deprovisioned, .vanished: return nil
    }
    let weeks = outlook(of: subscription).weeks(
      from: week + 1 + idleWeeks, count: horizon - idleWeeks, term: course.term)
    return factor
      * process.departureProbability(
        from: course.state, isWindingDown: isWindingDown, idleWeeks: idleWeeks, weeks: weeks)
  }
}
